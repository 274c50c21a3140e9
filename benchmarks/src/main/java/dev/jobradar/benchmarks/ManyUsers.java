package dev.jobradar.benchmarks;

import dev.jobradar.clients.ClientResult;
import dev.jobradar.clients.NoClientException;
import dev.jobradar.clients.UserClients;
import dev.jobradar.clients.UserId;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.client.CallOptions;
import dev.jobradar.tl.api.method.Help;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Saved sign-ins brought up through {@link UserClients} by several callers each, and brought back
 * after the sandbox was killed and started again under load, with and without pacing. The sandbox
 * runs in a process of its own, strict, and its counts are part of the result.
 *
 * <pre>ManyUsers JOBRADAR COUNT</pre>
 */
final class ManyUsers {
  private static final int CALLERS_EACH = 4;
  private static final int LOAD = 64;
  private static final int UNPACED = 1_000_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final CallOptions CALL = CallOptions.REPEATABLE.within(Duration.ofSeconds(60));

  private ManyUsers() {}

  /** Measures and prints. */
  public static void main(String[] args) throws Exception {
    if (args.length != 2) {
      throw new IllegalArgumentException("JOBRADAR COUNT");
    }
    int count = Integer.parseInt(args[1]);
    ThisProcess.requireFiles(count);
    // The first run also loads and compiles everything: it is not reported.
    for (int dials : new int[] {100, 100, UNPACED}) {
      measure(Path.of(args[0]), count, dials);
    }
    System.exit(0);
  }

  private static void measure(Path jobradar, int count, int dials) throws Exception {
    try (SandboxChild sandbox = SandboxChild.startKept(jobradar)) {
      MemorySessions sessions = new MemorySessions(sandbox.accounts(count));
      try (UserClients clients = sessions.clients(sandbox.dataCentres(), dials)) {
        String how = dials == UNPACED ? "no pacing" : dials + " dials at a time";
        connectAll(sessions.users(), clients, how);
        say("  the sandbox counted: " + sandbox.stats());
        restart(sandbox, sessions.users(), clients, how);
        say("  the sandbox counted: " + sandbox.stats());
      }
    }
  }

  private static void connectAll(List<UserId> users, UserClients clients, String how)
      throws InterruptedException {
    long[] waits = new long[users.size() * CALLERS_EACH];
    CountDownLatch go = new CountDownLatch(1);
    LongAdder others = new LongAdder();
    List<Thread> callers = new ArrayList<>(waits.length);
    for (int i = 0; i < waits.length; i++) {
      int at = i;
      UserId user = users.get(i % users.size());
      callers.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  go.await();
                  long began = System.nanoTime();
                  if (!(clients.get(user, PATIENCE) instanceof ClientResult.Connected)) {
                    others.increment();
                  }
                  waits[at] = System.nanoTime() - began;
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    long cpu = ThisProcess.cpuMillis();
    long began = System.nanoTime();
    go.countDown();
    for (Thread caller : callers) {
      caller.join();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    say(
        String.format(
            Locale.ROOT,
            "%s: %,d users, %d callers each, up in %.1f s, %.2f ms CPU each; waits %s; %d without",
            how,
            users.size(),
            CALLERS_EACH,
            seconds,
            (double) (ThisProcess.cpuMillis() - cpu) / users.size(),
            percentiles(waits),
            others.sum()));
  }

  private static void restart(
      SandboxChild sandbox, List<UserId> users, UserClients clients, String how) throws Exception {
    ConcurrentLinkedQueue<Long> waits = new ConcurrentLinkedQueue<>();
    LongAdder failed = new LongAdder();
    List<Thread> load = new ArrayList<>();
    Thread[] callers = new Thread[LOAD];
    boolean[] stop = new boolean[1];
    for (int i = 0; i < LOAD; i++) {
      callers[i] =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (!stopped(stop)) {
                    UserId user = users.get(ThreadLocalRandom.current().nextInt(users.size()));
                    long began = System.nanoTime();
                    try {
                      ClientResult answer = clients.get(user, PATIENCE);
                      Object nearest = answer.orThrow().invoke(new Help.GetNearestDc(), CALL);
                      if (nearest != null) {
                        waits.add(System.nanoTime() - began);
                      }
                    } catch (MtprotoException | NoClientException e) {
                      failed.increment();
                    }
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      load.add(callers[i]);
    }
    TimeUnit.SECONDS.sleep(2);
    waits.clear();
    long began = System.nanoTime();
    sandbox.restart();
    long up = System.nanoTime();
    for (UserId user : users) {
      if (!(clients.get(user, PATIENCE) instanceof ClientResult.Connected)) {
        failed.increment();
      }
    }
    double down = (up - began) / 1e9;
    double back = (System.nanoTime() - up) / 1e9;
    synchronized (stop) {
      stop[0] = true;
    }
    for (Thread thread : load) {
      thread.join();
    }
    say(
        String.format(
            Locale.ROOT,
            "%s: restarted under load (away %.1f s), all back after %.1f s more;"
                + " calls meanwhile %s; %d failed",
            how,
            down,
            back,
            percentiles(waits.stream().mapToLong(Long::longValue).toArray()),
            failed.sum()));
  }

  private static boolean stopped(boolean[] stop) {
    synchronized (stop) {
      return stop[0];
    }
  }

  private static String percentiles(long[] nanos) {
    if (nanos.length == 0) {
      return "none";
    }
    Arrays.sort(nanos);
    return String.format(
        Locale.ROOT,
        "p50 %.1f ms, p99 %.1f ms, longest %.1f ms (%,d)",
        nanos[nanos.length / 2] / 1e6,
        nanos[(int) (nanos.length * 0.99)] / 1e6,
        nanos[nanos.length - 1] / 1e6,
        nanos.length);
  }

  private static void say(String line) {
    System.out.println(line);
  }
}

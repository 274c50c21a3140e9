package dev.jobradar.benchmarks;

import dev.jobradar.mtproto.client.CallOptions;
import dev.jobradar.mtproto.client.ClientInfo;
import dev.jobradar.mtproto.client.ConnectionListener;
import dev.jobradar.mtproto.client.ConnectionOptions;
import dev.jobradar.mtproto.client.ConnectionState;
import dev.jobradar.mtproto.client.MtprotoConnection;
import dev.jobradar.telegram.ClientListener;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.session.DataCentres;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.session.SessionString;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.method.Help;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Memory, time and CPU of many saved sessions that are brought up in this JVM and left idle, and
 * round trips a second over them. The sandbox runs in a process of its own.
 *
 * <pre>IdleClients JOBRADAR connection|client COUNT</pre>
 */
final class IdleClients {
  /** So many are connecting at one moment. */
  private static final int AT_ONCE = 200;

  private static final int ROUND_TRIP_THREADS = 64;
  private static final Duration ROUND_TRIPS = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final CallOptions CALL = CallOptions.REPEATABLE.within(Duration.ofSeconds(60));

  private IdleClients() {}

  /** One of what is measured. */
  private interface Idle extends AutoCloseable {
    void call() throws InterruptedException;

    @Override
    void close();
  }

  /** Measures and prints. */
  public static void main(String[] args) throws Exception {
    if (args.length != 3) {
      throw new IllegalArgumentException("JOBRADAR connection|client COUNT");
    }
    boolean whole = args[1].equals("client");
    int count = Integer.parseInt(args[2]);
    ThisProcess.requireFiles(count);
    try (SandboxChild sandbox = SandboxChild.start(Path.of(args[0]))) {
      measure(sandbox, whole, count);
    }
    System.exit(0);
  }

  private static void measure(SandboxChild sandbox, boolean whole, int count)
      throws IOException, InterruptedException {
    TelegramOptions options =
        TelegramOptions.builder(1, "benchmark").dataCentres(sandbox.dataCentres()).build();
    List<SavedSession> sessions = new ArrayList<>();
    for (String text : sandbox.accounts(count + 1)) {
      sessions.add(SessionString.parse(text).session());
    }
    // One before all: classes are loaded, and the heap's ground floor is known.
    try (Idle first = open(sessions.removeLast(), options, whole, new CountDownLatch(1))) {
      first.call();
    }
    long heapBefore = ThisProcess.liveHeap();
    long residentBefore = ThisProcess.resident(ProcessHandle.current().pid());
    long serverBefore = ThisProcess.resident(sandbox.pid());
    int threadsBefore = ThisProcess.platformThreads();
    long cpuBefore = ThisProcess.cpuMillis();
    long began = System.nanoTime();
    List<Idle> all = connectAll(sessions, options, whole);
    long millis = (System.nanoTime() - began) / 1_000_000;
    long cpu = ThisProcess.cpuMillis() - cpuBefore;
    say(
        String.format(
            Locale.ROOT,
            "%,d %s up in %.1f s, %.2f ms CPU each",
            count,
            whole ? "clients" : "connections",
            millis / 1000.0,
            (double) cpu / count));
    report("idle", heapBefore, count);
    callAll(all);
    report("after a call each", heapBefore, count);
    long resident = ThisProcess.resident(ProcessHandle.current().pid()) - residentBefore;
    long server = ThisProcess.resident(sandbox.pid()) - serverBefore;
    say(
        String.format(
            Locale.ROOT,
            "resident memory: %.1f KiB each here, %.1f KiB each at the sandbox",
            resident / 1024.0 / count,
            server / 1024.0 / count));
    say(
        String.format(
            Locale.ROOT,
            "platform threads: %d more than before",
            ThisProcess.platformThreads() - threadsBefore));
    long idleCpu = ThisProcess.cpuMillis();
    TimeUnit.SECONDS.sleep(10);
    say(
        String.format(
            Locale.ROOT,
            "CPU while idle: %.2f %% of a core",
            (ThisProcess.cpuMillis() - idleCpu) / 100.0));
    roundTrips(all);
    say(String.format(Locale.ROOT, "the sandbox counted: %s", sandbox.stats()));
    all.forEach(Idle::close);
  }

  private static List<Idle> connectAll(
      List<SavedSession> sessions, TelegramOptions options, boolean whole)
      throws InterruptedException {
    Semaphore dialling = new Semaphore(AT_ONCE);
    CountDownLatch ready = new CountDownLatch(sessions.size());
    List<Idle> all = new ArrayList<>(sessions.size());
    for (SavedSession session : sessions) {
      dialling.acquire();
      CountDownLatch one =
          new CountDownLatch(1) {
            @Override
            public void countDown() {
              if (getCount() > 0) {
                super.countDown();
                dialling.release();
                ready.countDown();
              }
            }
          };
      all.add(open(session, options, whole, one));
    }
    if (!ready.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException(ready.getCount() + " did not come up");
    }
    return all;
  }

  private static Idle open(
      SavedSession session, TelegramOptions options, boolean whole, CountDownLatch ready) {
    return whole
        ? client(session, options, ready)
        : connection(session, options.dataCentres(), ready);
  }

  private static Idle client(SavedSession session, TelegramOptions options, CountDownLatch ready) {
    TelegramClient client =
        new TelegramClient(
            options,
            session,
            new ClientListener() {
              @Override
              public void onReady() {
                ready.countDown();
              }
            });
    client.open();
    return new Idle() {
      @Override
      public void call() throws InterruptedException {
        client.invoke(new Help.GetNearestDc(), CALL);
      }

      @Override
      public void close() {
        client.close();
      }
    };
  }

  private static final TlMethod<?> FIRST = new Help.GetNearestDc();
  private static final ClientInfo INFO = ClientInfo.of(1, "benchmark", "1.0");

  private static Idle connection(SavedSession session, DataCentres where, CountDownLatch ready) {
    if (session.authKey() == null) {
      throw new IllegalArgumentException("a session without a key");
    }
    MtprotoConnection connection =
        new MtprotoConnection(
            ConnectionOptions.builder(where.address(session.dc()), session.dc(), INFO)
                .firstQuery(FIRST)
                .knownKey(new ConnectionOptions.KnownKey(session.authKey(), 0, null))
                .build(),
            new ConnectionListener() {
              @Override
              public void onReady() {
                ready.countDown();
              }
            });
    connection.open();
    return new Idle() {
      @Override
      public void call() throws InterruptedException {
        if (connection.state() instanceof ConnectionState.Closed) {
          throw new IllegalStateException("a connection was closed");
        }
        connection.invoke(new Help.GetNearestDc(), CALL);
      }

      @Override
      public void close() {
        connection.close();
      }
    };
  }

  private static void callAll(List<Idle> all) throws InterruptedException {
    for (Idle each : all) {
      each.call();
    }
  }

  private static void roundTrips(List<Idle> all) throws InterruptedException {
    long until = System.nanoTime() + ROUND_TRIPS.toNanos();
    LongAdder calls = new LongAdder();
    List<Thread> threads = new ArrayList<>();
    long began = System.nanoTime();
    long cpuBefore = ThisProcess.cpuMillis();
    for (int i = 0; i < ROUND_TRIP_THREADS; i++) {
      int start = i;
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  for (int at = start; System.nanoTime() < until; at += ROUND_TRIP_THREADS) {
                    all.get(at % all.size()).call();
                    calls.increment();
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    long cpu = ThisProcess.cpuMillis() - cpuBefore;
    say(
        String.format(
            Locale.ROOT,
            "%,.0f round trips a second with %d callers, %.0f µs CPU each here",
            calls.sum() / seconds,
            ROUND_TRIP_THREADS,
            cpu * 1000.0 / Math.max(1, calls.sum())));
  }

  private static void report(String when, long heapBefore, int count) {
    long heap = ThisProcess.liveHeap() - heapBefore;
    say(String.format(Locale.ROOT, "heap %s: %,d bytes each", when, heap / count));
  }

  private static void say(String line) {
    System.out.println(line);
  }
}

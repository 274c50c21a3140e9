package dev.jobradar.benchmarks;

import dev.jobradar.mtproto.client.CallOptions;
import dev.jobradar.telegram.ChannelPeer;
import dev.jobradar.telegram.ClientListener;
import dev.jobradar.telegram.Post;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.UpdatesListener;
import dev.jobradar.telegram.Watch;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.session.SessionString;
import dev.jobradar.telegram.updates.ChannelPosition;
import dev.jobradar.tl.api.Channel;
import dev.jobradar.tl.api.TypeChat;
import dev.jobradar.tl.api.contacts.ResolvedPeer;
import dev.jobradar.tl.api.method.Contacts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Memory of many clients that each watch five channels which they have joined, and new posts a
 * second into all of them. The sandbox runs in a process of its own.
 *
 * <pre>WatchingClients JOBRADAR COUNT POSTS</pre>
 */
final class WatchingClients {
  /** Those of the sandbox that every new account joins by itself. */
  private static final List<String> CHANNELS =
      List.of("javajobs", "pythonwork", "cppcareers", "odinc_work", "growthjobs");

  /** So many are connecting, or asking where their channels stand, at one moment. */
  private static final int AT_ONCE = 100;

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final CallOptions CALL = CallOptions.REPEATABLE.within(Duration.ofSeconds(60));

  private WatchingClients() {}

  /** Counts what is new, for all clients together. */
  private static final class Watcher implements UpdatesListener {
    private final LongAdder posts;
    private @Nullable CountDownLatch beginning = new CountDownLatch(CHANNELS.size());

    Watcher(LongAdder posts) {
      this.posts = posts;
    }

    @Override
    public void onPosts(long channelId, List<Post> news, ChannelPosition position) {
      posts.add(news.size());
    }

    @Override
    public void onChannelMoved(long channelId, ChannelPosition position) {
      CountDownLatch latch = beginning;
      if (latch != null) {
        latch.countDown();
      }
    }

    void awaitBegun() throws InterruptedException {
      CountDownLatch latch = beginning;
      if (latch == null || !latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("a channel's position did not come");
      }
      beginning = null;
    }
  }

  /** Measures and prints. */
  public static void main(String[] args) throws Exception {
    if (args.length != 3) {
      throw new IllegalArgumentException("JOBRADAR COUNT POSTS");
    }
    int count = Integer.parseInt(args[1]);
    ThisProcess.requireFiles(count);
    try (SandboxChild sandbox = SandboxChild.start(Path.of(args[0]))) {
      measure(sandbox, count, Integer.parseInt(args[2]));
    }
    System.exit(0);
  }

  private static void measure(SandboxChild sandbox, int count, int posts) throws Exception {
    TelegramOptions options =
        TelegramOptions.builder(1, "benchmark").dataCentres(sandbox.dataCentres()).build();
    List<SavedSession> sessions = new ArrayList<>();
    for (String text : sandbox.accounts(count + 1)) {
      sessions.add(SessionString.parse(text).session());
    }
    LongAdder delivered = new LongAdder();
    // One before all: classes are loaded, and the heap's ground floor is known.
    open(sessions.removeLast(), options, delivered).close();
    long heapBefore = ThisProcess.liveHeap();
    int threadsBefore = ThisProcess.platformThreads();
    long cpuBefore = ThisProcess.cpuMillis();
    long began = System.nanoTime();
    List<TelegramClient> all = connectAll(sessions, options, delivered);
    say(
        String.format(
            Locale.ROOT,
            "%,d clients watch %d joined channels each after %.1f s, %.2f ms CPU each",
            count,
            CHANNELS.size(),
            (System.nanoTime() - began) / 1e9,
            (double) (ThisProcess.cpuMillis() - cpuBefore) / count));
    say(
        String.format(
            Locale.ROOT,
            "heap idle: %,d bytes each",
            (ThisProcess.liveHeap() - heapBefore) / count));
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
    post(sandbox, posts, (long) count * posts, delivered);
    say(
        String.format(
            Locale.ROOT,
            "heap after that: %,d bytes each",
            (ThisProcess.liveHeap() - heapBefore) / count));
    say(String.format(Locale.ROOT, "the sandbox counted: %s", sandbox.stats()));
    all.forEach(TelegramClient::close);
  }

  private static List<TelegramClient> connectAll(
      List<SavedSession> sessions, TelegramOptions options, LongAdder delivered)
      throws InterruptedException {
    Semaphore atOnce = new Semaphore(AT_ONCE);
    List<TelegramClient> all = new ArrayList<>(sessions.size());
    List<Thread> opening = new ArrayList<>(sessions.size());
    for (SavedSession session : sessions) {
      atOnce.acquire();
      opening.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  TelegramClient client = open(session, options, delivered);
                  synchronized (all) {
                    all.add(client);
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                } finally {
                  atOnce.release();
                }
              }));
    }
    for (Thread each : opening) {
      each.join();
    }
    if (all.size() < sessions.size()) {
      throw new IllegalStateException((sessions.size() - all.size()) + " did not come up");
    }
    return all;
  }

  private static TelegramClient open(
      SavedSession session, TelegramOptions options, LongAdder delivered)
      throws InterruptedException {
    TelegramClient client = new TelegramClient(options, session, ClientListener.NONE);
    client.open();
    List<Watch> watches = new ArrayList<>();
    for (String name : CHANNELS) {
      watches.add(Watch.of(find(client, name), ChannelPosition.NEWEST));
    }
    Watcher watcher = new Watcher(delivered);
    client.updates().start(null, watches, watcher);
    watcher.awaitBegun();
    return client;
  }

  /** Not by the client's own look-up, which remembers: a service keeps its channels elsewhere. */
  private static ChannelPeer find(TelegramClient client, String name) throws InterruptedException {
    ResolvedPeer found =
        client.invoke(Contacts.ResolveUsername.builder().username(name).build(), CALL);
    for (TypeChat chat : found.chats()) {
      if (chat instanceof Channel channel && channel.accessHash() != null && !channel.left()) {
        return new ChannelPeer(channel.id(), channel.accessHash());
      }
    }
    throw new IllegalStateException("new accounts have not joined " + name);
  }

  private static void post(SandboxChild sandbox, int posts, long expected, LongAdder delivered)
      throws Exception {
    long before = delivered.sum();
    long cpuBefore = ThisProcess.cpuMillis();
    long sandboxBefore = cpuMillis(sandbox);
    long began = System.nanoTime();
    for (int i = 0; i < posts; i++) {
      sandbox.post(CHANNELS.get(i % CHANNELS.size()), "Java developer wanted, remote, number " + i);
    }
    long deadline = began + PATIENCE.toNanos();
    while (delivered.sum() - before < expected && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    long got = delivered.sum() - before;
    say(
        String.format(
            Locale.ROOT,
            "%,d posts delivered of %,d: %,.0f a second, %.0f µs CPU each here, %.0f at the"
                + " sandbox",
            got,
            expected,
            got / seconds,
            (ThisProcess.cpuMillis() - cpuBefore) * 1000.0 / Math.max(1, got),
            (cpuMillis(sandbox) - sandboxBefore) * 1000.0 / Math.max(1, got)));
  }

  private static long cpuMillis(SandboxChild sandbox) {
    return sandbox.process().info().totalCpuDuration().orElseThrow().toMillis();
  }

  private static void say(String line) {
    System.out.println(line);
  }
}

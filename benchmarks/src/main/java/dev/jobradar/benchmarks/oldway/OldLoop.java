package dev.jobradar.benchmarks.oldway;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.telegram.ChannelPeer;
import dev.jobradar.telegram.HistoryPage;
import dev.jobradar.telegram.HistoryQuery;
import dev.jobradar.telegram.Post;
import dev.jobradar.telegram.TelegramClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * The way of the old service: one loop over all tasks, one request for each task and source, one
 * after the other. What it finds is sent at once, without a queue. Of a source it reads the newest
 * page, and what is older than that is lost; the first time it only remembers the newest post.
 *
 * <p>It is given what it had at its best: connections stay open, names are resolved once and for
 * all, a page holds as many posts as Telegram gives, nothing is written to a database, and a pass
 * that took longer than the interval is followed by the next at once.
 */
final class OldLoop implements AutoCloseable {
  private final List<SourceState> sources = new ArrayList<>();
  private final Duration interval;
  private final AtomicInteger passes = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile Duration longest = Duration.ZERO;
  private final Thread thread = Thread.ofVirtual().name("old-loop").unstarted(this::run);

  /** Where a task stands with one of its sources. */
  private static final class SourceState {
    private final TelegramClient client;
    private final ChannelPeer peer;
    private final String source;
    private final String keyword;
    private int last = -1;

    SourceState(TelegramClient client, ChannelPeer peer, String source, String keyword) {
      this.client = client;
      this.peer = peer;
      this.source = source;
      this.keyword = keyword;
    }
  }

  /**
   * @param interval from the beginning of one pass to that of the next
   */
  OldLoop(Duration interval) {
    this.interval = interval;
  }

  /** Adds a user with their tasks, before it is started. */
  void add(TelegramClient client, List<Watch> tasks) throws InterruptedException {
    for (Watch task : tasks) {
      for (String source : task.sources()) {
        ChannelPeer peer = client.channels().resolve(source).peer();
        sources.add(new SourceState(client, peer, source, task.keyword()));
      }
    }
  }

  /** Begins to go round. */
  void start() {
    thread.start();
  }

  /** How many passes are done. */
  int passes() {
    return passes.get();
  }

  /** How many requests have failed. */
  int failures() {
    return failures.get();
  }

  /** How long the longest pass has taken, since it was asked last. */
  Duration longestPass() {
    Duration was = longest;
    longest = Duration.ZERO;
    return was;
  }

  private void run() {
    try {
      while (true) {
        long began = System.nanoTime();
        pass();
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        longest = took.compareTo(longest) > 0 ? took : longest;
        passes.incrementAndGet();
        TimeUnit.NANOSECONDS.sleep(Math.max(0, interval.minus(took).toNanos()));
      }
    } catch (InterruptedException e) {
      // It is closed.
    }
  }

  /** Goes over all tasks once. */
  void pass() throws InterruptedException {
    for (SourceState source : sources) {
      try {
        look(source);
      } catch (MtprotoException e) {
        failures.incrementAndGet();
      }
    }
  }

  private static void look(SourceState source) throws InterruptedException {
    HistoryQuery query =
        source.last < 0
            ? HistoryQuery.NEWEST.limit(1)
            : new HistoryQuery(0, null, source.last, HistoryQuery.PAGE);
    List<Post> oldestFirst =
        source.client.channels().history(source.peer, query).posts().reversed();
    if (source.last < 0) {
      source.last = oldestFirst.isEmpty() ? 0 : oldestFirst.getLast().id();
      return;
    }
    for (Post post : oldestFirst) {
      if (post.text().toLowerCase(Locale.ROOT).contains(source.keyword)) {
        source.client.channels().sendToSelf(message(source, post), random());
      }
      source.last = post.id();
    }
  }

  private static String message(SourceState source, Post post) {
    return "🔥 Новый лид\n\n%s\n\nИсточник: @%s\nКлюч: %s"
        .formatted(post.text(), source.source, source.keyword);
  }

  private static long random() {
    return RandomGenerator.getDefault().nextLong();
  }

  /**
   * Fetches the last posts of a channel as the old service did, one with each request, but without
   * the 2 to 5 seconds that it paused after each.
   *
   * @return how many there were
   */
  static int backfill(TelegramClient client, ChannelPeer peer, int wanted)
      throws InterruptedException {
    int before = 0;
    for (int found = 0; found < wanted; found++) {
      HistoryPage page = client.channels().history(peer, new HistoryQuery(before, null, 0, 1));
      if (page.posts().isEmpty()) {
        return found;
      }
      before = page.posts().getFirst().id();
    }
    return wanted;
  }

  /** Ends it, also in the middle of a pass. The clients stay open. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      if (thread.isAlive() && !thread.join(Duration.ofSeconds(20))) {
        throw new IllegalStateException("the old loop does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.jobradar.sandbox.feed;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts a feed at a steady rate, on its own thread. Thread-safe.
 *
 * <p>It keeps to the rate and not to the gaps: a moment's delay is made up for.
 */
public final class FeedClock implements AutoCloseable {

  /** The highest rate: 1,000 a second. */
  public static final int MAX_POSTS_PER_MINUTE = 60_000;

  private static final Logger LOG = LoggerFactory.getLogger(FeedClock.class);
  private static final long NANOS_PER_MINUTE = Duration.ofMinutes(1).toNanos();

  private final VacancyFeed feed;
  private final Object lock = new Object();
  private final Thread thread;
  private int postsPerMinute;
  private long next = System.nanoTime();

  /**
   * Begins.
   *
   * @param postsPerMinute 0 for none, at most {@value #MAX_POSTS_PER_MINUTE}
   */
  public FeedClock(VacancyFeed feed, int postsPerMinute) {
    this.feed = feed;
    this.postsPerMinute = requireRate(postsPerMinute);
    this.thread = Thread.ofPlatform().name("sandbox-feed").daemon().start(this::run);
  }

  /**
   * Checks a rate.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public static int requireRate(int postsPerMinute) {
    if (postsPerMinute < 0 || postsPerMinute > MAX_POSTS_PER_MINUTE) {
      throw new IllegalArgumentException(
          "posts per minute: 0 to " + MAX_POSTS_PER_MINUTE + ", got " + postsPerMinute);
    }
    return postsPerMinute;
  }

  /** Changes the rate from now on. */
  public void rate(int changed) {
    synchronized (lock) {
      postsPerMinute = requireRate(changed);
      next = System.nanoTime();
      lock.notifyAll();
    }
  }

  private void run() {
    try {
      while (awaitNext()) {
        feed.next();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("the feed has ended", e);
    }
  }

  private boolean awaitNext() throws InterruptedException {
    synchronized (lock) {
      while (true) {
        long wait = next - System.nanoTime();
        if (postsPerMinute == 0) {
          lock.wait();
        } else if (wait > 0) {
          lock.wait(wait / 1_000_000, (int) (wait % 1_000_000));
        } else {
          next += NANOS_PER_MINUTE / postsPerMinute;
          return true;
        }
      }
    }
  }

  /** Ends it and waits until it has ended. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.jobradar.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Time that a test moves, with background work on threads of its own: for real connections. */
final class BackgroundTime implements Time {
  private final ManualTime hand = new ManualTime();
  private final Queue<Thread> running = new ConcurrentLinkedQueue<>();

  @Override
  public Instant now() {
    return hand.now();
  }

  @Override
  public void after(Duration delay, Runnable task) {
    hand.after(delay, task);
  }

  @Override
  public void inBackground(Runnable task) {
    running.add(Thread.ofVirtual().name("background").start(task));
  }

  @Override
  public void stop() {
    hand.stop();
  }

  /** Moves on, and waits until what was due on the way is done. */
  void pass(Duration duration) throws InterruptedException {
    hand.pass(duration);
    for (Thread thread = running.poll(); thread != null; thread = running.poll()) {
      assertThat(thread.join(Duration.ofSeconds(60))).as("background work hangs").isTrue();
    }
  }
}

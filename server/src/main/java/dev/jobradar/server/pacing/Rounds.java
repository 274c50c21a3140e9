package dev.jobradar.server.pacing;

import dev.jobradar.server.users.UserId;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of {@link Lanes} in the service: they are started and stopped with it, and now and then
 * whoever has something to do is woken whom nobody woke. Thread-safe.
 */
public final class Rounds {
  private static final Logger log = LoggerFactory.getLogger(Rounds.class);

  private final String name;
  private final Lanes lanes;
  private final Sweeper sweeper;
  private final Duration drain;
  private volatile boolean running;

  /**
   * @param name what it is, for threads and log lines
   * @param every how often {@code whom} is asked
   * @param whom who may have something to do
   * @param drain how long steps under way may take when it stops
   */
  public Rounds(
      String name,
      Lanes lanes,
      Duration every,
      Supplier<? extends Collection<UserId>> whom,
      Duration drain) {
    this.name = name;
    this.lanes = lanes;
    this.sweeper = new Sweeper(name + "-sweeper", every, () -> whom.get().forEach(lanes::wake));
    this.drain = drain;
  }

  /** Begins to work. */
  public void start() {
    running = true;
    lanes.start();
    sweeper.start();
  }

  /** Takes no new work, and waits for what is under way. */
  public void stop() {
    running = false;
    sweeper.stop();
    try {
      if (!lanes.drain(drain)) {
        log.warn("{}: not all ended in time; it goes on after the next start", name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lanes.close();
  }

  /** The same beside the caller, so that several stop at the same time. */
  public void stop(Runnable stopped) {
    aside(name, this::stop, stopped);
  }

  /** Stops something of that name beside the caller, and then says that it has stopped. */
  public static void aside(String name, Runnable stop, Runnable stopped) {
    Thread.ofVirtual()
        .name(name + "-stop")
        .start(() -> {
          try {
            stop.run();
          } finally {
            stopped.run();
          }
        });
  }

  /** Whether it was started and not stopped. */
  public boolean isRunning() {
    return running;
  }
}

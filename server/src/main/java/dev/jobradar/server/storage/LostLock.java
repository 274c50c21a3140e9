package dev.jobradar.server.storage;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.stereotype.Component;

/**
 * Ends the process whose lock on the database is lost, so that a supervisor starts it anew: without
 * the lock it can open no connection, and answering requests would only look alive.
 */
@Component
public class LostLock implements ExitCodeGenerator {
  /** What the process exits with. */
  public static final int EXIT_CODE = 3;

  private static final Logger log = LoggerFactory.getLogger(LostLock.class);

  /** The longest that an orderly end may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final AtomicBoolean lost = new AtomicBoolean();

  /** Ends the process, in order and on another thread. */
  public void endProcess() {
    if (lost.compareAndSet(false, true)) {
      log.error(
          "JobRadar ends with exit code {}: it has lost its lock on the database and closed all"
              + " Telegram connections. Start it again; it goes on where it was",
          EXIT_CODE);
      Thread.ofPlatform().name("lost-lock-exit").start(() -> System.exit(EXIT_CODE));
      Thread.ofPlatform().daemon().name("lost-lock-halt").start(LostLock::halt);
    }
  }

  private static void halt() {
    try {
      Thread.sleep(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(EXIT_CODE);
  }

  @Override
  public int getExitCode() {
    return lost.get() ? EXIT_CODE : 0;
  }
}

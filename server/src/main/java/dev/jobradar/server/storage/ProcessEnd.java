package dev.jobradar.server.storage;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.stereotype.Component;

/**
 * Ends the process when it must not go on with its database, so that a supervisor starts it again
 * or an operator looks at it. Thread-safe.
 */
@Component
public class ProcessEnd implements ExitCodeGenerator {
  /** Why it ends; the exit codes are documented for supervisors. */
  public enum Reason {
    /** Another process may have the lock; without it this one can open no connection. */
    LOCK_LOST(
        3,
        "it has lost its lock on the database and closed all Telegram connections. Start it again;"
            + " it goes on where it was"),
    /** What is written now goes into a deleted file, or into a foreign one. */
    DATABASE_REPLACED(
        4,
        "its database was deleted, moved or replaced while it ran. Put the right file in place"
            + " before you start it again");

    private final int exitCode;
    private final String words;

    Reason(int exitCode, String words) {
      this.exitCode = exitCode;
      this.words = words;
    }

    /** What the process exits with. */
    public int exitCode() {
      return exitCode;
    }
  }

  private static final Logger log = LoggerFactory.getLogger(ProcessEnd.class);

  /** The longest that an orderly end may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();

  /** Ends the process, in order and on another thread; only the first reason counts. */
  public void endProcess(Reason why) {
    if (reason.compareAndSet(null, why)) {
      log.error("JobRadar ends with exit code {}: {}", why.exitCode(), why.words);
      Thread.ofPlatform().name("process-exit").start(() -> System.exit(why.exitCode()));
      Thread.ofPlatform().daemon().name("process-halt").start(() -> halt(why));
    }
  }

  private static void halt(Reason why) {
    try {
      Thread.sleep(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(why.exitCode());
  }

  @Override
  public int getExitCode() {
    Reason why = reason.get();
    return why == null ? 0 : why.exitCode();
  }
}

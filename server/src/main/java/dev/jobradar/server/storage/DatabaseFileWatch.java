package dev.jobradar.server.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Ends the process when its SQLite file is no longer where it was: SQLite would go on writing into
 * the deleted file, and everything written since would be gone with the process. Thread-safe.
 */
@Component
class DatabaseFileWatch implements SmartLifecycle {
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final @Nullable Path file;
  private final @Nullable Object identity;
  private final ProcessEnd end;
  private @Nullable Thread thread;

  /** The data source is asked for so that the file exists. */
  DatabaseFileWatch(StorageSettings settings, DataSource source, ProcessEnd end)
      throws IOException {
    this.file = settings.vendor() == Vendor.SQLITE ? SqliteFile.real(settings.databaseUrl()) : null;
    this.identity = file == null ? null : identity(file);
    this.end = end;
  }

  /** The file itself, whatever its name; null when there is none, or the system does not tell. */
  private static @Nullable Object identity(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public synchronized void start() {
    if (identity != null && thread == null) {
      thread = Thread.ofVirtual().name("database-file").start(this::watch);
    }
  }

  private void watch() {
    Path watched = Objects.requireNonNull(file);
    while (Objects.equals(identity(watched), identity)) {
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException e) {
        return;
      }
    }
    end.endProcess(ProcessEnd.Reason.DATABASE_REPLACED);
  }

  @Override
  public synchronized void stop() {
    if (thread != null) {
      thread.interrupt();
      thread = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }
}

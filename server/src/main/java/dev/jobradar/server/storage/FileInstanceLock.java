package dev.jobradar.server.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A lock on a file beside the database; the system gives it back when the process ends. */
final class FileInstanceLock implements InstanceLock {
  private final FileChannel channel;

  private FileInstanceLock(FileChannel channel) {
    this.channel = channel;
  }

  static FileInstanceLock take(StorageSettings settings) {
    Path database = SqliteFile.of(settings.databaseUrl());
    FileChannel channel = null;
    try {
      Path real = SqliteFile.real(settings.databaseUrl());
      Path file = real.resolveSibling(real.getFileName() + ".lock");
      PrivateFiles.makeFile(file);
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new StorageException(
            "another JobRadar uses the database "
                + database
                + ": two at once would open two Telegram connections for a user. End the other one"
                + " first, or give this one a database of its own");
      }
      return new FileInstanceLock(channel);
    } catch (IOException e) {
      closeQuietly(channel);
      throw new StorageException(
          "the lock file beside " + database + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel)
      throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldInThisProcess) {
      return null;
    }
  }

  private static void closeQuietly(@org.jspecify.annotations.Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // Nothing was locked.
      }
    }
  }

  @Override
  public void onLost(Runnable action) {
    // The system keeps it for as long as the process lives.
  }

  @Override
  public boolean held() {
    return channel.isOpen();
  }

  @Override
  public void close() {
    closeQuietly(channel);
  }
}

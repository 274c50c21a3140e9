package dev.jobradar.sandbox.state;

import dev.jobradar.mtproto.crypto.RsaPrivateKey;
import dev.jobradar.sandbox.world.World;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * A directory that keeps a sandbox over restarts: {@code rsa.pem} with its RSA key, {@code journal}
 * with everything that happened, {@code lock} for as long as it is used. All three can be read by
 * their owner alone: the journal holds authorisation keys.
 */
public final class StateDirectory implements AutoCloseable {

  private final Path path;
  private final FileChannel lockFile;
  private @Nullable JournalFile journal;

  private StateDirectory(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Takes a directory into use; it is made if it is not there.
   *
   * @throws StateException when another sandbox uses it, or it cannot be used at all
   */
  public static StateDirectory open(Path path) {
    try {
      OwnerOnly.directory(path);
      Path lock = path.resolve("lock");
      OwnerOnly.file(lock);
      FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new StateException(path + " is in use by another sandbox");
      }
      return new StateDirectory(path, channel);
    } catch (IOException e) {
      throw new StateException(path + " cannot be used: " + e, e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // another sandbox in this very process
    }
  }

  /** The sandbox's RSA key, made at the first use. */
  public RsaPrivateKey rsaKey() {
    Path file = path.resolve("rsa.pem");
    try {
      if (Files.exists(file)) {
        return RsaPrivateKey.fromPem(Files.readString(file, StandardCharsets.US_ASCII));
      }
      RsaPrivateKey key = RsaPrivateKey.generate(new SecureRandom());
      OwnerOnly.write(file, key.toPem());
      return key;
    } catch (IllegalArgumentException e) {
      throw new StateException(file + " holds no RSA key", e);
    } catch (IOException e) {
      throw new StateException("the RSA key cannot be read or written: " + e, e);
    }
  }

  /**
   * Makes the world what it was and keeps what happens to it from now on.
   *
   * @param begin fills a new world; a process that dies before it returns leaves nothing behind
   */
  public void restore(World world, Runnable begin) {
    Path kept = path.resolve("journal");
    try {
      if (Files.exists(kept)) {
        journal = JournalFile.open(kept, world::replay);
        world.start(journal);
        return;
      }
      Path beginning = path.resolve("journal.new");
      Files.deleteIfExists(beginning);
      JournalFile fresh = JournalFile.open(beginning, world::replay);
      journal = fresh;
      world.start(fresh);
      begin.run();
      fresh.force();
      Files.move(beginning, kept, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StateException("the journal cannot be read or written: " + e, e);
    }
  }

  /** Forces what was kept to the disk and lets another sandbox use the directory. */
  @Override
  public void close() {
    if (journal != null) {
      journal.close();
    }
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new StateException("the lock of " + path + " could not be given back", e);
    }
  }
}

package dev.jobradar.sandbox.state;

import dev.jobradar.sandbox.world.Change;
import dev.jobradar.sandbox.world.Journal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * The world's changes, one line each, only ever added to.
 *
 * <p>A change is handed to the operating system before it is applied or answered, so that it
 * outlives this process however it ends; it is forced to the disk within a second and on closing,
 * so that a power cut costs at most that second. Each line begins with a checksum. Lines at the end
 * that were not written whole are cut off when the file is opened; a damaged line with sound ones
 * behind it means that the file has been tampered with or the disk is failing, and is an error.
 *
 * <p>Thread-safe.
 */
final class JournalFile implements Journal, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JournalFile.class);

  /** The first line. A later format has another number. */
  private static final String HEADER = "jobradar-sandbox-journal 1";

  private static final long FORCE_EVERY_MILLIS = 1_000;

  private final Object lock = new Object();
  private final RandomAccessFile file;
  private final Thread forcing;
  private long end;
  private boolean unforced;
  private boolean closed;

  private JournalFile(RandomAccessFile file, long end) {
    this.file = file;
    this.end = end;
    this.forcing = Thread.ofPlatform().name("sandbox-journal").daemon().start(this::forceRegularly);
  }

  /**
   * Opens a journal and replays it, or begins one.
   *
   * @throws StateException when it is damaged or of another format
   */
  static JournalFile open(Path path, Consumer<Change> replay) throws IOException {
    OwnerOnly.file(path);
    long sound = read(path, replay);
    // Not a FileChannel: an interrupt in the middle of a write would close it for everybody.
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    if (sound < file.length()) {
      LOG.warn("the journal ends in a line that was not written whole; it is cut off");
      file.setLength(sound);
    }
    file.seek(sound);
    JournalFile journal = new JournalFile(file, sound);
    if (sound == 0) {
      journal.write(HEADER + "\n");
    }
    return journal;
  }

  /** Replays the sound lines; returns where they end. */
  private static long read(Path path, Consumer<Change> replay) throws IOException {
    long end = 0;
    int number = 0;
    int damaged = 0;
    try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
      for (String line = line(lines); line != null; line = line(lines)) {
        number++;
        if (number == 1) {
          if (!line.equals(HEADER + "\n") && !(HEADER + "\n").startsWith(line)) {
            throw new StateException(
                path + " is no journal of this version: it should begin with '" + HEADER + "'");
          }
          end = line.endsWith("\n") ? line.length() : 0;
          continue;
        }
        String json = checked(line);
        if (json == null) {
          damaged = damaged == 0 ? number : damaged;
        } else if (damaged != 0) {
          throw new StateException(path + " is damaged in line " + damaged);
        } else {
          replay(path, number, json, replay);
          end += line.length();
        }
      }
    }
    return end;
  }

  private static void replay(Path path, int number, String json, Consumer<Change> replay) {
    try {
      replay.accept(ChangeJson.read(json));
    } catch (JacksonException e) {
      throw new StateException(
          path + " has a change in line " + number + " that this version does not know", e);
    }
  }

  /** The next line with its end, one character for each byte; null at the end of the file. */
  private static @Nullable String line(BufferedReader reader) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = reader.read(); next >= 0; next = reader.read()) {
      line.append((char) next);
      if (next == '\n') {
        break;
      }
    }
    return line.isEmpty() ? null : line.toString();
  }

  /** What a line says; null if its checksum does not fit or its end is missing. */
  private static @Nullable String checked(String line) {
    if (!line.endsWith("\n") || line.length() < 10 || line.charAt(8) != ' ') {
      return null;
    }
    byte[] json = line.substring(9, line.length() - 1).getBytes(StandardCharsets.ISO_8859_1);
    return line.startsWith(checksum(json)) ? new String(json, StandardCharsets.UTF_8) : null;
  }

  private static String checksum(byte[] json) {
    CRC32C crc = new CRC32C();
    crc.update(json);
    return HexFormat.of().toHexDigits(crc.getValue(), 8);
  }

  @Override
  public void append(Change change) {
    String json = ChangeJson.write(change);
    String sum = checksum(json.getBytes(StandardCharsets.UTF_8));
    try {
      write(sum + " " + json + "\n");
    } catch (IOException e) {
      throw new StateException("the journal could not be written", e);
    }
  }

  private void write(String line) throws IOException {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    synchronized (lock) {
      if (closed) {
        throw new StateException("the journal is closed");
      }
      try {
        file.write(bytes);
      } catch (IOException e) {
        takeBack();
        throw e;
      }
      end += bytes.length;
      unforced = true;
    }
  }

  /** Removes what a failed write left, so that the next one does not follow half a line. */
  private void takeBack() {
    try {
      file.setLength(end);
      file.seek(end);
    } catch (IOException e) {
      closed = true;
      LOG.error("the journal can be written no longer", e);
    }
  }

  private void forceRegularly() {
    try {
      while (true) {
        Thread.sleep(FORCE_EVERY_MILLIS);
        force();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Forces what was written to the disk. */
  void force() {
    synchronized (lock) {
      if (!unforced || closed) {
        return;
      }
      unforced = false;
    }
    try {
      file.getFD().sync();
    } catch (IOException e) {
      LOG.error("the journal could not be forced to the disk", e);
    }
  }

  /** Forces what was written to the disk. */
  @Override
  public void close() {
    forcing.interrupt();
    force();
    synchronized (lock) {
      closed = true;
      try {
        file.close();
      } catch (IOException e) {
        LOG.error("the journal could not be closed", e);
      }
    }
  }
}

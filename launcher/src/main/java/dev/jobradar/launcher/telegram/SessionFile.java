package dev.jobradar.launcher.telegram;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.session.SessionFormat;
import dev.jobradar.telegram.session.SessionString;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file that keeps a sign-in between two commands. Only its owner may read it, and while it is
 * in use no other command can use it: the key in it must never be on two connections.
 *
 * <p>It may also hold a bare session string of another client.
 */
final class SessionFile implements AutoCloseable {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Set<StandardOpenOption> LOCKING =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);

  private final Path path;
  private final FileChannel locked;

  private SessionFile(Path path, FileChannel locked) {
    this.path = path;
    this.locked = locked;
  }

  /**
   * What it keeps.
   *
   * @param session the sign-in
   * @param address where its data centre listens, null for where the table of the program says
   * @param via the data centre that was named when that address was learnt
   */
  record Content(SavedSession session, @Nullable InetSocketAddress address, @Nullable String via) {}

  /** Locks it for this process; the file itself need not exist. */
  static SessionFile lock(Path path) throws IOException {
    Path lock = path.resolveSibling(path.getFileName() + ".lock");
    if (Files.isDirectory(path) || !Files.isDirectory(path.resolveSibling("."))) {
      throw new FailedException("--session-file is a file in a folder that exists, got " + path);
    }
    FileChannel channel =
        FileChannel.open(
            lock,
            LOCKING,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      FileLock held = channel.tryLock();
      if (held != null) {
        return new SessionFile(path, channel);
      }
    } catch (OverlappingFileLockException sameProcess) {
      // Then it is in use all the same.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new FailedException(
        "the session file is in use by another process; one account, one connection");
  }

  /** What it holds, null when there is no such file yet. */
  @Nullable Content read() throws IOException {
    String text;
    try {
      text = Files.readString(path);
    } catch (NoSuchFileException none) {
      return null;
    } catch (CharacterCodingException e) {
      throw unreadable();
    }
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    try {
      if (!text.stripLeading().startsWith("{")) {
        return new Content(SessionString.parse(text).session(), null, null);
      }
      JsonNode json = MAPPER.readTree(text);
      SavedSession session = SessionString.parse(json.path("session").asString("")).session();
      JsonNode dc = json.path("dc");
      InetSocketAddress address =
          dc.isObject()
              ? new InetSocketAddress(dc.path("host").asString(), dc.path("port").asInt())
              : null;
      return new Content(session, address, json.path("via").stringValue(null));
    } catch (JacksonException | IllegalArgumentException e) {
      throw unreadable();
    }
  }

  private static FailedException unreadable() {
    return new FailedException(
        "the session file cannot be read: delete it, or name another --session-file");
  }

  /** Replaces what it holds, whole or not at all. */
  void write(Content content) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    InetSocketAddress address = content.address();
    json.put(
        "session",
        address == null
            ? SessionString.write(content.session(), SessionFormat.MTCUTE)
            : SessionString.write(content.session(), SessionFormat.MTCUTE, address));
    if (address != null) {
      DcId dc = content.session().dc();
      json.put(
          "dc",
          Map.of("id", dc.value(), "host", address.getHostString(), "port", address.getPort()));
      json.put("via", content.via());
    }
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(fresh, (MAPPER.writeValueAsString(json) + "\n").getBytes(UTF_8));
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Forgets the sign-in. */
  void delete() throws IOException {
    Files.deleteIfExists(path);
  }

  /** Unlocks it. */
  @Override
  public void close() throws IOException {
    locked.close();
  }
}

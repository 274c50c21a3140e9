package dev.jobradar.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.crypto.RsaPublicKey;
import dev.jobradar.telegram.session.DataCentres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A sandbox in a process of its own, so that its memory and CPU are not counted with the client's.
 * Commands may come from several threads; each waits for its answer before the next is given.
 */
public final class SandboxChild implements AutoCloseable {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path jobradar;
  private final Path folder;
  private final boolean kept;
  private final List<String> options;
  private Process process;
  private Lines lines;
  private Writer in;
  private JsonNode ready;

  /** Where the next event that may be an answer comes from. */
  private interface Lines {
    JsonNode next() throws IOException;
  }

  private SandboxChild(
      Path jobradar, boolean kept, List<String> options, @Nullable Consumer<JsonNode> watcher)
      throws IOException {
    this.jobradar = jobradar;
    this.kept = kept;
    this.options = options;
    this.folder = Files.createTempDirectory("jobradar-benchmark");
    this.process = run(0);
    this.lines = watcher == null ? unwatched(process) : watched(process, watcher);
    this.in = process.outputWriter(UTF_8);
    this.ready = await("ready");
  }

  /** Reads only while an answer is waited for, and so costs nothing in between. */
  private static Lines unwatched(Process process) {
    BufferedReader out = process.inputReader(UTF_8);
    return () -> {
      String line = out.readLine();
      if (line == null) {
        throw new IOException("the sandbox ended");
      }
      return MAPPER.readTree(line);
    };
  }

  /** Reads all the time, and tells of every event as soon as it is there. */
  private static Lines watched(Process process, Consumer<JsonNode> watcher) {
    BlockingQueue<Optional<JsonNode>> answers = new LinkedBlockingQueue<>();
    Thread.ofPlatform()
        .name("sandbox-lines")
        .daemon()
        .start(() -> {
          try (BufferedReader out = process.inputReader(UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
              JsonNode event = MAPPER.readTree(line);
              watcher.accept(event);
              if (!event.path("event").asString("").equals("rpc")) {
                answers.add(Optional.of(event));
              }
            }
          } catch (IOException ended) {
            // As at the end of its output.
          } finally {
            answers.add(Optional.empty());
          }
        });
    return () -> {
      try {
        return answers.take().orElseThrow(() -> new IOException("the sandbox ended"));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    };
  }

  /**
   * Starts it.
   *
   * @param jobradar the command line, {@code ./jobradar}
   */
  static SandboxChild start(Path jobradar) throws IOException {
    return new SandboxChild(jobradar, false, List.of(), null);
  }

  /** Starts one that can be {@linkplain #restart restarted}. */
  static SandboxChild startKept(Path jobradar) throws IOException {
    return new SandboxChild(jobradar, true, List.of(), null);
  }

  /**
   * Starts one whose events are all heard, those of requests too.
   *
   * @param jobradar the command line, {@code ./jobradar}
   * @param watcher told on one thread, in the order in which they were written
   */
  public static SandboxChild startWatched(Path jobradar, Consumer<JsonNode> watcher)
      throws IOException {
    return startWatched(jobradar, List.of(), watcher);
  }

  /**
   * As {@link #startWatched(Path, Consumer)}.
   *
   * @param options more of those that docs/sandbox.md has
   */
  public static SandboxChild startWatched(
      Path jobradar, List<String> options, Consumer<JsonNode> watcher) throws IOException {
    return new SandboxChild(jobradar, false, options, watcher);
  }

  private Process run(int port) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                jobradar.toString(),
                "sandbox",
                "--port",
                Integer.toString(port),
                "--dcs",
                "1",
                "--strict",
                "--public-key",
                folder.resolve("key.pem").toString()));
    command.addAll(options);
    if (kept) {
      command.addAll(List.of("--state", folder.resolve("state").toString()));
    }
    Process started =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    // Whenever this program is ended: not even a sandbox that is still starting is left behind.
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroy));
    return started;
  }

  /** Kills it, and starts it again where it was. */
  void restart() throws IOException, InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new IOException("the sandbox does not end");
    }
    process = run(ready.path("dcs").path(0).path("port").asInt());
    lines = unwatched(process);
    in = process.outputWriter(UTF_8);
    ready = await("ready");
  }

  long pid() {
    return process.pid();
  }

  /** The process: the script becomes the JVM by exec. */
  public ProcessHandle process() {
    return process.toHandle();
  }

  /** The environment in which {@code ./jobradar run} takes it for Telegram. */
  public Map<String, String> environment() {
    StringJoiner dataCentres = new StringJoiner(",");
    for (JsonNode dc : ready.path("dcs")) {
      dataCentres.add(
          "%d=%s:%d"
              .formatted(
                  dc.path("id").asInt(), dc.path("host").asString(), dc.path("port").asInt()));
    }
    return Map.of(
        "JOBRADAR_TELEGRAM_DATA_CENTRES",
        dataCentres.toString(),
        "JOBRADAR_TELEGRAM_PUBLIC_KEY_FILE",
        folder.resolve("key.pem").toString());
  }

  public DataCentres dataCentres() throws IOException {
    Map<DcId, InetSocketAddress> addresses = new HashMap<>();
    for (JsonNode dc : ready.path("dcs")) {
      addresses.put(
          new DcId(dc.path("id").asInt()),
          new InetSocketAddress(dc.path("host").asString(), dc.path("port").asInt()));
    }
    RsaPublicKey key = RsaPublicKey.fromPem(Files.readString(folder.resolve("key.pem")));
    return DataCentres.custom(addresses, List.of(key));
  }

  /** Session strings of new accounts that are signed in. */
  public List<String> accounts(int count) throws IOException {
    Path file = folder.resolve("accounts");
    ask(Map.of("do", "accounts", "count", count, "file", file.toString()), "accounts");
    return Files.readAllLines(file);
  }

  /** New accounts that are signed in. */
  public List<Account> describedAccounts(int count) throws IOException {
    Path file = folder.resolve("accounts");
    ask(
        Map.of("do", "accounts", "count", count, "as", "json", "file", file.toString()),
        "accounts");
    List<Account> accounts = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode account = MAPPER.readTree(line);
      accounts.add(
          new Account(
              account.path("user_id").asLong(),
              account.path("phone").asString(),
              account.path("session").asString()));
    }
    return accounts;
  }

  /**
   * An account that is signed in.
   *
   * @param userId its Telegram id
   * @param phone its number, digits only
   * @param session its session string: a secret
   */
  public record Account(long userId, String phone, String session) {
    /** Without phone and session. */
    @Override
    public String toString() {
      return "Account[" + userId + "]";
    }
  }

  public void post(String channel, String text) throws IOException {
    ask(Map.of("do", "post", "channel", channel, "text", text), "posted");
  }

  /** Where it is, and these accounts: what a process of another language needs. */
  Map<String, Object> describe(List<String> sessions) throws IOException {
    return Map.of(
        "dc",
        ready.path("dcs").path(0),
        "public_key",
        Files.readString(folder.resolve("key.pem")),
        "sessions",
        sessions);
  }

  JsonNode stats() throws IOException {
    return ask(Map.of("do", "stats"), "stats");
  }

  /**
   * Has it do something.
   *
   * @param command as docs/sandbox.md has them
   * @param answer the event that says it is done
   * @throws IOException when it was refused, too
   */
  public synchronized JsonNode ask(Map<String, Object> command, String answer) throws IOException {
    in.write(MAPPER.writeValueAsString(command) + "\n");
    in.flush();
    return await(answer);
  }

  /**
   * Has it do something and does not wait for that: if it is refused, the next {@link #ask} says
   * so.
   */
  public synchronized void order(Map<String, Object> command) throws IOException {
    in.write(MAPPER.writeValueAsString(command) + "\n");
    in.flush();
  }

  /** Reads events until one of that name comes. */
  private JsonNode await(String name) throws IOException {
    while (true) {
      JsonNode event = lines.next();
      String found = event.path("event").asString("");
      if (found.equals(name)) {
        return event;
      }
      if (found.equals("error")) {
        throw new IOException("the sandbox refused: " + event.path("message").asString(""));
      }
    }
  }

  @Override
  public void close() throws IOException {
    // Not Process.destroy, which closes what it still writes to.
    process.toHandle().destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Path state = folder.resolve("state");
    if (Files.isDirectory(state)) {
      try (Stream<Path> files = Files.list(state)) {
        for (Path file : files.toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
    Files.deleteIfExists(state);
    for (String name : List.of("key.pem", "accounts")) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.deleteIfExists(folder);
  }
}

package dev.jobradar.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Signed-in idle clients of different libraries on one sandbox, one library after another, each in
 * a process of its own: memory and CPU per client as the operating system counts them.
 *
 * <pre>Compare JOBRADAR COUNT NAME=COMMAND...</pre>
 *
 * <p>A command's words are separated by tabs. It reads a JSON object from standard input ({@code
 * dc} with {@code id}, {@code host} and {@code port}; {@code public_key}, PEM; {@code sessions},
 * Telethon's strings), brings the first session up, so that its code is loaded, writes {@code
 * {"stage":"ready"}}, reads a line, brings the others up, writes {@code {"stage":"up"}}, and stays
 * idle until its standard input ends. {@code heap} in a stage, in bytes after a full collection, is
 * optional.
 */
final class Compare {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** Time for what comes after signing in: first updates, timers. */
  private static final int SETTLE_SECONDS = 5;

  private static final int IDLE_SECONDS = 20;
  private static final int PATIENCE_SECONDS = 240;

  private Compare() {}

  /** Measures and prints. */
  public static void main(String[] args) throws Exception {
    if (args.length < 3) {
      throw new IllegalArgumentException("JOBRADAR COUNT NAME=COMMAND...");
    }
    int count = Integer.parseInt(args[1]);
    System.out.printf(
        Locale.ROOT,
        "%-12s %9s %9s %9s %9s %9s %9s %9s%n",
        "each of " + count,
        "heap KB",
        "RSS KiB",
        "PSS KiB",
        "up, ms",
        "CPU, ms",
        "all up, s",
        "idle, %");
    for (String subject : List.of(args).subList(2, args.length)) {
      int equals = subject.indexOf('=');
      String name = subject.substring(0, equals);
      List<String> command = List.of(subject.substring(equals + 1).split("\t"));
      // A sandbox for each: nobody inherits another's connections.
      try (SandboxChild sandbox = SandboxChild.start(Path.of(args[0]))) {
        measure(sandbox, name, command, count);
      }
    }
    System.exit(0);
  }

  private static void measure(SandboxChild sandbox, String name, List<String> command, int count)
      throws IOException, InterruptedException {
    List<String> sessions = sandbox.accounts(count + 1);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Thread watch =
        Thread.ofVirtual()
            .start(() -> {
              try {
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                  process.destroyForcibly();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      say(process, MAPPER.writeValueAsString(sandbox.describe(sessions)));
      JsonNode ready = stage(out, "ready");
      Use before = Use.of(process);
      long began = System.nanoTime();
      say(process, "go");
      JsonNode up = stage(out, "up");
      double seconds = (System.nanoTime() - began) / 1e9;
      TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
      Use settled = Use.of(process);
      TimeUnit.SECONDS.sleep(IDLE_SECONDS);
      Use idle = Use.of(process);
      JsonNode stats = sandbox.stats();
      if (stats.path("connections").asInt() != count + 1
          || stats.path("max_open_per_key").asInt() != 1) {
        throw new IOException(name + ": not as many connections as clients: " + stats);
      }
      System.out.printf(
          Locale.ROOT,
          "%-12s %9s %9.1f %9.1f %9.2f %9.2f %9.1f %9.2f%n",
          name,
          heap(ready, up, count),
          (settled.resident - before.resident) / 1024.0 / count,
          (settled.proportional - before.proportional) / 1024.0 / count,
          seconds * 1000 / count,
          (double) (settled.cpuMillis - before.cpuMillis) / count,
          seconds,
          (idle.cpuMillis - settled.cpuMillis) / 10.0 / IDLE_SECONDS);
    } finally {
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      watch.join();
    }
  }

  private static String heap(JsonNode ready, JsonNode up, int count) {
    return up.has("heap")
        ? String.format(
            Locale.ROOT,
            "%.1f",
            (up.path("heap").asLong() - ready.path("heap").asLong()) / 1000.0 / count)
        : "-";
  }

  private static void say(Process process, String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(UTF_8));
    process.getOutputStream().flush();
  }

  private static JsonNode stage(BufferedReader out, String name) throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("ended, or was stopped, before it was " + name);
    }
    JsonNode stage = MAPPER.readTree(line);
    if (!stage.path("stage").asString("").equals(name)) {
      throw new IOException("expected the stage " + name + ", got " + line);
    }
    return stage;
  }

  /** What a process has used so far. */
  private record Use(long resident, long proportional, long cpuMillis) {
    static Use of(Process process) throws IOException {
      long pid = process.pid();
      return new Use(
          ThisProcess.resident(pid),
          ThisProcess.proportional(pid),
          process.info().totalCpuDuration().orElseThrow().toMillis());
    }
  }
}

package dev.jobradar.launcher.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code jobradar demo} as a process, with everything that it prints. */
final class DemoProcess implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("JobRadar is up: (http://\\S+)");

  private final Process process;
  private final Path problems;

  /** What it printed. Guarded by itself, which is told of each line. */
  private final List<String> lines = new ArrayList<>();

  private DemoProcess(Process process, Path problems) {
    this.process = process;
    this.problems = problems;
    Thread.ofVirtual().name("demo-output").start(this::read);
  }

  static DemoProcess start(Path folder, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.jobradar.launcher.JobRadar",
                "demo"));
    command.addAll(List.of(options));
    Path problems = folder.resolve("problems");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(problems.toFile());
    // As in the shell of somebody who runs the service too: the demo must not touch what is there.
    builder.environment().put("JOBRADAR_HOME", elsewhere(folder).toString());
    builder.environment().put("JOBRADAR_DATABASE", "jdbc:sqlite:" + elsewhere(folder) + "/real.db");
    builder.environment().put("SERVER_PORT", "1");
    return new DemoProcess(builder.start(), problems);
  }

  /** What the environment says, and nothing may be made in. */
  static Path elsewhere(Path folder) {
    return folder.resolve("elsewhere");
  }

  private void read() {
    try (BufferedReader out = process.inputReader(UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        synchronized (lines) {
          lines.add(line);
          lines.notifyAll();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for a line that the pattern is found in, from that line number on. */
  Matcher await(Pattern pattern, int from) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    int at = from;
    synchronized (lines) {
      while (true) {
        for (; at < lines.size(); at++) {
          Matcher matcher = pattern.matcher(lines.get(at));
          if (matcher.find()) {
            return matcher;
          }
        }
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new AssertionError("never printed: " + pattern + "\n" + told());
        }
        lines.wait(left);
      }
    }
  }

  /** How many lines there are by now. */
  int printed() {
    synchronized (lines) {
      return lines.size();
    }
  }

  /** Where its pages are. */
  String address() throws InterruptedException {
    return await(ADDRESS, 0).group(1);
  }

  /** Ends it as Ctrl-C does; its exit code. */
  int stop() throws InterruptedException {
    // Not Process.destroy, which closes what is left to read.
    process.toHandle().destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the demo does not end\n" + told());
    }
    return process.exitValue();
  }

  /** All that it said, for a failure. */
  String told() {
    synchronized (lines) {
      try {
        return String.join("\n", lines) + "\n" + Files.readString(problems);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

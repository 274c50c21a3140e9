package dev.jobradar.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What this process uses, and others. */
public final class ThisProcess {
  private ThisProcess() {}

  /** Bytes of heap that are still in use after a full collection. */
  static long liveHeap() {
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Resident memory in bytes. */
  public static long resident(long pid) throws IOException {
    return kilobytes(pid, "status", "VmRSS:") * 1024;
  }

  /** The most resident memory that it ever had, in bytes. */
  public static long mostResident(long pid) throws IOException {
    return kilobytes(pid, "status", "VmHWM:") * 1024;
  }

  /** Resident memory in bytes, where pages that several processes share count in parts. */
  static long proportional(long pid) throws IOException {
    return kilobytes(pid, "smaps_rollup", "Pss:") * 1024;
  }

  /** CPU time of this process so far, in milliseconds. */
  static long cpuMillis() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
  }

  /** CPU time of all processes of this machine so far. */
  public static Duration cpuOfAll() throws IOException {
    // user, nice, system, idle, iowait, irq, softirq, steal: in hundredths of a second
    String[] fields = Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +", -1);
    long busy = 0;
    for (int field : new int[] {1, 2, 3, 6, 7}) {
      busy += Long.parseLong(fields[field]);
    }
    return Duration.ofMillis(busy * 10);
  }

  static int platformThreads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  /** Fails if this process may not have so many connections open. */
  public static void requireFiles(int connections) throws IOException {
    long files = fileLimit();
    if (files < connections + 500) {
      throw new IllegalStateException(
          "%d connections need a file limit of %d, it is %d (ulimit -n)"
              .formatted(connections, connections + 500, files));
    }
  }

  /** How many files this process may have open. */
  private static long fileLimit() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
      if (line.startsWith("Max open files")) {
        String soft = line.substring(26, 46).strip();
        return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
      }
    }
    return Long.MAX_VALUE;
  }

  private static long kilobytes(long pid, String file, String name) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), file))) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    return 0;
  }
}

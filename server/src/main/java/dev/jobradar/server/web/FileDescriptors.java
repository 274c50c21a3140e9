package dev.jobradar.server.web;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many files and sockets this process may have open. */
final class FileDescriptors {
  private static final Logger log = LoggerFactory.getLogger(FileDescriptors.class);

  /** With fewer, a few hundred users and their browsers are too many. */
  private static final long FEW = 4_096;

  private FileDescriptors() {}

  /** Says so in the log when there are few. */
  static void warnOfFew(long descriptors) {
    if (descriptors < FEW) {
      log.warn(
          "this process may open only {} files and connections, and each user needs two or three:"
              + " raise the limit (ulimit -n, or LimitNOFILE= of systemd) to {} at least",
          descriptors,
          FEW);
    }
  }

  /** The limit; where the system has none, more than anybody needs. */
  static long most() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
            && system.getMaxFileDescriptorCount() > 0
        ? system.getMaxFileDescriptorCount()
        : Integer.MAX_VALUE;
  }
}

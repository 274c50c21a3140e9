package dev.jobradar.sandbox.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Ports of 127.0.0.1 for programs that are started again and need the ports that they had: a
 * sandbox, a service, here or in another process. On Linux no other program is given them
 * meanwhile, and connections are refused while nothing listens; elsewhere they were merely free
 * when reserved.
 *
 * <pre>{@code
 * try (ReservedPorts ports = ReservedPorts.inARow(3)) {
 *   Sandbox.builder().port(ports.first()).state(directory).start().close();
 *   Sandbox.builder().port(ports.first()).state(directory).start();
 * }
 * }</pre>
 *
 * <p>Immutable but for {@link #close}.
 */
public final class ReservedPorts implements AutoCloseable {

  private static final int TRIES = 100;

  private final List<PortGuard> guards;

  private ReservedPorts(List<PortGuard> guards) {
    this.guards = List.copyOf(guards);
  }

  /** One port. */
  public static ReservedPorts one() {
    return inARow(1);
  }

  /**
   * Ports that follow each other, as data centres have them.
   *
   * @throws IllegalArgumentException when the count is below 1
   * @throws UncheckedIOException when there are none
   */
  public static ReservedPorts inARow(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("ports: 1 or more, got " + count);
    }
    IOException last = new IOException("no port is free");
    for (int i = 0; i < TRIES; i++) {
      List<PortGuard> guards = new ArrayList<>();
      try {
        guards.add(PortGuard.of(InetAddress.getLoopbackAddress(), 0));
        int first = guards.getFirst().port();
        while (guards.size() < count) {
          guards.add(PortGuard.of(InetAddress.getLoopbackAddress(), first + guards.size()));
        }
        return new ReservedPorts(guards);
      } catch (IOException | IllegalArgumentException e) {
        closeAll(guards);
        last = e instanceof IOException failure ? failure : new IOException(e);
      }
    }
    throw new UncheckedIOException(count + " ports in a row cannot be had", last);
  }

  /** The first of them. */
  public int first() {
    return guards.getFirst().port();
  }

  /** Gives them up. */
  @Override
  public void close() {
    closeAll(guards);
  }

  private static void closeAll(List<PortGuard> guards) {
    for (PortGuard guard : guards) {
      try {
        guard.close();
      } catch (IOException e) {
        throw new UncheckedIOException("a port cannot be given up", e);
      }
    }
  }
}

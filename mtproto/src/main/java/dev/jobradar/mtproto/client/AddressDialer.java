package dev.jobradar.mtproto.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Dials the addresses of one data centre, IPv4 and IPv6, one after another until one connects:
 * happy eyeballs (RFC 8305) without its parallel attempts, because a session must never have two
 * connections. The address that worked last comes first.
 *
 * <p>With several addresses each first gets a short time; those that did not answer within it get
 * what is left, once all have been tried. Not thread-safe.
 */
final class AddressDialer {
  /** What an address gets while others are untried. */
  private static final Duration FIRST_TRY = Duration.ofSeconds(2);

  private final List<InetSocketAddress> addresses;
  private final Dialer dialer;

  /** Index of the address that is tried first. */
  private int preferred;

  AddressDialer(List<InetSocketAddress> addresses, Dialer dialer) {
    this.addresses = addresses;
    this.dialer = dialer;
  }

  /** The connection over the preferred address is of no use: another comes first next time. */
  void avoidPreferred() {
    preferred = (preferred + 1) % addresses.size();
  }

  /**
   * Opens a connection; blocks.
   *
   * @throws IOException when no address can be reached; nothing is left open then
   */
  SocketChannel dial(Duration timeout) throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    List<Integer> silent = new ArrayList<>(addresses.size());
    IOException failure = null;
    for (int i = 0; i < addresses.size(); i++) {
      int index = (preferred + i) % addresses.size();
      boolean only = addresses.size() == 1;
      try {
        return dial(index, only ? timeout : firstTry(timeout));
      } catch (SocketTimeoutException e) {
        silent.add(index);
        failure = join(failure, e);
      } catch (IOException e) {
        failure = join(failure, e);
      }
      if (Thread.currentThread().isInterrupted()) {
        throw failure;
      }
    }
    if (addresses.size() > 1) {
      for (int i = 0; i < silent.size(); i++) {
        Duration left = Duration.ofNanos((deadline - System.nanoTime()) / (silent.size() - i));
        if (!left.isPositive()) {
          break;
        }
        try {
          return dial(silent.get(i), left);
        } catch (IOException e) {
          failure = join(failure, e);
        }
      }
    }
    throw failure == null ? new IOException("no address to dial") : failure;
  }

  private SocketChannel dial(int index, Duration timeout) throws IOException {
    SocketChannel open = dialer.dial(addresses.get(index), timeout);
    preferred = index;
    return open;
  }

  private Duration firstTry(Duration timeout) {
    Duration share = timeout.dividedBy(addresses.size() + 1L);
    return share.compareTo(FIRST_TRY) < 0 ? share : FIRST_TRY;
  }

  private static IOException join(@Nullable IOException before, IOException next) {
    if (before != null) {
      next.addSuppressed(before);
    }
    return next;
  }
}

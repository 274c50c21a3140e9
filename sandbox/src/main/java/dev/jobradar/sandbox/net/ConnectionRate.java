package dev.jobradar.sandbox.net;

import dev.jobradar.sandbox.fault.Fault;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/** How fast connections come from each address. By the network's own thread. */
final class ConnectionRate {
  private static final int MAX_ADDRESSES = 10_000;

  private final Map<InetAddress, ArrayDeque<Long>> accepted = new HashMap<>();

  /**
   * Notes a connection.
   *
   * @param now by the system's timer in nanoseconds
   * @return whether it is one more than the limit allows; such a one does not count
   */
  boolean isTooFast(InetAddress from, Fault.ConnectionLimit limit, long now) {
    if (accepted.size() > MAX_ADDRESSES) {
      accepted.clear();
    }
    ArrayDeque<Long> times = accepted.computeIfAbsent(from, _ -> new ArrayDeque<>());
    while (!times.isEmpty() && now - times.peekFirst() >= limit.within().toNanos()) {
      times.removeFirst();
    }
    if (times.size() >= limit.most()) {
      return true;
    }
    times.addLast(now);
    return false;
  }
}

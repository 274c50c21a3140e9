package dev.jobradar.sandbox;

import dev.jobradar.sandbox.feed.FeedClock;
import dev.jobradar.sandbox.feed.LoadChannels;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a sandbox is started.
 *
 * @param port the port of data centre 1 on 127.0.0.1, 0 to 65535; the others have the ports that
 *     follow; 0 takes a free port for each
 * @param dataCentres how many data centres, 1 to 9 (a phone number 99966X… names its own by one
 *     digit)
 * @param ipv6 whether they listen on ::1 too
 * @param publicKey where the public RSA key is written as PEM; absent, a temporary file
 * @param state the directory that keeps the sandbox's state over restarts; absent, nothing is kept
 * @param strict whether a signed-in key that is used over two connections at once is ended with
 *     AUTH_KEY_DUPLICATED, as at Telegram
 * @param postsPerMinute how many posts a minute come by themselves, 0 to 60,000
 * @param connectionsPerMinute from how many connections a minute an address gets −429; 0 for no
 *     limit
 * @param loadChannels how many channels there are beside the usual ones, 0 to 100,000; {@link
 *     LoadChannels} says which
 */
public record SandboxOptions(
    int port,
    int dataCentres,
    boolean ipv6,
    @Nullable Path publicKey,
    @Nullable Path state,
    boolean strict,
    int postsPerMinute,
    int connectionsPerMinute,
    int loadChannels) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException when a number is out of its range
   */
  public SandboxOptions {
    if (dataCentres < 1 || dataCentres > 9) {
      throw new IllegalArgumentException("data centres: 1 to 9, got " + dataCentres);
    }
    int last = port == 0 ? 0 : port + dataCentres - 1;
    if (port < 0 || last > 65535) {
      throw new IllegalArgumentException("ports: 0 to 65535, got " + port + " to " + last);
    }
    FeedClock.requireRate(postsPerMinute);
    if (connectionsPerMinute < 0) {
      throw new IllegalArgumentException(
          "connections per minute: 0 or more, got " + connectionsPerMinute);
    }
    LoadChannels.requireCount(loadChannels);
  }
}

package dev.jobradar.sandbox.world;

/**
 * The number of an account, positive.
 *
 * @param value fits 52 bits, as Telegram's do
 */
public record UserId(long value) implements Peer, Comparable<UserId> {

  @Override
  public int compareTo(UserId other) {
    return Long.compare(value, other.value);
  }
}

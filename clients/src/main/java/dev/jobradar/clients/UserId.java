package dev.jobradar.clients;

/**
 * Who a client belongs to: the number that the caller's own records know a user by.
 *
 * @param value any number; the same one always means the same user
 */
public record UserId(long value) {
  @Override
  public boolean equals(Object other) {
    return other instanceof UserId that && value == that.value;
  }

  /** Spreads neighbours as well as strangers: a hash table takes the low bits. */
  @Override
  public int hashCode() {
    return Long.hashCode(value);
  }

  @Override
  public String toString() {
    return "user " + value;
  }
}

package dev.jobradar.server.users;

/**
 * Our own number for a user, which is not Telegram's.
 *
 * @param value 1 or more
 */
public record UserId(long value) {
  @Override
  public String toString() {
    return "user " + value;
  }
}

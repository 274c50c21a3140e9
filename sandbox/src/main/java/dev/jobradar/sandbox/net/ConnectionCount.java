package dev.jobradar.sandbox.net;

/**
 * Connections of one key or one account.
 *
 * @param open how many are open now
 * @param maxOpen the most that were ever open at one moment
 */
public record ConnectionCount(int open, int maxOpen) {
  /** None now and never one. */
  public static final ConnectionCount NONE = new ConnectionCount(0, 0);
}

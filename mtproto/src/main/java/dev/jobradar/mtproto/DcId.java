package dev.jobradar.mtproto;

/**
 * The number of a Telegram data centre, 1 or more; production and test data centres are numbered
 * alike (core.telegram.org/api/datacenter).
 *
 * @param value the number
 */
public record DcId(int value) {
  /**
   * @throws IllegalArgumentException when {@code value} is not within 1..999
   */
  public DcId {
    if (value < 1 || value > 999) {
      throw new IllegalArgumentException("a data centre's number is 1 to 999, got " + value);
    }
  }

  @Override
  public String toString() {
    return "dc " + value;
  }
}

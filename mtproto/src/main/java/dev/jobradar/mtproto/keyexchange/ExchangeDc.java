package dev.jobradar.mtproto.keyexchange;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.ProtocolException;

/**
 * The data centre as a key exchange names it (core.telegram.org/mtproto/auth_key, step 4): 10,000
 * more for a test data centre, negative for one that serves media.
 *
 * @param id its number
 * @param test whether it is one of Telegram's test data centres
 * @param media whether it serves media only (CDN data centres do not count as such)
 */
public record ExchangeDc(DcId id, boolean test, boolean media) {
  private static final int TEST = 10_000;

  /** A main data centre of the production environment. */
  public static ExchangeDc production(int id) {
    return new ExchangeDc(new DcId(id), false, false);
  }

  /** A main data centre of the test environment. */
  public static ExchangeDc test(int id) {
    return new ExchangeDc(new DcId(id), true, false);
  }

  /** The same with media. */
  public ExchangeDc forMedia() {
    return new ExchangeDc(id, test, true);
  }

  /** The number that is sent. */
  int wireValue() {
    int number = test ? TEST + id.value() : id.value();
    return media ? -number : number;
  }

  /**
   * @throws ProtocolException when no data centre has this number
   */
  static ExchangeDc ofWireValue(int value) {
    // In long: the negative of the least int is no int.
    long number = Math.abs((long) value);
    boolean test = number > TEST;
    long id = test ? number - TEST : number;
    if (id < 1 || id > 999) {
      throw new ProtocolException("dc: no data centre has the number " + value);
    }
    return new ExchangeDc(new DcId((int) id), test, value < 0);
  }
}

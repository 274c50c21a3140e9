package dev.jobradar.telegram.updates;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far an account's common updates have been delivered: the state of {@code updates.state}
 * (api/updates#fetching-state), to be stored together with what was delivered.
 *
 * <p>Its date may lie before that of the last update: it is held back to where the account was in
 * step with every watched channel, because it is by the date that Telegram tells a client, at its
 * start, in which channels something happened.
 *
 * @param pts the state of the common message box, at least 1
 * @param qts the state of the secondary sequence
 * @param date unix seconds
 * @param seq the number of the last {@code Updates} object
 */
public record CommonPosition(int pts, int qts, int date, int seq) {
  private static final Pattern TEXT =
      Pattern.compile(
          "u(?<pts>\\d{1,10})\\.(?<qts>\\d{1,10})\\.(?<date>\\d{1,10})\\.(?<seq>\\d{1,10})");

  /**
   * @throws IllegalArgumentException when a number is out of its range
   */
  public CommonPosition {
    if (pts < 1 || qts < 0 || date < 1 || seq < 0) {
      throw new IllegalArgumentException(
          "no position of an account: pts "
              + pts
              + ", qts "
              + qts
              + ", date "
              + date
              + ", seq "
              + seq);
    }
  }

  /** A short text for it that stays readable for later versions. */
  public String text() {
    return "u" + pts + "." + qts + "." + date + "." + seq;
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static CommonPosition parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "expected an account's position such as u10.0.1700000000.3, got " + text);
    }
    return new CommonPosition(
        Integer.parseInt(matcher.group("pts")),
        Integer.parseInt(matcher.group("qts")),
        Integer.parseInt(matcher.group("date")),
        Integer.parseInt(matcher.group("seq")));
  }

  @Override
  public String toString() {
    return text();
  }
}

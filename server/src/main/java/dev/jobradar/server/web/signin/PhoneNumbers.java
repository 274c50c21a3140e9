package dev.jobradar.server.web.signin;

import dev.jobradar.server.web.ProblemException;
import java.util.regex.Pattern;

/** Phone numbers as people write them. */
public final class PhoneNumbers {
  /** E.164 knows no longer ones; a shorter one is no number with a country code. */
  private static final Pattern DIGITS = Pattern.compile("[1-9]\\d{6,14}");

  private static final Pattern DECORATION = Pattern.compile("[\\s()\\u2010-\\u2015.-]");
  private static final Pattern RUSSIAN_LONG_DISTANCE = Pattern.compile("8\\d{10}");

  private PhoneNumbers() {}

  /**
   * Digits with the country code. A Russian number may begin with 8, any with {@code +} or 00.
   *
   * @throws ProblemException when it is no phone number
   */
  public static String normalise(String written) {
    String bare = DECORATION.matcher(written).replaceAll("");
    String digits;
    if (bare.startsWith("+")) {
      digits = bare.substring(1);
    } else if (bare.startsWith("00")) {
      digits = bare.substring(2);
    } else if (RUSSIAN_LONG_DISTANCE.matcher(bare).matches()) {
      digits = "7" + bare.substring(1);
    } else {
      digits = bare;
    }
    if (!DIGITS.matcher(digits).matches()) {
      throw ProblemException.field("phone", "phone_invalid");
    }
    return digits;
  }
}

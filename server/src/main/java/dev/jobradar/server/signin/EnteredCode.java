package dev.jobradar.server.signin;

import java.util.regex.Pattern;

/** What somebody meant who typed a code: people copy them with blanks and dashes. */
public final class EnteredCode {
  private static final Pattern SEPARATORS =
      Pattern.compile("[\\s\\p{Z}\\p{Cf}\\u2010-\\u2015\\u2212._-]+");
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
  private static final Pattern DIGITS = Pattern.compile("\\d+", Pattern.UNICODE_CHARACTER_CLASS);

  private EnteredCode() {}

  /**
   * A code of Telegram's: figures without what stands between them. Words and phrases, which it
   * sends too, keep their single blanks.
   */
  public static String telegrams(String typed) {
    String bare = SEPARATORS.matcher(typed).replaceAll("");
    if (!DIGITS.matcher(bare).matches()) {
      return BLANKS.matcher(typed).replaceAll(" ").strip();
    }
    StringBuilder figures = new StringBuilder(bare.length());
    bare.codePoints().forEach(figure -> figures.append(Character.digit(figure, 10)));
    return figures.toString();
  }

  /** How many letters and figures were typed. */
  public static int length(String typed) {
    return (int) typed.codePoints().filter(Character::isLetterOrDigit).count();
  }

  /** Whether it is made of figures only. */
  public static boolean isNumber(String code) {
    return DIGITS.matcher(code).matches();
  }
}

package dev.jobradar.server.logging;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Takes phone numbers out of finished log lines.
 *
 * <p>A phone number is 8 to 15 digits after a {@code +}, with or without the usual separators, or
 * that many digits beside the word "phone", as a database driver writes of a column. Other numbers
 * stay: users' and channels' ids look just like phone numbers without a {@code +}.
 *
 * <p>Thread-safe. A line that cannot have one is returned as it is, after one look at its bytes.
 */
final class PhoneMask {
  private static final int FEWEST = 8;

  /** Written without separators, else with up to two of them between digits. */
  private static final Pattern INTERNATIONAL =
      Pattern.compile("(?<!\\d)(\\+|%2B)(?:\\d{8,15}|\\d(?:[ ().-]{0,2}\\d){7,14})(?!\\d)");

  private static final Pattern BESIDE_THE_WORD =
      Pattern.compile("((?i:phone)\\w{0,12}[^\\w\\n]{1,5})\\d{8,15}(?!\\d)");

  private PhoneMask() {}

  /**
   * A line without phone numbers.
   *
   * @param line in an encoding that has ASCII in it, such as UTF-8
   */
  static byte[] mask(byte[] line) {
    if (!mayHaveOne(line)) {
      return line;
    }
    // Each byte becomes one character and back: whatever is not ASCII stays what it is.
    String text = new String(line, StandardCharsets.ISO_8859_1);
    String masked = INTERNATIONAL.matcher(text).replaceAll("$1***");
    masked = BESIDE_THE_WORD.matcher(masked).replaceAll("$1***");
    return masked.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean mayHaveOne(byte[] line) {
    int run = 0;
    boolean longRun = false;
    for (int i = 0; i < line.length; i++) {
      if (isDigit(line[i])) {
        run++;
        longRun |= run >= FEWEST;
      } else {
        run = 0;
        if (line[i] == '+' && digitsFrom(line, i + 1) >= FEWEST) {
          return true;
        }
      }
    }
    // Times have long runs of digits too, so that alone is no reason to look closer.
    return longRun && (contains(line, "phone") || contains(line, "%2B"));
  }

  private static int digitsFrom(byte[] line, int from) {
    int digits = 0;
    for (int i = from; i < line.length && digits < FEWEST; i++) {
      if (isDigit(line[i])) {
        digits++;
      } else if (" ().-".indexOf(line[i]) < 0) {
        break;
      }
    }
    return digits;
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }

  /** Whether it contains an ASCII word, in whatever case. */
  private static boolean contains(byte[] line, String word) {
    for (int i = 0; i <= line.length - word.length(); i++) {
      int same = 0;
      while (same < word.length()
          && Character.toLowerCase(line[i + same]) == Character.toLowerCase(word.charAt(same))) {
        same++;
      }
      if (same == word.length()) {
        return true;
      }
    }
    return false;
  }
}

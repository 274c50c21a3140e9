package dev.jobradar.server.leads;

/** Cuts texts without breaking characters. */
public final class Texts {
  /** A cut looks so far for the end of a word. */
  private static final int WORD = 60;

  private Texts() {}

  /**
   * The beginning of a text.
   *
   * @param limit how many UTF-16 units at most; one less when the cut would split a code point
   */
  public static String cut(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    boolean splits = limit > 0 && Character.isHighSurrogate(text.charAt(limit - 1));
    return text.substring(0, splits ? limit - 1 : limit);
  }

  /** The end of a word at or shortly before a place; never within a character. */
  public static int wordEnd(String text, int at) {
    if (at >= text.length()) {
      return text.length();
    }
    for (int i = at; i > Math.max(0, at - WORD); i--) {
      if (Character.isWhitespace(text.charAt(i))) {
        return i;
      }
    }
    return at > 0 && Character.isHighSurrogate(text.charAt(at - 1)) ? at - 1 : at;
  }

  /** The beginning of a word at or shortly after a place; never within a character. */
  public static int wordStart(String text, int at) {
    if (at <= 0) {
      return 0;
    }
    for (int i = at; i < Math.min(text.length(), at + WORD); i++) {
      if (Character.isWhitespace(text.charAt(i - 1))) {
        return i;
      }
    }
    return Character.isLowSurrogate(text.charAt(at)) ? at + 1 : at;
  }
}

package dev.jobradar.server.leads;

/** Cuts texts without breaking characters. */
public final class Texts {
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
}

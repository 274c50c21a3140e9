package dev.jobradar.server.filter;

/** Letters that look the same, small or capital, in both alphabets. */
final class Lookalikes {
  private static final String CYRILLIC = "авсенкмортух";
  private static final String LATIN = "abcehkmoptyx";

  private Lookalikes() {}

  /** The word in Latin letters, or as it is when it has a Cyrillic one that looks like none. */
  static String toLatin(String word) {
    return swap(word, CYRILLIC, LATIN, Script.CYRILLIC);
  }

  /** The word in Cyrillic letters, or as it is when it has a Latin one that looks like none. */
  static String toCyrillic(String word) {
    return swap(word, LATIN, CYRILLIC, Script.LATIN);
  }

  private static String swap(String word, String from, String to, Script unwanted) {
    StringBuilder swapped = new StringBuilder(word);
    for (int i = 0; i < word.length(); i++) {
      int index = from.indexOf(word.charAt(i));
      if (index >= 0) {
        swapped.setCharAt(i, to.charAt(index));
      } else if (Script.of(word.charAt(i)) == unwanted) {
        return word;
      }
    }
    return swapped.toString();
  }
}

package dev.jobradar.server.filter;

/**
 * A hashtag of a text.
 *
 * @param name its letters and digits, folded
 * @param from where its {@code #} stands in the folded text
 * @param to one past its last place there
 * @param first the index of its first token
 * @param next one past the index of its last token
 */
record Hashtag(String name, int from, int to, int first, int next) {
  /** The kind of the name as one word. */
  Token.Kind kind() {
    boolean latin = true;
    boolean cyrillic = true;
    for (int i = 0; i < name.length(); i++) {
      Script script = Script.of(name.charAt(i));
      latin &= script == Script.LATIN;
      cyrillic &= script == Script.CYRILLIC;
    }
    return latin ? Token.Kind.LATIN : cyrillic ? Token.Kind.CYRILLIC : Token.Kind.NAME;
  }
}

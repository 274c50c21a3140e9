package dev.jobradar.server.filter;

import java.util.List;

/**
 * A word of a text, or what counts as one.
 *
 * @param surface as it is written, folded
 * @param from its first place in the folded text
 * @param to one past its last
 * @param aliases other spellings that are the same word ({@code nodejs})
 * @param parts words that are in it as well ({@code java} in {@code java17})
 */
record Token(String surface, Kind kind, int from, int to, List<String> aliases, List<Token> parts) {

  enum Kind {
    /** A word in Latin letters. */
    LATIN,
    /** A word in Cyrillic letters. */
    CYRILLIC,
    /** Figures alone. */
    NUMBER,
    /** A word that has no forms: {@code c++}, {@code 3d}, a word in other scripts. */
    NAME
  }

  static Token of(String surface, Kind kind, int from, int to) {
    return new Token(surface, kind, from, to, List.of(), List.of());
  }

  Token withAliases(String... others) {
    return new Token(surface, kind, from, to, List.of(others), parts);
  }

  Token withParts(List<Token> others) {
    return new Token(surface, kind, from, to, aliases, List.copyOf(others));
  }

  boolean isWord() {
    return kind == Kind.LATIN || kind == Kind.CYRILLIC;
  }
}

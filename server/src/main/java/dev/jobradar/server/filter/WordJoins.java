package dev.jobradar.server.filter;

import dev.jobradar.server.filter.Token.Kind;

/** Which neighbours are one word in another spelling. */
final class WordJoins {
  private static final int LEAST_HALF = 2;

  /** Longer words around a slash are a choice, not one name: {@code CI/CD}, but not the rest. */
  private static final int LONGEST_PAIRED = 4;

  /** More digits are no version of anything. */
  private static final int LONGEST_VERSION = 4;

  private WordJoins() {}

  /** Whether two words that follow each other may be one: {@code front-end}, {@code front end}. */
  static boolean canJoin(Token first, Token second, WordGap gap) {
    if (isVersion(first, second)) {
      return gap == WordGap.HYPHEN || gap == WordGap.SPACE;
    }
    if (!first.isWord() || first.kind() != second.kind()) {
      return false;
    }
    return switch (gap) {
      case HYPHEN -> true;
      // Here the text says nothing of a compound: "на работка" must stay two words.
      case SPACE -> mayBeHalf(first.surface()) && mayBeHalf(second.surface());
      case LOOSE, BREAK -> false;
    };
  }

  /** {@code Java 17} is {@code Java17}. */
  private static boolean isVersion(Token first, Token second) {
    return first.kind() == Kind.LATIN
        && second.kind() == Kind.NUMBER
        && second.surface().length() <= LONGEST_VERSION
        && mayBeHalf(first.surface());
  }

  /** Whether two words around a slash may be one, in either order: {@code CI/CD}, {@code з/п}. */
  static boolean canPair(Token first, Token second) {
    return first.isWord()
        && first.kind() == second.kind()
        && first.surface().length() <= LONGEST_PAIRED
        && second.surface().length() <= LONGEST_PAIRED;
  }

  private static boolean mayBeHalf(String word) {
    return word.length() >= LEAST_HALF && !WordExceptions.isFunction(word);
  }
}

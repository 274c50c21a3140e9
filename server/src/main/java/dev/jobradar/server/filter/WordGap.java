package dev.jobradar.server.filter;

/** What stands between two words that follow each other. */
enum WordGap {
  /** White space within a line, or the underscore of a hashtag. */
  SPACE,
  /** One hyphen and nothing else. */
  HYPHEN,
  /** What does not part words: a new line, a slash, quotation marks, layout, emoji, or nothing. */
  LOOSE,
  /** A full stop, a comma, a bracket, a dash: the words are not together. */
  BREAK;

  /** The gap at the places [{@code from}, {@code to}) that {@code skipped} does not leave out. */
  static WordGap between(FoldedText text, int from, int to, Skipped skipped) {
    int space = 0;
    int hyphens = 0;
    int tight = 0;
    int loose = 0;
    for (int i = from; i < to; i++) {
      int point = text.at(i);
      if (skipped.at(i)) {
        loose++;
      } else if (point == '_' || Character.isWhitespace(point) || Character.isSpaceChar(point)) {
        space++;
        loose += point == '\n' ? 1 : 0;
      } else if (point == '-') {
        hyphens++;
      } else if (point == ':') {
        tight++;
      } else if (partsNothing(point)) {
        loose++;
      } else {
        return BREAK;
      }
    }
    if (hyphens + tight > 0) {
      return to - from > 1 ? BREAK : hyphens > 0 ? HYPHEN : LOOSE;
    }
    return space > 0 && loose == 0 ? SPACE : LOOSE;
  }

  private static boolean partsNothing(int point) {
    return switch (Character.getType(point)) {
      case Character.OTHER_SYMBOL,
          Character.MODIFIER_SYMBOL,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.CONTROL,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION ->
          true;
      default -> "/\\#*`~\"'„+".indexOf(point) >= 0;
    };
  }

  /** Which places of a folded text are no part of it as words go. */
  @FunctionalInterface
  interface Skipped {
    boolean at(int index);
  }
}

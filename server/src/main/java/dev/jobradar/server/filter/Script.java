package dev.jobradar.server.filter;

/** What a code point is made for, as far as it matters here. */
enum Script {
  LATIN,
  CYRILLIC,
  /** A letter of another script, or a sign that belongs to one. */
  OTHER,
  DIGIT,
  /** No part of a word. */
  NONE;

  static Script of(int point) {
    if (point < 0x80) {
      return point >= 'a' && point <= 'z' || point >= 'A' && point <= 'Z'
          ? LATIN
          : point >= '0' && point <= '9' ? DIGIT : NONE;
    }
    if (point >= 0x400 && point < 0x530) {
      return Character.isLetter(point) ? CYRILLIC : NONE;
    }
    if (Character.isDigit(point)) {
      return DIGIT;
    }
    if (Character.isLetter(point)) {
      return point < 0x250 || point >= 0x1E00 && point < 0x1F00 ? LATIN : OTHER;
    }
    return Character.getType(point) == Character.COMBINING_SPACING_MARK ? OTHER : NONE;
  }

  boolean isLetter() {
    return this == LATIN || this == CYRILLIC || this == OTHER;
  }
}

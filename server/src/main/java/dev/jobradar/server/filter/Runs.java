package dev.jobradar.server.filter;

import java.util.List;

/** What of a text may be part of words: letters and digits outside of addresses. */
final class Runs {
  private final FoldedText text;
  private final boolean[] address;

  Runs(FoldedText text, List<Links.Address> addresses) {
    this.text = text;
    this.address = new boolean[text.length()];
    int index = 0;
    for (Links.Address one : addresses) {
      while (index < text.length() && text.start(index) < one.start()) {
        index++;
      }
      while (index < text.length() && text.start(index) < one.end()) {
        address[index++] = true;
      }
    }
  }

  FoldedText text() {
    return text;
  }

  boolean isAddress(int index) {
    return address[index];
  }

  Script script(int index) {
    return index >= 0 && index < address.length && !address[index]
        ? Script.of(text.at(index))
        : Script.NONE;
  }

  /** Where a run of letters and digits ends; an apostrophe inside a word belongs to it. */
  int end(int from) {
    int index = from;
    while (script(index) != Script.NONE
        || text.at(index) == '\''
            && !address[index]
            && script(index - 1).isLetter()
            && script(index + 1) == script(index - 1)) {
      index++;
    }
    return index;
  }

  /** Where the digits that begin there end. */
  int digits(int from) {
    int index = from;
    while (script(index) == Script.DIGIT) {
      index++;
    }
    return index;
  }

  /** Whether a number goes on behind a point or a comma: {@code 8.3}, {@code 150,000}. */
  boolean isDecimal(int index) {
    return (text.at(index) == '.' || text.at(index) == ',')
        && script(index + 1) == Script.DIGIT
        && !script(digits(index + 1)).isLetter();
  }

  /** Where a number that begins there ends. */
  int number(int from) {
    int index = digits(from);
    while (isDecimal(index)) {
      index = digits(index + 1);
    }
    return index;
  }

  /** Where a hashtag that begins behind the {@code #} ends. */
  int tag(int from) {
    int index = from;
    while (script(index) != Script.NONE || text.at(index) == '_' && !address[index]) {
      index++;
    }
    return index;
  }
}

package dev.jobradar.server.filter;

import dev.jobradar.server.filter.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What kind of word a run of letters and digits is, by the scripts of its letters. */
final class WordShape {
  /** Endings that Russian hangs on a word in Latin letters: {@code HRа}, {@code HRов}. */
  private static final Set<String> TAILS =
      Set.of("а", "у", "ом", "е", "ы", "и", "ов", "ам", "ами", "ах", "ой", "ю", "я", "ей");

  /** A part of fewer letters is no word of its own in {@code b2b} or {@code 5g}. */
  private static final int LEAST_PART = 3;

  private final Runs runs;
  private final FoldedText text;

  WordShape(Runs runs) {
    this.runs = runs;
    this.text = runs.text();
  }

  Token token(int from, int to) {
    int latin = 0;
    int cyrillic = 0;
    int other = 0;
    int digits = 0;
    for (int i = from; i < to; i++) {
      switch (runs.script(i)) {
        case LATIN -> latin++;
        case CYRILLIC -> cyrillic++;
        case OTHER -> other++;
        case DIGIT -> digits++;
        case NONE -> {}
      }
    }
    String surface = text.text(from, to);
    if (other > 0) {
      return other(surface, latin + cyrillic > 0, from, to);
    }
    if (digits > 0) {
      String known = latin > 0 || cyrillic < LEAST_PART ? Lookalikes.toLatin(surface) : surface;
      return Token.of(known, Kind.NAME, from, to).withParts(besideDigits(from, to));
    }
    if (cyrillic == 0) {
      return SignedNames.withoutJs(Token.of(surface, Kind.LATIN, from, to));
    }
    return latin == 0 ? Token.of(surface, Kind.CYRILLIC, from, to) : mixed(surface, from, to);
  }

  /** A word with letters of another script, which may only be there for their looks. */
  private static Token other(String surface, boolean mixed, int from, int to) {
    String latin = Lookalikes.toLatin(surface);
    if (!latin.equals(surface)) {
      return mixed
          ? Token.of(latin, Kind.LATIN, from, to)
          : Token.of(surface, Kind.NAME, from, to).withAliases(latin);
    }
    String cyrillic = Lookalikes.toCyrillic(surface);
    return mixed && !cyrillic.equals(surface)
        ? Token.of(cyrillic, Kind.CYRILLIC, from, to)
        : Token.of(surface, Kind.NAME, from, to);
  }

  /**
   * {@code java} in {@code java17}, {@code unity} in {@code unity3d}, {@code лет} in {@code 5лет}.
   */
  private List<Token> besideDigits(int from, int to) {
    int first = runs.digits(from);
    int last = first + 1;
    while (last < to && runs.script(last) == runs.script(first)) {
      last++;
    }
    boolean ends = last == to || runs.script(last) == Script.DIGIT;
    return ends && last - first >= LEAST_PART && runs.script(first).isLetter()
        ? List.of(Token.of(text.text(first, last), kind(first), first, last))
        : List.of();
  }

  private Kind kind(int index) {
    return runs.script(index) == Script.LATIN ? Kind.LATIN : Kind.CYRILLIC;
  }

  /** A word of Latin and Cyrillic letters: a slip of the keyboard, or two words in one. */
  private Token mixed(String surface, int from, int to) {
    List<Token> parts = new ArrayList<>();
    int border = from + 1;
    while (border < to && runs.script(border) == runs.script(from)) {
      border++;
    }
    boolean two = true;
    for (int i = border; i < to; i++) {
      two &= runs.script(i) == runs.script(border);
    }
    if (two && runs.script(from) == Script.LATIN && TAILS.contains(text.text(border, to))) {
      parts.add(Token.of(text.text(from, border), Kind.LATIN, from, border));
    } else if (two && border - from >= LEAST_PART && to - border >= LEAST_PART) {
      parts.add(Token.of(text.text(from, border), kind(from), from, border));
      parts.add(Token.of(text.text(border, to), kind(border), border, to));
    }
    String latin = Lookalikes.toLatin(surface);
    String cyrillic = Lookalikes.toCyrillic(surface);
    Token whole =
        !latin.equals(surface)
            ? Token.of(latin, Kind.LATIN, from, to)
            : !cyrillic.equals(surface)
                ? Token.of(cyrillic, Kind.CYRILLIC, from, to)
                : Token.of(surface, Kind.CYRILLIC, from, to);
    return whole.withParts(parts);
  }
}

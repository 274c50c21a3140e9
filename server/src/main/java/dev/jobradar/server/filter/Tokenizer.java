package dev.jobradar.server.filter;

import dev.jobradar.server.filter.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cuts a text into words. For one text, by one thread. */
final class Tokenizer {
  /** Single letters that make a word of their own with a {@code #}. */
  private static final String SHARP = "cfjс";

  /** Endings that Russian hangs on a word in Latin letters: {@code HRа}, {@code HRов}. */
  private static final Set<String> TAILS =
      Set.of("а", "у", "ом", "е", "ы", "и", "ов", "ам", "ами", "ах", "ой", "ю", "я", "ей");

  /** A part of fewer letters is no word of its own in {@code b2b} or {@code 5g}. */
  private static final int LEAST_PART = 3;

  private final FoldedText text;
  private final boolean[] address;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  Tokenizer(FoldedText text, List<Links.Address> addresses) {
    this.text = text;
    this.address = new boolean[text.length()];
    mark(addresses);
    while (at < text.length()) {
      step();
    }
  }

  /** The words in order. */
  List<Token> tokens() {
    return tokens;
  }

  /** What is between two of them. Hashtags in a row are a list. */
  WordGap gap(Token before, Token after) {
    if (text.at(after.from() - 1) == '#' && isHashtag(before)) {
      return WordGap.BREAK;
    }
    return WordGap.between(text, before.to(), after.from(), this::isAddress);
  }

  /** Whether a word is one of a hashtag, which may have several: {@code #open_space}. */
  boolean isHashtag(Token token) {
    int index = token.from() - 1;
    while (text.at(index) == '_' || script(index) != Script.NONE) {
      index--;
    }
    return text.at(index) == '#';
  }

  /** Whether that place of the text is in an address. */
  boolean isAddress(int index) {
    return address[index];
  }

  private void mark(List<Links.Address> addresses) {
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

  private void step() {
    if (address[at]) {
      at++;
    } else if (script(at) != Script.NONE) {
      word();
    } else if (isDotNet(at)) {
      add(Token.of(".net", Kind.NAME, at, at + 4));
    } else {
      at++;
    }
  }

  private Script script(int index) {
    return index >= 0 && index < text.length() && !address[index]
        ? Script.of(text.at(index))
        : Script.NONE;
  }

  private boolean isDotNet(int dot) {
    return text.at(dot) == '.'
        && text.at(dot + 1) == 'n'
        && text.at(dot + 2) == 'e'
        && text.at(dot + 3) == 't'
        && script(dot + 4) == Script.NONE;
  }

  private void add(Token token) {
    tokens.add(token);
    at = token.to();
  }

  private void word() {
    int from = at;
    int to = run(from);
    Token sign = sign(from, to);
    if (sign != null) {
      add(sign);
      return;
    }
    if (isNumber(from, to)) {
      while (isSeparatedFigure(to)) {
        to = digits(to + 1);
      }
      add(Token.of(text.text(from, to), Kind.NUMBER, from, to));
      return;
    }
    add(plain(from, to));
    if (isDotNet(to) && Links.BEFORE_NET.contains(text.text(from, to))) {
      add(Token.of(".net", Kind.NAME, to, to + 4));
    }
  }

  /** Where a run of letters and figures ends; an apostrophe inside a word belongs to it. */
  private int run(int from) {
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

  private boolean isNumber(int from, int to) {
    return digits(from) >= to;
  }

  private int digits(int from) {
    int index = from;
    while (script(index) == Script.DIGIT) {
      index++;
    }
    return index;
  }

  private boolean isSeparatedFigure(int index) {
    if ((text.at(index) != '.' && text.at(index) != ',') || script(index + 1) != Script.DIGIT) {
      return false;
    }
    return !script(digits(index + 1)).isLetter();
  }

  /** A word that has signs in it, if one begins here. */
  private @Nullable Token sign(int from, int to) {
    if (to - from == 1 && "cgс".indexOf(text.at(from)) >= 0 && isPlusPlus(to)) {
      return Token.of(text.at(from) == 'g' ? "g++" : "c++", Kind.NAME, from, to + 2);
    }
    if (to - from == 1 && SHARP.indexOf(text.at(from)) >= 0 && text.at(to) == '#') {
      String letter = text.at(from) == 'с' ? "c" : text.text(from, to);
      return Token.of(letter + "#", Kind.NAME, from, to + 1);
    }
    if (text.at(to) == '.'
        && script(from) == Script.LATIN
        && text.at(to + 1) == 'j'
        && text.at(to + 2) == 's'
        && run(to + 1) == to + 3) {
      String name = text.text(from, to);
      return Token.of(name + ".js", Kind.NAME, from, to + 3).withAliases(name + "js");
    }
    if (text.at(to) == '&' && to - from <= 2 && script(to + 1).isLetter()) {
      int end = run(to + 1);
      if (end - to <= 3) {
        return Token.of(text.text(from, end), Kind.NAME, from, end);
      }
    }
    return null;
  }

  private boolean isPlusPlus(int index) {
    return text.at(index) == '+' && text.at(index + 1) == '+' && text.at(index + 2) != '+';
  }

  private Token plain(int from, int to) {
    int latin = 0;
    int cyrillic = 0;
    int other = 0;
    int digits = 0;
    for (int i = from; i < to; i++) {
      switch (script(i)) {
        case LATIN -> latin++;
        case CYRILLIC -> cyrillic++;
        case OTHER -> other++;
        case DIGIT -> digits++;
        case NONE -> {}
      }
    }
    String surface = text.text(from, to);
    if (other > 0) {
      return Token.of(surface, Kind.NAME, from, to);
    }
    if (digits > 0) {
      String known = latin > 0 || cyrillic < LEAST_PART ? Lookalikes.toLatin(surface) : surface;
      return Token.of(known, Kind.NAME, from, to).withParts(besideFigures(from, to));
    }
    if (cyrillic == 0) {
      return Token.of(surface, Kind.LATIN, from, to);
    }
    return latin == 0 ? Token.of(surface, Kind.CYRILLIC, from, to) : mixed(surface, from, to);
  }

  /** {@code java} in {@code java17}, {@code лет} in {@code 5лет}. */
  private List<Token> besideFigures(int from, int to) {
    int first = from;
    int last = to;
    if (script(from) == Script.DIGIT) {
      first = digits(from);
    } else {
      while (script(last - 1) == Script.DIGIT) {
        last--;
      }
    }
    if (last - first < LEAST_PART) {
      return List.of();
    }
    for (int i = first; i < last; i++) {
      if (script(i) != script(first)) {
        return List.of();
      }
    }
    return List.of(Token.of(text.text(first, last), kind(first), first, last));
  }

  private Kind kind(int index) {
    return script(index) == Script.LATIN ? Kind.LATIN : Kind.CYRILLIC;
  }

  /** A word of Latin and Cyrillic letters: a slip of the keyboard, or two words in one. */
  private Token mixed(String surface, int from, int to) {
    List<Token> parts = new ArrayList<>();
    int border = from + 1;
    while (border < to && script(border) == script(from)) {
      border++;
    }
    boolean two = true;
    for (int i = border; i < to; i++) {
      two &= script(i) == script(border);
    }
    if (two && script(from) == Script.LATIN && TAILS.contains(text.text(border, to))) {
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

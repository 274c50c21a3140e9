package dev.jobradar.server.filter;

import dev.jobradar.server.filter.Token.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Cuts a text into words. For one text, by one thread. */
final class Tokenizer {
  private final FoldedText text;
  private final Runs runs;
  private final SignedNames names;
  private final WordShape shape;
  private final CamelCase camelCase;
  private final List<Token> tokens = new ArrayList<>();
  private final List<Hashtag> hashtags = new ArrayList<>();
  private final BitSet tagged = new BitSet();
  private int at;

  Tokenizer(FoldedText text, List<Links.Address> addresses, WordForms forms) {
    this.text = text;
    this.runs = new Runs(text, addresses);
    this.names = new SignedNames(runs);
    this.shape = new WordShape(runs);
    this.camelCase = new CamelCase(text, forms);
    while (at < text.length()) {
      if (isHash(at)) {
        hashtag();
      } else {
        step(false);
      }
    }
  }

  /** The words in order. */
  List<Token> tokens() {
    return tokens;
  }

  /** The hashtags in order. */
  List<Hashtag> hashtags() {
    return hashtags;
  }

  /** What is between two of them. Hashtags in a row are a list. */
  WordGap gap(Token before, Token after) {
    if (text.at(after.from() - 1) == '#' && isHashtag(before)) {
      return WordGap.BREAK;
    }
    if (before.to() == after.from()) {
      return WordGap.HYPHEN;
    }
    if (isAbbreviation(before, after)) {
      return WordGap.LOOSE;
    }
    return WordGap.between(text, before.to(), after.from(), runs::isAddress);
  }

  /** Whether two single letters have a point between: {@code з.п.} */
  boolean isAbbreviation(Token before, Token after) {
    return after.from() - before.to() == 1
        && text.at(before.to()) == '.'
        && before.to() - before.from() == 1
        && after.to() - after.from() == 1
        && before.isWord()
        && before.kind() == after.kind()
        && !text.isCapital(after.from());
  }

  /** Whether only a slash, and perhaps white space, stands between two words. */
  boolean isSlash(Token before, Token after) {
    int slashes = 0;
    for (int i = before.to(); i < after.from(); i++) {
      if (text.at(i) == '/') {
        slashes++;
      } else if (text.at(i) != ' ') {
        return false;
      }
    }
    return slashes == 1;
  }

  /** Whether a word is one of a hashtag, which may have several: {@code #open_space}. */
  boolean isHashtag(Token token) {
    return tagged.get(token.from());
  }

  /** Whether that place of the text is in an address. */
  boolean isAddress(int index) {
    return runs.isAddress(index);
  }

  private boolean isHash(int index) {
    return text.at(index) == '#'
        && !runs.isAddress(index)
        && runs.script(index - 1) == Script.NONE
        && runs.script(index + 1) != Script.NONE;
  }

  private void hashtag() {
    int from = at;
    int first = tokens.size();
    int to = runs.tag(++at);
    while (at < to) {
      step(true);
    }
    tagged.set(from, at);
    StringBuilder name = new StringBuilder();
    for (Token token : tokens.subList(first, tokens.size())) {
      name.append(token.surface());
    }
    if (!name.isEmpty()) {
      hashtags.add(new Hashtag(name.toString(), from, at, first, tokens.size()));
    }
  }

  private void step(boolean inTag) {
    if (runs.script(at) != Script.NONE) {
      word(inTag);
    } else if (!runs.isAddress(at) && names.isDotNet(at)) {
      add(Token.of(".net", Kind.NAME, at, at + 4));
    } else {
      at++;
    }
  }

  private void add(Token token) {
    tokens.add(token);
    at = token.to();
  }

  private void word(boolean inTag) {
    int from = at;
    int to = runs.end(from);
    Token name = names.at(from, to);
    if (name != null) {
      add(name);
    } else if (runs.digits(from) >= to) {
      number(from);
    } else if (inTag) {
      camelCase.ends(from, to).forEach(this::part);
    } else {
      plain(from, to);
    }
    if (names.isDotNet(at) && Links.BEFORE_NET.contains(text.text(from, at))) {
      add(Token.of(".net", Kind.NAME, at, at + 4));
    }
  }

  private void part(int end) {
    if (runs.digits(at) >= end) {
      add(Token.of(text.text(at, end), Kind.NUMBER, at, end));
    } else {
      plain(at, end);
    }
  }

  private void plain(int from, int to) {
    int version = version(from, to);
    add(shape.token(from, version));
    if (version < to) {
      number(version);
    }
  }

  private void number(int from) {
    int to = runs.number(from);
    add(Token.of(text.text(from, to), Kind.NUMBER, from, to));
  }

  /**
   * Where the number of a version begins that is glued to a name: {@code Python3.11}, {@code 1С8}.
   * It is {@code to} when there is none: {@code Java17} has forms of its own.
   */
  private int version(int from, int to) {
    int digits = to;
    while (digits > from && runs.script(digits - 1) == Script.DIGIT) {
      digits--;
    }
    boolean decimal = digits < to && runs.isDecimal(to);
    return decimal || digits < to && isOneC(from, digits) ? digits : to;
  }

  private boolean isOneC(int from, int to) {
    return to - from == 2
        && text.at(from) == '1'
        && (text.at(from + 1) == 'c' || text.at(from + 1) == 'с');
  }
}

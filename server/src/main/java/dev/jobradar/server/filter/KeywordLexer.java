package dev.jobradar.server.filter;

import dev.jobradar.server.filter.KeywordException.Reason;
import java.util.ArrayList;
import java.util.List;

/** Cuts a keyword into words, quotations and operators. For one keyword. */
final class KeywordLexer {
  private static final String QUOTES = "\"«»“”„‟";
  private static final String MINUS = "-\u2010\u2011\u2212\u2013";

  private final String keyword;
  private final List<Lexeme> lexemes = new ArrayList<>();
  private final StringBuilder chunk = new StringBuilder();

  private KeywordLexer(String keyword) {
    this.keyword = keyword;
  }

  static List<Lexeme> lexemes(String keyword) {
    return new KeywordLexer(keyword).read();
  }

  private List<Lexeme> read() {
    int at = 0;
    while (at < keyword.length()) {
      char sign = keyword.charAt(at);
      if (QUOTES.indexOf(sign) >= 0) {
        at = quotation(at);
      } else if (isSpace(sign)) {
        endChunk();
        at++;
      } else if (isAddressSoFar()) {
        chunk.append(sign);
        at++;
      } else if (sign == '|') {
        at = or(at);
      } else if (sign == '(' || sign == ')') {
        endChunk();
        lexemes.add(sign == '(' ? new Lexeme.Open() : new Lexeme.Close());
        at++;
      } else if (sign == '&' && next(at) == '&') {
        endChunk();
        at += 2;
      } else {
        at = append(at);
      }
    }
    endChunk();
    return lexemes;
  }

  private static boolean isSpace(char sign) {
    return Character.isWhitespace(sign) || Character.isSpaceChar(sign);
  }

  /** Brackets and bars inside of an address are part of it. */
  private boolean isAddressSoFar() {
    return chunk.indexOf("://") > 0;
  }

  private char next(int at) {
    return at + 1 < keyword.length() ? keyword.charAt(at + 1) : ' ';
  }

  private int quotation(int opening) {
    endChunk();
    int closing = opening + 1;
    while (closing < keyword.length() && QUOTES.indexOf(keyword.charAt(closing)) < 0) {
      closing++;
    }
    if (closing == keyword.length()) {
      throw new KeywordException(Reason.UNBALANCED_QUOTES, keyword);
    }
    if (closing > opening + 1) {
      lexemes.add(new Lexeme.Text(keyword.substring(opening + 1, closing), true));
    }
    return closing + 1;
  }

  private int or(int bar) {
    boolean spaceBefore = bar == 0 || isSpace(keyword.charAt(bar - 1));
    endChunk();
    int end = bar + 1;
    if (next(bar) == '|') {
      end++;
    }
    boolean spaceAfter = end >= keyword.length() || isSpace(keyword.charAt(end));
    lexemes.add(new Lexeme.Or(!spaceBefore && !spaceAfter));
    return end;
  }

  /** One more sign of a chunk; one that excludes, when it begins it. */
  private int append(int at) {
    char sign = keyword.charAt(at);
    if (chunk.isEmpty() && isExclusion(sign) && beginsOperand(next(at))) {
      lexemes.add(new Lexeme.Not());
    } else if (!(chunk.isEmpty() && sign == '+' && beginsOperand(next(at)))) {
      // A plus before a word says that it is needed, as all are.
      chunk.append(sign);
    }
    return at + 1;
  }

  /** Whether it excludes the word that it stands before. */
  static boolean isExclusion(char sign) {
    return sign == '!' || MINUS.indexOf(sign) >= 0;
  }

  private static boolean beginsOperand(char sign) {
    return Character.isLetterOrDigit(sign)
        || Character.isSurrogate(sign)
        || "#@.(".indexOf(sign) >= 0
        || QUOTES.indexOf(sign) >= 0;
  }

  private void endChunk() {
    if (chunk.isEmpty()) {
      return;
    }
    String text = chunk.toString();
    chunk.setLength(0);
    switch (text) {
      case "OR" -> lexemes.add(new Lexeme.Or(false));
      case "NOT" -> lexemes.add(new Lexeme.Not());
      case "AND" -> {
        // All words are needed anyway.
      }
      default -> lexemes.add(new Lexeme.Text(text, false));
    }
  }
}

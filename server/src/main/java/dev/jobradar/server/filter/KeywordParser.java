package dev.jobradar.server.filter;

import dev.jobradar.server.filter.KeywordCompiler.Piece;
import dev.jobradar.server.filter.KeywordException.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a keyword as people write it, with the signs of other tools: {@code -word}, {@code a|b},
 * {@code (a OR b) c}. What could be meant in two ways is refused. For one keyword.
 */
final class KeywordParser {
  private final String keyword;
  private final KeywordCompiler compiler;
  private List<Lexeme> lexemes = List.of();
  private int at;

  KeywordParser(String keyword, KeywordCompiler compiler) {
    this.keyword = keyword;
    this.compiler = compiler;
  }

  /** Pieces side by side: those that are wanted, and those that are not. */
  private record Sequence(List<Piece> wanted, List<Expression> unwanted) {}

  Expression parse() {
    if (keyword.isBlank()) {
      throw refused(Reason.EMPTY);
    }
    if (keyword.length() > Keywords.MAX_LENGTH) {
      throw refused(Reason.TOO_LONG);
    }
    lexemes = KeywordLexer.lexemes(keyword);
    Expression expression = choices();
    if (at < lexemes.size()) {
      throw refused(Reason.UNBALANCED_BRACKETS);
    }
    return expression;
  }

  private KeywordException refused(Reason reason) {
    return new KeywordException(reason, keyword);
  }

  private boolean isAt(Class<? extends Lexeme> kind) {
    return at < lexemes.size() && kind.isInstance(lexemes.get(at));
  }

  private boolean isAtOr(boolean tight) {
    return at < lexemes.size() && lexemes.get(at) instanceof Lexeme.Or or && or.tight() == tight;
  }

  /** Sequences with a loose "or" between, up to the end or a closing bracket. */
  private Expression choices() {
    List<Sequence> sequences = new ArrayList<>();
    sequences.add(sequence());
    while (isAtOr(false)) {
      at++;
      sequences.add(sequence());
    }
    if (sequences.size() == 1) {
      Sequence only = sequences.getFirst();
      return all(only.wanted(), only.unwanted());
    }
    return oneOf(sequences);
  }

  /** What is excluded at the end is excluded from all of it. */
  private Expression oneOf(List<Sequence> sequences) {
    List<Expression> choices = new ArrayList<>();
    int excluding = 0;
    for (Sequence sequence : sequences) {
      if (sequence.wanted().isEmpty()) {
        throw refused(Reason.STRAY_OPERATOR);
      }
      if (sequence.wanted().size() > 1 || excluding > 0) {
        throw refused(Reason.AMBIGUOUS_OR);
      }
      choices.add(sequence.wanted().getFirst().expression());
      excluding += sequence.unwanted().size();
    }
    Expression any = new Expression.AnyOf(List.copyOf(choices));
    List<Expression> unwanted = sequences.getLast().unwanted();
    return unwanted.isEmpty() ? any : new Expression.AllOf(List.of(any), unwanted);
  }

  private Expression all(List<Piece> wanted, List<Expression> unwanted) {
    if (wanted.isEmpty()) {
      throw refused(unwanted.isEmpty() ? Reason.NO_WORD : Reason.ONLY_EXCLUSIONS);
    }
    List<Expression> expressions = compiler.sideBySide(wanted);
    return expressions.size() == 1 && unwanted.isEmpty()
        ? expressions.getFirst()
        : new Expression.AllOf(expressions, List.copyOf(unwanted));
  }

  private Sequence sequence() {
    List<Piece> wanted = new ArrayList<>();
    List<Expression> unwanted = new ArrayList<>();
    while (at < lexemes.size() && !isAtOr(false) && !isAt(Lexeme.Close.class)) {
      if (isAt(Lexeme.Not.class)) {
        at++;
        List<Piece> pieces = operand();
        if (pieces.isEmpty() || isAtOr(true)) {
          throw refused(Reason.STRAY_OPERATOR);
        }
        pieces.forEach(piece -> unwanted.add(piece.expression()));
      } else {
        wanted.addAll(tightChoices());
      }
    }
    return new Sequence(wanted, unwanted);
  }

  /** Operands with an "or" between that binds them alone: {@code senior java|kotlin}. */
  private List<Piece> tightChoices() {
    List<Piece> first = operand();
    if (!isAtOr(true)) {
      return first;
    }
    List<Expression> choices = new ArrayList<>();
    choices.add(choice(first));
    while (isAtOr(true)) {
      at++;
      choices.add(choice(operand()));
    }
    return List.of(Piece.of(new Expression.AnyOf(List.copyOf(choices))));
  }

  private Expression choice(List<Piece> pieces) {
    if (pieces.isEmpty()) {
      throw refused(Reason.STRAY_OPERATOR);
    }
    return all(pieces, List.of());
  }

  /** A word, a quotation or what is in brackets; nothing for punctuation alone. */
  private List<Piece> operand() {
    if (at == lexemes.size()) {
      throw refused(Reason.STRAY_OPERATOR);
    }
    return switch (lexemes.get(at++)) {
      case Lexeme.Text text -> text(text);
      case Lexeme.Open _ -> brackets();
      case Lexeme.Not _ -> throw refused(Reason.STRAY_OPERATOR);
      case Lexeme.Or _ -> throw refused(Reason.STRAY_OPERATOR);
      case Lexeme.Close _ -> throw refused(Reason.UNBALANCED_BRACKETS);
    };
  }

  private List<Piece> text(Lexeme.Text text) {
    if (!text.quoted() && lexemes.size() > 1 && isLoneOperator(text.text())) {
      throw refused(Reason.STRAY_OPERATOR);
    }
    List<Piece> pieces = compiler.pieces(text.text(), text.quoted(), keyword);
    if (!text.quoted() && !pieces.isEmpty() && KeywordLexer.isExclusion(text.text().charAt(0))) {
      throw refused(Reason.STRAY_OPERATOR);
    }
    return pieces;
  }

  /** It could be a dash or an exclusion. */
  private static boolean isLoneOperator(String text) {
    return text.equals("-") || text.equals("!");
  }

  private List<Piece> brackets() {
    if (isAt(Lexeme.Close.class)) {
      throw refused(Reason.UNBALANCED_BRACKETS);
    }
    Expression inner = choices();
    if (!isAt(Lexeme.Close.class)) {
      throw refused(Reason.UNBALANCED_BRACKETS);
    }
    at++;
    return List.of(Piece.of(inner));
  }
}

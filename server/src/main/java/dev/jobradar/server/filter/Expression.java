package dev.jobradar.server.filter;

import java.util.List;

/** What a keyword asks of a text. */
sealed interface Expression permits Expression.AllOf, Expression.AnyOf, Phrase {

  /**
   * Several things at once.
   *
   * @param wanted all of these, anywhere and in any order; at least one
   * @param unwanted none of these
   */
  record AllOf(List<Expression> wanted, List<Expression> unwanted) implements Expression {}

  /** One of several things; at least one. */
  record AnyOf(List<Expression> choices) implements Expression {}
}

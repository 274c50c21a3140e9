package dev.jobradar.server.filter;

import java.util.List;
import java.util.Optional;

/**
 * Words that stand together in this order; usually a single one.
 *
 * @param terms the words
 * @param joined for each word but the last: it and the next one written as one word, where that may
 *     be
 * @param overBreaks for each word: whether punctuation may stand before it, as it does in the
 *     keyword
 */
record Phrase(List<Term> terms, List<Optional<Term>> joined, List<Boolean> overBreaks)
    implements Expression {
  static Phrase of(Term term) {
    return new Phrase(List.of(term), List.of(), List.of(false));
  }

  boolean isSingle() {
    return terms.size() == 1;
  }
}

package dev.jobradar.server.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Words that stand together in this order; mostly one alone.
 *
 * @param terms the words
 * @param joined for each word but the last: it and the next one written as one word, where that may
 *     be
 */
record Phrase(List<Term> terms, List<Optional<Term>> joined) {

  /** Where it stands in a text. */
  List<Span> in(Words words) {
    List<Span> spans = new ArrayList<>();
    for (Entry entry : terms.getFirst().in(words)) {
      follow(words, entry, entry, 1, spans);
    }
    if (terms.size() > 1 && joined.getFirst().isPresent()) {
      for (Entry entry : joined.getFirst().get().in(words)) {
        follow(words, entry, entry, 2, spans);
      }
    }
    return spans;
  }

  private void follow(Words words, Entry first, Entry last, int index, List<Span> spans) {
    if (spans.size() >= Match.MAX_SPANS) {
      return;
    }
    if (index == terms.size()) {
      spans.add(new Span(first.span().start(), last.span().end()));
      return;
    }
    step(words, first, last, terms.get(index), index, index + 1, spans);
    if (index + 1 < terms.size()) {
      Optional<Term> both = joined.get(index);
      both.ifPresent(term -> step(words, first, last, term, index, index + 2, spans));
    }
  }

  private void step(
      Words words, Entry first, Entry last, Term term, int index, int then, List<Span> spans) {
    boolean overBreaks = terms.get(index).overBreaks();
    for (Entry entry : term.in(words)) {
      if (words.adjacent(last.next(), entry.first(), overBreaks)) {
        follow(words, first, entry, then, spans);
      }
    }
  }
}

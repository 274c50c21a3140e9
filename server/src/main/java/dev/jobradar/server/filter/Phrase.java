package dev.jobradar.server.filter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Words that stand together in this order; usually a single one.
 *
 * @param terms the words
 * @param joined for each word but the last: it and the next one written as one word, where that may
 *     be
 */
record Phrase(List<Term> terms, List<Optional<Term>> joined) {

  /** Where it stands in a text. */
  List<Span> in(PostWords words) {
    List<Occurrence> begins = terms.getFirst().in(words);
    if (terms.size() == 1) {
      return begins.stream().map(Occurrence::span).toList();
    }
    // By how many words were found: where the next one must stand, and where these do. Of two ways
    // to the same place one is kept, so that the work grows with the text and the phrase only.
    List<Map<Integer, Span>> found = new ArrayList<>();
    for (int i = 0; i <= terms.size(); i++) {
      found.add(new HashMap<>());
    }
    begins.forEach(entry -> found.get(1).put(entry.next(), entry.span()));
    joined
        .getFirst()
        .ifPresent(
            both -> both.in(words).forEach(entry -> found.get(2).put(entry.next(), entry.span())));
    for (int i = 1; i < terms.size(); i++) {
      if (!found.get(i).isEmpty()) {
        follow(words, i, terms.get(i), found.get(i), found.get(i + 1));
        if (i + 1 < terms.size() && joined.get(i).isPresent()) {
          follow(words, i, joined.get(i).get(), found.get(i), found.get(i + 2));
        }
      }
    }
    return List.copyOf(found.getLast().values());
  }

  private void follow(
      PostWords words, int index, Term term, Map<Integer, Span> from, Map<Integer, Span> to) {
    boolean overBreaks = terms.get(index).overBreaks();
    for (Occurrence entry : term.in(words)) {
      int place = entry.first();
      while (place >= 0) {
        Span before = from.get(place);
        if (before != null
            && before.end() <= entry.span().start()
            && words.isOpen(place, overBreaks)) {
          to.put(entry.next(), new Span(before.start(), entry.span().end()));
          break;
        }
        place = words.overFigure(place, entry.first(), overBreaks);
      }
    }
  }
}

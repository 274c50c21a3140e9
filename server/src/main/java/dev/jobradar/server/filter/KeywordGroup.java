package dev.jobradar.server.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One keyword: all of its phrases, anywhere and in any order.
 *
 * @param keyword as it was given
 * @param joined for each phrase but the last: it and the next one written as one word, where both
 *     are single words
 */
record KeywordGroup(String keyword, List<Phrase> phrases, List<Optional<Term>> joined) {

  /** Where it stands in a text; empty when the text does not have all of it. */
  List<Span> in(PostWords words) {
    List<Span> spans = new ArrayList<>();
    boolean pairBefore = false;
    for (int i = 0; i < phrases.size(); i++) {
      List<Occurrence> pair =
          i < joined.size() && joined.get(i).isPresent()
              ? joined.get(i).get().in(words)
              : List.of();
      List<Span> own = phrases.get(i).in(words);
      if (own.isEmpty() && pair.isEmpty() && !pairBefore) {
        return List.of();
      }
      spans.addAll(own);
      pair.forEach(entry -> spans.add(entry.span()));
      pairBefore = !pair.isEmpty();
    }
    return inOrder(spans);
  }

  private static List<Span> inOrder(List<Span> spans) {
    spans.sort(null);
    List<Span> merged = new ArrayList<>();
    for (Span span : spans) {
      Span last = merged.isEmpty() ? null : merged.getLast();
      if (last != null && span.start() < last.end()) {
        merged.set(merged.size() - 1, new Span(last.start(), Math.max(last.end(), span.end())));
      } else {
        merged.add(span);
      }
    }
    return merged.size() > Match.MAX_SPANS ? merged.subList(0, Match.MAX_SPANS) : merged;
  }
}

package dev.jobradar.server.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * Looks for what a keyword asks in one post. That all of its words are there at all is checked
 * first; most keywords end there. For one match.
 */
final class ExpressionSearch {
  private final PostWords words;
  private final WorkMeter work;
  private final PhraseSearch phrases;

  ExpressionSearch(PostWords words, WorkMeter work) {
    this.words = words;
    this.work = work;
    this.phrases = new PhraseSearch(words, work);
  }

  boolean finds(Expression expression) {
    return hasWords(expression) && matches(expression);
  }

  /** Whether the words are there that are needed, be it in the wrong order. */
  private boolean hasWords(Expression expression) {
    return switch (expression) {
      case Phrase phrase -> hasWords(phrase);
      case Expression.AllOf all -> all.wanted().stream().allMatch(this::hasWords);
      case Expression.AnyOf any -> any.choices().stream().anyMatch(this::hasWords);
    };
  }

  private boolean hasWords(Phrase phrase) {
    List<Term> terms = phrase.terms();
    boolean joinedBefore = false;
    for (int i = 0; i < terms.size(); i++) {
      boolean joined = i + 1 < terms.size() && phrase.joined().get(i).filter(this::has).isPresent();
      if (!joinedBefore && !joined && !has(terms.get(i))) {
        return false;
      }
      joinedBefore = joined;
    }
    return true;
  }

  private boolean has(Term term) {
    return words.index().has(term, work);
  }

  /** Whether it is found, given that {@link #hasWords}. */
  private boolean matches(Expression expression) {
    return switch (expression) {
      case Phrase phrase -> phrase.isSingle() || phrases.finds(phrase);
      case Expression.AllOf all ->
          all.wanted().stream().allMatch(this::matches)
              && all.unwanted().stream().noneMatch(this::finds);
      case Expression.AnyOf any -> any.choices().stream().anyMatch(this::finds);
    };
  }

  /** Where the words of an expression stand that was found, in order, the first ones. */
  List<Span> spans(Expression expression) {
    List<Span> spans = new ArrayList<>();
    collect(expression, spans);
    return inOrder(spans);
  }

  private void collect(Expression expression, List<Span> spans) {
    switch (expression) {
      case Phrase phrase -> {
        if (!phrase.isSingle()) {
          spans.addAll(phrases.spans(phrase));
          return;
        }
        words
            .index()
            .each(
                phrase.terms().getFirst(),
                Match.MAX_SPANS,
                work,
                occurrence -> {
                  if (occurrence.span() != null) {
                    spans.add(occurrence.span());
                  }
                });
      }
      case Expression.AllOf all -> all.wanted().forEach(wanted -> collect(wanted, spans));
      case Expression.AnyOf any -> {
        for (Expression choice : any.choices()) {
          if (finds(choice)) {
            collect(choice, spans);
          }
        }
      }
    }
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

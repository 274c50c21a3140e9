package dev.jobradar.server.filter;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds phrases by sets of places: those where a phrase may go on after its first words. One set
 * takes a machine word for 64 words of the text, so the time grows with the phrase and a fraction
 * of the text, however often its words occur. For one match.
 */
final class PhraseSearch {
  /** So many numbers in a row part no words: the 17 of "Java 17 developer". */
  private static final int MOST_NUMBERS = 4;

  private final PostWords words;
  private final WorkMeter work;

  /** By identity: terms are shared between the phrases of a task. */
  private final IdentityHashMap<Term, TermPlaces> places = new IdentityHashMap<>();

  /** Where a term begins, by how many words of the text it takes; null for nowhere. */
  private record TermPlaces(@Nullable Places one, @Nullable Places two) {}

  PhraseSearch(PostWords words, WorkMeter work) {
    this.words = words;
    this.work = work;
  }

  boolean finds(Phrase phrase) {
    return !steps(phrase).getLast().isEmpty();
  }

  /** Where a phrase stands; the first places only. */
  List<Span> spans(Phrase phrase) {
    List<Places> steps = steps(phrase);
    List<Span> spans = new ArrayList<>();
    Places ends = steps.getLast();
    int end = ends.next(0);
    while (end >= 0 && spans.size() < Match.MAX_SPANS) {
      spans.add(words.span(begin(phrase, steps, end), end));
      end = ends.next(end + 1);
    }
    return spans;
  }

  /** For every number of words found: where the next one must stand. */
  private List<Places> steps(Phrase phrase) {
    int count = phrase.terms().size();
    List<Places> steps = new ArrayList<>();
    for (int i = 0; i <= count; i++) {
      steps.add(new Places(words.size()));
    }
    for (int i = 0; i < count; i++) {
      Places from = i == 0 ? null : steps.get(i);
      if (from == null || !from.isEmpty()) {
        Places reached = from == null ? null : reached(from, phrase.overBreaks().get(i));
        follow(phrase.terms().get(i), reached, steps.get(i + 1));
        Optional<Term> joined = i + 1 < count ? phrase.joined().get(i) : Optional.empty();
        if (joined.isPresent()) {
          follow(joined.get(), reached, steps.get(i + 2));
        }
      }
    }
    return steps;
  }

  private void follow(Term term, @Nullable Places reached, Places to) {
    TermPlaces which = places.computeIfAbsent(term, this::find);
    work.spend(2L * to.width());
    if (which.one() != null) {
      to.addMoved(reached == null ? which.one() : reached, which.one(), 1);
    }
    if (which.two() != null) {
      to.addMoved(reached == null ? which.two() : reached, which.two(), 2);
    }
  }

  private TermPlaces find(Term term) {
    Places one = new Places(words.size());
    Places two = new Places(words.size());
    words
        .index()
        .each(
            term,
            Integer.MAX_VALUE,
            work,
            occurrence -> {
              if (occurrence.length() == 1) {
                one.add(occurrence.first());
              } else if (occurrence.length() == 2) {
                two.add(occurrence.first());
              }
            });
    work.spend(4L * one.width());
    return new TermPlaces(one.isEmpty() ? null : one, two.isEmpty() ? null : two);
  }

  /**
   * Where the next word may stand: right here, or behind some numbers.
   *
   * @param overBreaks whether punctuation may stand between
   */
  private Places reached(Places from, boolean overBreaks) {
    work.spend(from.width());
    Places reached = overBreaks ? from : from.and(words.open());
    if (!words.hasNumbers()) {
      return reached;
    }
    Places all = new Places(words.size());
    all.addAll(reached);
    Places last = reached;
    for (int i = 0; i < MOST_NUMBERS; i++) {
      work.spend(3L * from.width());
      Places next = new Places(words.size());
      next.addMoved(last, words.numbers(), 1);
      if (next.isEmpty()) {
        break;
      }
      last = overBreaks ? next : next.and(words.open());
      all.addAll(last);
    }
    return all;
  }

  /** Where the phrase begins that ends before a place: back by the steps that led there. */
  private int begin(Phrase phrase, List<Places> steps, int end) {
    int count = phrase.terms().size();
    int next = end;
    while (true) {
      Back back = back(phrase, steps, count, next);
      if (back.count() == 0) {
        return back.next();
      }
      count = back.count();
      next = back.next();
    }
  }

  /** One step back: so many words are left, and the next one after them stands there. */
  private record Back(int count, int next) {}

  private Back back(Phrase phrase, List<Places> steps, int count, int next) {
    work.spend(WorkMeter.VISIT);
    Back single = back(steps, phrase, phrase.terms().get(count - 1), count - 1, next);
    if (single != null) {
      return single;
    }
    Optional<Term> joined = count > 1 ? phrase.joined().get(count - 2) : Optional.empty();
    Back both = joined.isPresent() ? back(steps, phrase, joined.get(), count - 2, next) : null;
    if (both == null) {
      throw new IllegalStateException("a phrase was found that does not begin");
    }
    return both;
  }

  private @Nullable Back back(List<Places> steps, Phrase phrase, Term term, int before, int next) {
    TermPlaces which = places.computeIfAbsent(term, this::find);
    for (int length = 1; length <= 2; length++) {
      Places begins = length == 1 ? which.one() : which.two();
      int first = next - length;
      if (begins != null && begins.has(first)) {
        if (before == 0) {
          return new Back(0, first);
        }
        int place = left(steps.get(before), first, phrase.overBreaks().get(before));
        if (place >= 0) {
          return new Back(before, place);
        }
      }
    }
    return null;
  }

  /** The place in {@code from} from which one is reached, or -1. */
  private int left(Places from, int place, boolean overBreaks) {
    int at = place;
    for (int i = 0; i <= MOST_NUMBERS; i++) {
      if (!overBreaks && !words.open().has(at)) {
        return -1;
      }
      if (from.has(at)) {
        return at;
      }
      if (!words.numbers().has(at - 1)) {
        return -1;
      }
      at--;
    }
    return -1;
  }
}

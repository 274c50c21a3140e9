package dev.jobradar.server.filter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The words of a post by their keys, in the order of the text. Filled once; then safe for use by
 * several threads.
 */
final class WordIndex {
  private final Map<String, Chain> byKey = new HashMap<>();
  private final List<Occurrence> all = new ArrayList<>();

  /** By surface; made when the first prefix is looked up, by whichever threads are first. */
  private volatile @Nullable NavigableMap<String, List<Occurrence>> sorted;

  /** The occurrences with one key; the first knows the last. */
  private static final class Chain {
    private final Occurrence occurrence;
    private @Nullable Chain next;
    private Chain last;

    Chain(Occurrence occurrence) {
      this.occurrence = occurrence;
      this.last = this;
    }

    void append(Chain other) {
      last.next = other;
      last = other;
    }
  }

  void add(Set<String> keys, Occurrence occurrence) {
    all.add(occurrence);
    for (String key : keys) {
      Chain link = new Chain(occurrence);
      Chain first = byKey.putIfAbsent(key, link);
      if (first != null) {
        first.append(link);
      }
    }
  }

  /** Whether a term occurs. */
  boolean has(Term term, WorkMeter work) {
    if (term.prefix()) {
      work.spend(2 * WorkMeter.LOOK_UP);
      String first = sorted().ceilingKey(term.surface());
      return first != null && first.startsWith(term.surface());
    }
    for (String key : term.keys()) {
      work.spend(WorkMeter.LOOK_UP);
      if (byKey.containsKey(key)) {
        return true;
      }
    }
    return false;
  }

  /** Passes the occurrences of a term on; some more than once, the first ones only. */
  void each(Term term, int most, WorkMeter work, Consumer<Occurrence> to) {
    if (term.prefix()) {
      eachPrefix(term.surface(), most, work, to);
      return;
    }
    for (String key : term.keys()) {
      work.spend(WorkMeter.LOOK_UP);
      Chain chain = byKey.get(key);
      for (int i = 0; chain != null && i < most; i++) {
        work.spend(WorkMeter.VISIT);
        to.accept(chain.occurrence);
        chain = chain.next;
      }
    }
  }

  private void eachPrefix(String prefix, int most, WorkMeter work, Consumer<Occurrence> to) {
    work.spend(2 * WorkMeter.LOOK_UP);
    int count = 0;
    for (Map.Entry<String, List<Occurrence>> entry : sorted().tailMap(prefix).entrySet()) {
      if (!entry.getKey().startsWith(prefix)) {
        return;
      }
      for (Occurrence occurrence : entry.getValue()) {
        if (count++ == most) {
          return;
        }
        work.spend(WorkMeter.VISIT);
        to.accept(occurrence);
      }
    }
  }

  private NavigableMap<String, List<Occurrence>> sorted() {
    NavigableMap<String, List<Occurrence>> known = sorted;
    if (known != null) {
      return known;
    }
    NavigableMap<String, List<Occurrence>> fresh = new TreeMap<>();
    for (Occurrence occurrence : all) {
      if (occurrence.length() > 0) {
        fresh.computeIfAbsent(occurrence.surface(), surface -> new ArrayList<>()).add(occurrence);
      }
    }
    sorted = fresh;
    return fresh;
  }
}

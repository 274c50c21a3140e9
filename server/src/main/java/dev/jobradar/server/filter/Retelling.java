package dev.jobradar.server.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * Compares two texts word by word, in order. Where they part, one has more, or both have something
 * else: a line that only one has is a trifle, and so is a sentence put otherwise; a word exchanged
 * within a line is what makes two vacancies of one template.
 */
final class Retelling {
  /** So many words at the beginning tell the role. */
  private static final int TITLE = 8;

  /** So many lines may be other. */
  private static final int OTHER_LINES = 2;

  /** Fewer words than that fill a blank in a template; more make a sentence. */
  private static final int SENTENCE = 3;

  /** Of the longer text at least this part must be common. */
  private static final double LEAST_COMMON = 0.7;

  /** Longer texts are compared so far; a post has at most 4,096 characters. */
  private static final int LONGEST = 800;

  private final List<TellingWord> one;
  private final List<TellingWord> other;

  /** Where the texts part: words [{@code a}, {@code aEnd}) against [{@code b}, {@code bEnd}). */
  private record Parting(int a, int aEnd, int b, int bEnd) {}

  private Retelling(List<TellingWord> one, List<TellingWord> other) {
    this.one = one;
    this.other = other;
  }

  static boolean same(List<TellingWord> one, List<TellingWord> other) {
    // Of several longest common subsequences the first is taken: the order must not matter.
    return comesFirst(one, other)
        ? new Retelling(head(one), head(other)).isSame()
        : new Retelling(head(other), head(one)).isSame();
  }

  private static boolean comesFirst(List<TellingWord> one, List<TellingWord> other) {
    if (one.size() != other.size()) {
      return one.size() < other.size();
    }
    for (int i = 0; i < one.size(); i++) {
      int order = one.get(i).surface().compareTo(other.get(i).surface());
      if (order != 0) {
        return order < 0;
      }
    }
    return true;
  }

  private static List<TellingWord> head(List<TellingWord> words) {
    return words.size() > LONGEST ? words.subList(0, LONGEST) : words;
  }

  private boolean isSame() {
    int longer = Math.max(one.size(), other.size());
    if (Math.min(one.size(), other.size()) < longer * LEAST_COMMON) {
      return false;
    }
    List<Parting> partings = partings();
    int apart = 0;
    int lines = 0;
    for (Parting parting : partings) {
      apart += Math.max(parting.aEnd - parting.a, parting.bEnd - parting.b);
      List<TellingWord> left = telling(one, parting.a, parting.aEnd);
      List<TellingWord> right = telling(other, parting.b, parting.bEnd);
      if (left.isEmpty() && right.isEmpty()) {
        continue;
      }
      boolean trifle =
          left.isEmpty()
              ? isLine(other, parting.b, parting.bEnd, right)
              : right.isEmpty()
                  ? isLine(one, parting.a, parting.aEnd, left)
                  : isOtherwise(parting, left, right);
      if (!trifle || ++lines > OTHER_LINES) {
        return false;
      }
    }
    return longer - apart >= longer * LEAST_COMMON;
  }

  private static List<TellingWord> telling(List<TellingWord> words, int from, int to) {
    return words.subList(from, to).stream()
        .filter(word -> word.decisive() || !OwnWords.isFunction(word.surface()))
        .toList();
  }

  /** What only one text has: whole lines, or nothing decisive and not in the title. */
  private static boolean isLine(
      List<TellingWord> words, int from, int to, List<TellingWord> telling) {
    boolean whole = isWhole(words, from, to);
    return whole || from >= TITLE && telling.stream().noneMatch(TellingWord::decisive);
  }

  /**
   * A line inserted before one that begins alike may be found one word late: the words that it
   * begins with and those after it are the same.
   */
  private static boolean isWhole(List<TellingWord> words, int from, int to) {
    int first = from;
    int end = to;
    while (true) {
      if (words.get(first).begins() && words.get(end - 1).ends()) {
        return true;
      }
      if (first == 0 || !words.get(first - 1).surface().equals(words.get(end - 1).surface())) {
        return false;
      }
      first--;
      end--;
    }
  }

  /** Whether both sides say something in other words. */
  private static boolean isOtherwise(
      Parting parting, List<TellingWord> left, List<TellingWord> right) {
    return Math.min(parting.a, parting.b) >= TITLE
        && left.size() >= SENTENCE
        && right.size() >= SENTENCE
        && left.stream().noneMatch(TellingWord::decisive)
        && right.stream().noneMatch(TellingWord::decisive);
  }

  /** Where the texts part, by their longest common subsequence. */
  private List<Parting> partings() {
    int[][] common = new int[one.size() + 1][other.size() + 1];
    for (int a = one.size() - 1; a >= 0; a--) {
      for (int b = other.size() - 1; b >= 0; b--) {
        common[a][b] =
            isEqual(a, b) ? common[a + 1][b + 1] + 1 : Math.max(common[a + 1][b], common[a][b + 1]);
      }
    }
    List<Parting> partings = new ArrayList<>();
    int a = 0;
    int b = 0;
    while (a < one.size() || b < other.size()) {
      int startA = a;
      int startB = b;
      while ((a < one.size() || b < other.size())
          && !(a < one.size() && b < other.size() && isEqual(a, b))) {
        if (b == other.size() || a < one.size() && common[a + 1][b] >= common[a][b + 1]) {
          a++;
        } else {
          b++;
        }
      }
      if (a > startA || b > startB) {
        add(partings, new Parting(startA, a, startB, b));
      }
      while (a < one.size() && b < other.size() && isEqual(a, b)) {
        a++;
        b++;
      }
    }
    return partings;
  }

  private boolean isEqual(int a, int b) {
    return one.get(a).surface().equals(other.get(b).surface());
  }

  /** Only an "and" in common between two partings does not make two of them. */
  private void add(List<Parting> partings, Parting next) {
    Parting last = partings.isEmpty() ? null : partings.getLast();
    if (last != null
        && next.a - last.aEnd <= 2
        && one.subList(last.aEnd, next.a).stream()
            .allMatch(word -> OwnWords.isFunction(word.surface()))) {
      partings.set(partings.size() - 1, new Parting(last.a, next.aEnd, last.b, next.bEnd));
    } else {
      partings.add(next);
    }
  }
}

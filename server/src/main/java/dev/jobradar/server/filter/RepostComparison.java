package dev.jobradar.server.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * Compares two texts word by word, in order. An added or removed line and a rephrased sentence are
 * trivial differences. A word replaced within a line tells two vacancies of one template apart.
 */
final class RepostComparison {
  /** The number of words at the beginning that name the role. */
  private static final int TITLE = 8;

  /** The most lines that may differ. */
  private static final int OTHER_LINES = 2;

  /** Fewer words fill a blank in a template; as many or more make a sentence. */
  private static final int SENTENCE = 3;

  /** The least part of the longer text that both must share. */
  private static final double LEAST_COMMON = 0.7;

  /** Only that many words of a text are compared. */
  private static final int LONGEST = 800;

  private final List<SignificantWord> one;
  private final List<SignificantWord> other;

  /** Where the texts differ: words [{@code a}, {@code aEnd}) against [{@code b}, {@code bEnd}). */
  private record Difference(int a, int aEnd, int b, int bEnd) {}

  private RepostComparison(List<SignificantWord> one, List<SignificantWord> other) {
    this.one = one;
    this.other = other;
  }

  static boolean same(List<SignificantWord> one, List<SignificantWord> other) {
    // Of several longest common subsequences the first is taken: the order must not matter.
    return comesFirst(one, other)
        ? new RepostComparison(head(one), head(other)).isSame()
        : new RepostComparison(head(other), head(one)).isSame();
  }

  private static boolean comesFirst(List<SignificantWord> one, List<SignificantWord> other) {
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

  private static List<SignificantWord> head(List<SignificantWord> words) {
    return words.size() > LONGEST ? words.subList(0, LONGEST) : words;
  }

  private boolean isSame() {
    int longer = Math.max(one.size(), other.size());
    if (Math.min(one.size(), other.size()) < longer * LEAST_COMMON) {
      return false;
    }
    List<Difference> differences = differences();
    int apart = 0;
    int lines = 0;
    List<String> onlyLeft = new ArrayList<>();
    List<String> onlyRight = new ArrayList<>();
    for (Difference difference : differences) {
      apart += Math.max(difference.aEnd - difference.a, difference.bEnd - difference.b);
      List<SignificantWord> left = significant(one, difference.a, difference.aEnd);
      List<SignificantWord> right = significant(other, difference.b, difference.bEnd);
      if (left.isEmpty() && right.isEmpty()) {
        continue;
      }
      addDecisive(left, onlyLeft);
      addDecisive(right, onlyRight);
      boolean trifle =
          left.isEmpty()
              ? isLine(other, difference.b, difference.bEnd, right)
              : right.isEmpty()
                  ? isLine(one, difference.a, difference.aEnd, left)
                  : isOtherwise(difference, left, right);
      if (!trifle || ++lines > OTHER_LINES) {
        return false;
      }
    }
    return longer - apart >= longer * LEAST_COMMON && !contradict(onlyLeft, onlyRight);
  }

  private static void addDecisive(List<SignificantWord> words, List<String> to) {
    words.stream().filter(SignificantWord::decisive).forEach(word -> to.add(word.surface()));
  }

  /** Whether each has decisive words that the other lacks, as when a line names another place. */
  private static boolean contradict(List<String> left, List<String> right) {
    List<String> rest = new ArrayList<>(right);
    boolean moved = true;
    for (String word : left) {
      moved &= rest.remove(word);
    }
    return !moved && !rest.isEmpty();
  }

  private static List<SignificantWord> significant(List<SignificantWord> words, int from, int to) {
    return words.subList(from, to).stream()
        .filter(word -> word.decisive() || !WordExceptions.isFunction(word.surface()))
        .toList();
  }

  /** What only one text has: whole lines, or nothing decisive and not in the title. */
  private static boolean isLine(
      List<SignificantWord> words, int from, int to, List<SignificantWord> significant) {
    boolean whole = isWhole(words, from, to);
    return whole || from >= TITLE && significant.stream().noneMatch(SignificantWord::decisive);
  }

  /**
   * A line inserted before one that begins alike may be found one word late: the words that it
   * begins with and those after it are the same.
   */
  private static boolean isWhole(List<SignificantWord> words, int from, int to) {
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

  /** Whether one side rephrases the other. */
  private static boolean isOtherwise(
      Difference difference, List<SignificantWord> left, List<SignificantWord> right) {
    return Math.min(difference.a, difference.b) >= TITLE
        && left.size() >= SENTENCE
        && right.size() >= SENTENCE
        && left.stream().noneMatch(SignificantWord::decisive)
        && right.stream().noneMatch(SignificantWord::decisive);
  }

  /** The differences, by the longest common subsequence. */
  private List<Difference> differences() {
    int[][] common = new int[one.size() + 1][other.size() + 1];
    for (int a = one.size() - 1; a >= 0; a--) {
      for (int b = other.size() - 1; b >= 0; b--) {
        common[a][b] =
            isEqual(a, b) ? common[a + 1][b + 1] + 1 : Math.max(common[a + 1][b], common[a][b + 1]);
      }
    }
    List<Difference> differences = new ArrayList<>();
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
        add(differences, new Difference(startA, a, startB, b));
      }
      while (a < one.size() && b < other.size() && isEqual(a, b)) {
        a++;
        b++;
      }
    }
    return differences;
  }

  private boolean isEqual(int a, int b) {
    return one.get(a).surface().equals(other.get(b).surface());
  }

  /** Two differences with only an "and" between them are one. */
  private void add(List<Difference> differences, Difference next) {
    Difference last = differences.isEmpty() ? null : differences.getLast();
    if (last != null
        && next.a - last.aEnd <= 2
        && one.subList(last.aEnd, next.a).stream()
            .allMatch(word -> WordExceptions.isFunction(word.surface()))) {
      differences.set(differences.size() - 1, new Difference(last.a, next.aEnd, last.b, next.bEnd));
    } else {
      differences.add(next);
    }
  }
}

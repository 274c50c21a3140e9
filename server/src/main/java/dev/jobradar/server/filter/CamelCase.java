package dev.jobradar.server.filter;

import java.util.ArrayList;
import java.util.List;

/** Words glued in one hashtag, told apart by their capitals: {@code JavaDeveloper}. */
final class CamelCase {
  private static final int LEAST_WORD = 3;

  private final FoldedText text;
  private final WordForms forms;

  CamelCase(FoldedText text, WordForms forms) {
    this.text = text;
    this.forms = forms;
  }

  /** Where the words of a run of letters and digits end, the last one included. */
  List<Integer> ends(int from, int to) {
    List<Integer> parts = parts(from, to);
    List<Integer> ends = new ArrayList<>();
    int start = from;
    int first = 0;
    while (first < parts.size()) {
      int last = lastOfName(parts, first, start);
      ends.add(parts.get(last));
      start = parts.get(last);
      first = last + 1;
    }
    return ends;
  }

  /** The last of the parts that make one known name, the longest one; {@code first} for none. */
  private int lastOfName(List<Integer> parts, int first, int start) {
    for (int last = Math.min(parts.size(), first + ProductNames.mostParts()) - 1;
        last > first;
        last--) {
      String name = text.text(start, parts.get(last));
      if (ProductNames.isOneWord(name)
          || last == first + 1 && name.endsWith("js") && parts.get(last) - parts.get(first) == 2) {
        return last;
      }
    }
    return first;
  }

  private List<Integer> parts(int from, int to) {
    List<Integer> ends = new ArrayList<>();
    int start = from;
    for (int i = from + 1; i < to; i++) {
      if (text.isCapital(i) && !text.isCapital(i - 1) && hasLetter(start, i)) {
        ends.add(i);
        start = i;
      } else if (isLower(i) && text.isCapital(i - 1) && i - 1 > start) {
        int border = afterCapitals(i, to);
        if (border > start && border < to) {
          ends.add(border);
          start = border;
        }
      }
    }
    ends.add(to);
    return ends;
  }

  /** A figure alone belongs to what follows: {@code 1С}, {@code 3D}. */
  private boolean hasLetter(int from, int to) {
    for (int i = from; i < to; i++) {
      if (Script.of(text.at(i)).isLetter()) {
        return true;
      }
    }
    return false;
  }

  private boolean isLower(int index) {
    return Script.of(text.at(index)).isLetter() && !text.isCapital(index);
  }

  /**
   * Whether the last of several capitals begins the next word, as in {@code QAEngineer}, or the
   * next small letter does, as in {@code PHPdeveloper}.
   *
   * @param lower the first small letter after the capitals
   * @return where the next word begins; {@code to} when it is a plural: {@code HRs}
   */
  private int afterCapitals(int lower, int to) {
    int end = lower;
    while (end < to && isLower(end)) {
      end++;
    }
    if (end - lower < LEAST_WORD - 1) {
      return end - lower == 1 && end == to ? to : lower - 1;
    }
    boolean small = forms.isKnown(text.text(lower, end));
    boolean capital = forms.isKnown(text.text(lower - 1, end));
    return small && !capital || Script.of(text.at(lower)) != Script.of(text.at(lower - 1))
        ? lower
        : lower - 1;
  }
}

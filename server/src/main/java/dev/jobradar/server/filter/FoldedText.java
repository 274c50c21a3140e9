package dev.jobradar.server.filter;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;

/**
 * A text made comparable, code point by code point: lower case, {@code ё} as {@code е}, letters of
 * other shapes (bold, full width, circled, composed from parts) as the plain ones, without what
 * cannot be seen. Each keeps its place in the original.
 */
final class FoldedText {
  private int[] points;
  private int[] starts;
  private int[] ends;
  private final BitSet capitals = new BitSet();
  private int length;

  private FoldedText(int capacity) {
    points = new int[capacity];
    starts = new int[capacity];
    ends = new int[capacity];
  }

  static FoldedText of(String text) {
    FoldedText folded = new FoldedText(text.length());
    boolean enclosed = false;
    int at = 0;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      int end = at + Character.charCount(point);
      while (end < text.length() && isMark(text.codePointAt(end))) {
        end += Character.charCount(text.codePointAt(end));
      }
      if (LetterShapes.isPictogram(point)) {
        // One alone is a picture; in a row of enclosed letters it is one of them.
        boolean next = end < text.length() && LetterShapes.isEnclosed(text.codePointAt(end));
        folded.put(enclosed || next ? shape(point) : point, at, end);
      } else {
        folded.add(text, at, end, point);
      }
      enclosed = LetterShapes.isEnclosed(point);
      at = end;
    }
    return folded;
  }

  private void add(String text, int start, int end, int point) {
    boolean single = end - start == Character.charCount(point);
    if (single && isPlain(point)) {
      int folded = fold(point);
      if (folded != point && Character.isUpperCase(point)) {
        capitals.set(length);
      }
      put(folded, start, end);
    } else {
      addOther(text, start, end, point);
    }
  }

  private void addOther(String text, int start, int end, int point) {
    int first = length;
    if (point >= 0x80 && LetterShapes.isInvisible(point)) {
      // A soft hyphen or a zero-width space is no part of the text as it is read.
      return;
    } else if (shape(point) != point) {
      put(shape(point), start, end);
    } else if (Character.isLetterOrDigit(point)) {
      Normalizer.normalize(text.substring(start, end), Normalizer.Form.NFKC)
          .toLowerCase(Locale.ROOT)
          .codePoints()
          .filter(part -> !isMark(part))
          .forEach(part -> put(fold(part), start, end));
    } else if (Character.getType(point) != Character.FORMAT) {
      put(fold(point), start, end);
    }
    if (length > first && Character.isUpperCase(point)) {
      capitals.set(first);
    }
  }

  private void put(int point, int start, int end) {
    if (length == points.length) {
      int capacity = length * 2 + 16;
      points = Arrays.copyOf(points, capacity);
      starts = Arrays.copyOf(starts, capacity);
      ends = Arrays.copyOf(ends, capacity);
    }
    points[length] = point;
    starts[length] = start;
    ends[length] = end;
    length++;
  }

  private static int shape(int point) {
    Integer plain = point < 0x250 ? null : LetterShapes.plain(point);
    return plain == null ? point : plain;
  }

  private static boolean isPlain(int point) {
    return point < 0x80 || (point >= 0x400 && point < 0x460);
  }

  /** Whether it changes the letter before it; the frame of a key cap stands for itself. */
  private static boolean isMark(int point) {
    return point >= 0x300
        && !isPlain(point)
        && point != 0x20E3
        && (Character.getType(point) == Character.NON_SPACING_MARK
            || Character.getType(point) == Character.ENCLOSING_MARK);
  }

  private static int fold(int point) {
    int lower = Character.toLowerCase(point);
    return switch (lower) {
      case 'ё' -> 'е';
      case '’', 'ʼ', '‘' -> '\'';
      case '♯', '＃' -> '#';
      case '‐', '‑', '−', '–' -> '-';
      default -> lower;
    };
  }

  int length() {
    return length;
  }

  /** The code point at that place, 0 outside. */
  int at(int index) {
    return index < 0 || index >= length ? 0 : points[index];
  }

  /** Whether a capital letter stands there in the original. */
  boolean isCapital(int index) {
    return capitals.get(index);
  }

  /** Where it begins in the original. */
  int start(int index) {
    return starts[index];
  }

  /** One past where it ends in the original. */
  int end(int index) {
    return ends[index];
  }

  String text(int from, int to) {
    return new String(points, from, to - from);
  }
}

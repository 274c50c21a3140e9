package dev.jobradar.server.filter;

/**
 * A stretch of a text, in UTF-16 units as {@link String#substring(int, int)} counts. It never cuts
 * a code point in two.
 *
 * @param start its first unit
 * @param end one past its last unit, greater than {@code start}
 */
public record Span(int start, int end) implements Comparable<Span> {
  public Span {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("no span: " + start + " to " + end);
    }
  }

  @Override
  public int compareTo(Span other) {
    return start != other.start
        ? Integer.compare(start, other.start)
        : Integer.compare(end, other.end);
  }
}

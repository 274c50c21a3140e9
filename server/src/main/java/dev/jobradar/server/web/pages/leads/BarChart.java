package dev.jobradar.server.web.pages.leads;

import java.util.ArrayList;
import java.util.List;

/**
 * Bars of figures, as a picture of SVG is drawn: upright, one beside another. The template draws
 * it; the same figures stand in a table behind it.
 *
 * @param width of the picture
 * @param height of the picture
 * @param bars from left to right
 * @param lines across, with their figures
 */
record BarChart(int width, int height, List<Bar> bars, List<Line> lines) {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 220;
  private static final int LEFT = 40;
  private static final int TOP = 12;
  private static final int BOTTOM = 28;
  private static final double FILLED = 0.72;
  private static final int LABELS = 8;

  /** A figure and what it counts. */
  record Value(String label, long number) {}

  /**
   * A bar.
   *
   * @param label below it; empty where there is no room
   * @param title what a pointer on it says
   */
  record Bar(double x, double y, double width, double height, String label, String title) {
    /** Where its label stands. */
    public double middle() {
      return x + width / 2;
    }
  }

  /** A line across. */
  record Line(double y, String label) {}

  /** Copies the lists. */
  BarChart {
    bars = List.copyOf(bars);
    lines = List.copyOf(lines);
  }

  /** A picture of these figures. */
  static BarChart of(List<Value> values) {
    long most = round(values.stream().mapToLong(Value::number).max().orElse(0));
    double base = HEIGHT - (double) BOTTOM;
    double step = (WIDTH - (double) LEFT) / Math.max(1, values.size());
    int every = Math.max(1, Math.ceilDiv(values.size(), LABELS));
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Value value = values.get(i);
      double height = (base - TOP) * value.number() / most;
      bars.add(
          new Bar(
              tenths(LEFT + step * i + step * (1 - FILLED) / 2),
              tenths(base - height),
              tenths(step * FILLED),
              tenths(height),
              // From the right: the last one is today.
              (values.size() - 1 - i) % every == 0 ? value.label() : "",
              value.label() + ": " + value.number()));
    }
    List<Line> lines = new ArrayList<>();
    for (int part = 0; part <= 2; part++) {
      if (most * part % 2 == 0) {
        lines.add(new Line(tenths(base - (base - TOP) * part / 2), Long.toString(most * part / 2)));
      }
    }
    return new BarChart(WIDTH, HEIGHT, bars, lines);
  }

  /** The next figure that is easy to read: 1, 2, 4, 10, 20, 40, 100 … */
  static long round(long most) {
    long step = 1;
    while (true) {
      for (long factor : new long[] {1, 2, 4}) {
        if (most <= step * factor) {
          return step * factor;
        }
      }
      if (most > Long.MAX_VALUE / 40) {
        return most;
      }
      step *= 10;
    }
  }

  private static double tenths(double number) {
    return Math.round(number * 10) / 10.0;
  }
}

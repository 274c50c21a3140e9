package dev.jobradar.sandbox.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Chance that comes out the same for the same seed. Not thread-safe. */
final class SeededRandom {

  private final Random random;

  SeededRandom(long seed) {
    // The one generator whose sequence the JDK promises to keep.
    this.random = new Random(seed);
  }

  <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @SafeVarargs
  final <T> T one(T first, T... others) {
    int index = random.nextInt(1 + others.length);
    return index == 0 ? first : others[index - 1];
  }

  /** Some of them, in an order of their own. */
  <T> List<T> some(List<T> choices, int count) {
    List<T> left = new ArrayList<>(choices);
    List<T> picked = new ArrayList<>();
    while (picked.size() < count && !left.isEmpty()) {
      picked.add(left.remove(random.nextInt(left.size())));
    }
    return picked;
  }

  boolean happens(int percent) {
    return random.nextInt(100) < percent;
  }

  /** A number from {@code from} to {@code to}, both included. */
  int between(int from, int to) {
    return from + random.nextInt(to - from + 1);
  }
}

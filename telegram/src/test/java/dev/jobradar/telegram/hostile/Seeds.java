package dev.jobradar.telegram.hostile;

import java.util.Random;

/** Random numbers for seeds that follow each other. */
public final class Seeds {
  private Seeds() {}

  /** {@link Random} begins almost alike for small seeds: they are spread first. */
  public static Random draw(long seed) {
    return new Random(seed * 0x9E37_79B9_7F4A_7C15L);
  }
}

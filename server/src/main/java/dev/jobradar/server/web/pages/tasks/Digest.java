package dev.jobradar.server.web.pages.tasks;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Says in short what a part of a page shows, so that the same is not swapped in again. */
final class Digest {
  private Digest() {}

  static String of(@Nullable Object... shown) {
    return Integer.toHexString(Arrays.deepHashCode(shown));
  }
}

package dev.jobradar.server.filter;

import org.jspecify.annotations.Nullable;

/**
 * Where a word stands in a post.
 *
 * @param surface as it is written, folded
 * @param first the place of its first token
 * @param next one past the place of its last: a compound written in two has two; equal to {@code
 *     first} for an address, which has no place among the words
 * @param span where it stands in the text; null for the address of a button
 */
record Occurrence(String surface, int first, int next, @Nullable Span span) {
  int length() {
    return next - first;
  }
}

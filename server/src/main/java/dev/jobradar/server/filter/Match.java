package dev.jobradar.server.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a post matches a task.
 *
 * @param keyword the first group that matches, word for word as it was given; null when the task
 *     wants every post
 * @param spans where its words stand in the text, in order and not overlapping; at most {@link
 *     #MAX_SPANS}, none when {@code keyword} is null or was found only behind a button
 */
public record Match(@Nullable String keyword, List<Span> spans) {
  /** The most spans that a match reports. */
  public static final int MAX_SPANS = 100;

  public Match {
    spans = List.copyOf(spans);
  }
}

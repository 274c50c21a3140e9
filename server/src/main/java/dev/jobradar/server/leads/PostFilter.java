package dev.jobradar.server.leads;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides which posts a task wants. Thread-safe. */
public interface PostFilter {
  /**
   * What matched.
   *
   * @param keyword the group, as the person wrote it; null when there is none to match
   * @param spans where, in ascending order
   */
  record Matched(@Nullable String keyword, List<Span> spans) {
    /** Every post is wanted. */
    public static final Matched ALL = new Matched(null, List.of());

    /** Copies the list. */
    public Matched {
      spans = List.copyOf(spans);
    }
  }

  /**
   * Matches a text against a task's keywords.
   *
   * @param include groups of which one is enough; none for every text
   * @param exclude groups of which one is too much
   */
  Optional<Matched> match(List<String> include, List<String> exclude, String text);

  /** What a text has in common with its reposts; empty when it has too little to tell. */
  Optional<String> fingerprint(String text);
}

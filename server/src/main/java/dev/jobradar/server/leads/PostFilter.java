package dev.jobradar.server.leads;

import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.filter.Explanation;
import dev.jobradar.server.filter.Match;
import dev.jobradar.telegram.content.MessageContent;
import java.util.List;
import java.util.Optional;

/** Reads posts, so that tasks can say which they want. Thread-safe. */
public interface PostFilter {
  /** A post's text, read once for all tasks. Belongs to one thread. */
  interface Reading {
    /**
     * Matches it against a task's keywords.
     *
     * @param include groups of which one is enough; none for every text
     * @param exclude groups of which one is too much
     * @throws KeywordsTooCostlyException when that takes more work than is allowed
     */
    Optional<Match> match(List<String> include, List<String> exclude);

    /**
     * The same with all reasons, for people.
     *
     * @throws KeywordsTooCostlyException as {@link #match}
     */
    Explanation explain(List<String> include, List<String> exclude);

    /** What it has in common with its reposts. */
    Likeness likeness();
  }

  /** What a text has in common with its reposts. Immutable. */
  interface Likeness {
    /** Equal for texts of the same words; empty when there are too few to tell. */
    String text();

    /** Numbers of which two reposts nearly always share one; none when there is nothing to tell. */
    List<Long> bands();

    /** Whether another text is the same vacancy, posted again with trivial changes. */
    boolean isRepostOf(MessageContent other);
  }

  /** The posts with each album as one, in their order. */
  default List<ReceivedPost> joined(List<ReceivedPost> posts) {
    return Albums.joined(posts);
  }

  /**
   * Reads a post.
   *
   * @return empty for a post that nobody looks for: one without words, one that this account wrote,
   *     or a message of ours
   */
  Optional<Reading> read(ReceivedPost post);
}

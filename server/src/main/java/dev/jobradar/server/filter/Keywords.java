package dev.jobradar.server.filter;

import dev.jobradar.server.filter.KeywordException.Reason;
import java.util.List;
import java.util.Optional;

/**
 * What a task looks for and what it does not want: any of the groups to include, none of those to
 * exclude. Immutable, safe for use by several threads, and small enough to be kept for every task.
 *
 * <p>A group is all of its words, in any form and order; {@code "in quotes"} together and in that
 * order; {@code begin*} whatever begins so.
 */
public final class Keywords {
  /** So many groups to include, and as many to exclude. */
  public static final int MAX_GROUPS = 100;

  /** The longest group, in UTF-16 units. */
  public static final int MAX_LENGTH = 200;

  private final List<KeywordGroup> include;
  private final List<KeywordGroup> exclude;

  private Keywords(List<KeywordGroup> include, List<KeywordGroup> exclude) {
    this.include = include;
    this.exclude = exclude;
  }

  /**
   * Reads keywords as people write them.
   *
   * @param include any of these must match; every post does when there are none
   * @param exclude none of these may match
   * @throws KeywordException for the first one that could never match
   */
  public static Keywords compile(List<String> include, List<String> exclude) {
    return new Keywords(groups(include), groups(exclude));
  }

  private static List<KeywordGroup> groups(List<String> keywords) {
    if (keywords.size() > MAX_GROUPS) {
      throw new KeywordException(Reason.TOO_MANY, keywords.get(MAX_GROUPS));
    }
    KeywordParser parser = new KeywordParser();
    return keywords.stream().map(parser::parse).toList();
  }

  /** Whether a post is wanted, and why. */
  public Optional<Match> match(PostWords words) {
    for (KeywordGroup group : exclude) {
      if (!group.in(words).isEmpty()) {
        return Optional.empty();
      }
    }
    if (include.isEmpty()) {
      return Optional.of(new Match(null, List.of()));
    }
    for (KeywordGroup group : include) {
      List<Span> spans = group.in(words);
      if (!spans.isEmpty()) {
        return Optional.of(new Match(group.keyword(), spans));
      }
    }
    return Optional.empty();
  }
}

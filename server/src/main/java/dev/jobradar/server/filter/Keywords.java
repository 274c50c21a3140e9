package dev.jobradar.server.filter;

import dev.jobradar.server.filter.KeywordException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a task looks for and what it does not want: any of the groups to include, none of those to
 * exclude. Immutable, safe for use by several threads, and small enough to be kept for every task.
 *
 * <p>A group is all of its words, in any form and order; {@code "in quotes"} together and in that
 * order; {@code begin*} whatever begins so; {@code one|other} either; {@code -word} not that one;
 * {@code #tag} the hashtag only.
 */
public final class Keywords {
  /** So many groups to include, and as many to exclude. */
  public static final int MAX_GROUPS = 100;

  /** The longest group, in UTF-16 units. */
  public static final int MAX_LENGTH = 200;

  private final List<KeywordGroup> include;
  private final List<KeywordGroup> exclude;
  private final int length;

  private Keywords(List<KeywordGroup> include, List<KeywordGroup> exclude) {
    this.include = include;
    this.exclude = exclude;
    this.length = length(include) + length(exclude);
  }

  private static int length(List<KeywordGroup> groups) {
    return groups.stream().mapToInt(group -> group.keyword().length()).sum();
  }

  /**
   * Reads keywords as people write them.
   *
   * @param include any of these must match; every post does when there are none
   * @param exclude none of these may match
   * @throws KeywordException for the first one that could never match, or whose signs have no clear
   *     meaning
   */
  public static Keywords compile(List<String> include, List<String> exclude) {
    KeywordCompiler compiler = new KeywordCompiler();
    return new Keywords(groups(compiler, include), groups(compiler, exclude));
  }

  /** Why a single keyword is refused; empty for one that can be used. */
  public static Optional<Reason> problem(String keyword) {
    try {
      groups(new KeywordCompiler(), List.of(keyword));
      return Optional.empty();
    } catch (KeywordException refused) {
      return Optional.of(refused.reason());
    }
  }

  private static List<KeywordGroup> groups(KeywordCompiler compiler, List<String> keywords) {
    if (keywords.size() > MAX_GROUPS) {
      throw new KeywordException(Reason.TOO_MANY, keywords.get(MAX_GROUPS));
    }
    return keywords.stream()
        .map(keyword -> new KeywordGroup(keyword, new KeywordParser(keyword, compiler).parse()))
        .toList();
  }

  /**
   * Whether a post is wanted, and why. The work is bounded by the size of the post and the
   * keywords, and takes some milliseconds at most.
   */
  public MatchOutcome match(PostWords words) {
    return match(words, WorkMeter.forSize(words.length() + length));
  }

  MatchOutcome match(PostWords words, WorkMeter work) {
    try {
      return outcome(new ExpressionSearch(words, work));
    } catch (WorkMeter.Exhausted exhausted) {
      return new MatchOutcome.TooCostly(work.most());
    }
  }

  /**
   * The same in detail, for people who look why a post matches or does not. Takes up to twice the
   * work; what that is too little for is left out of the lists.
   */
  public Explanation explain(PostWords words) {
    MatchOutcome outcome = match(words);
    List<String> included = new ArrayList<>();
    List<String> excluded = new ArrayList<>();
    ExpressionSearch search =
        new ExpressionSearch(words, WorkMeter.forSize(words.length() + length));
    try {
      collect(search, include, included);
      collect(search, exclude, excluded);
    } catch (WorkMeter.Exhausted exhausted) {
      return new Explanation(outcome, included, excluded);
    }
    return new Explanation(outcome, included, excluded);
  }

  private static void collect(
      ExpressionSearch search, List<KeywordGroup> groups, List<String> found) {
    for (KeywordGroup group : groups) {
      if (search.finds(group.expression())) {
        found.add(group.keyword());
      }
    }
  }

  private MatchOutcome outcome(ExpressionSearch search) {
    for (KeywordGroup group : exclude) {
      if (search.finds(group.expression())) {
        return new MatchOutcome.NotWanted();
      }
    }
    if (include.isEmpty()) {
      return new MatchOutcome.Wanted(new Match(null, List.of()));
    }
    for (KeywordGroup group : include) {
      if (search.finds(group.expression())) {
        List<Span> spans = search.spans(group.expression());
        return new MatchOutcome.Wanted(new Match(group.keyword(), spans));
      }
    }
    return new MatchOutcome.NotWanted();
  }
}

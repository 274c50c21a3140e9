package dev.jobradar.server.filter;

import java.util.List;
import java.util.Optional;

/**
 * Why a post is wanted, or is not.
 *
 * @param outcome as monitoring finds it
 * @param included the groups to include that match, word for word as they were given
 * @param excluded the groups to exclude that match
 */
public record Explanation(MatchOutcome outcome, List<String> included, List<String> excluded) {
  /** Nothing is wanted. */
  public static final Explanation NOTHING =
      new Explanation(new MatchOutcome.NotWanted(), List.of(), List.of());

  /** Copies the lists. */
  public Explanation {
    included = List.copyOf(included);
    excluded = List.copyOf(excluded);
  }

  /** The match, if there is one. */
  public Optional<Match> match() {
    return outcome.match();
  }
}

package dev.jobradar.server.filter;

import java.util.Optional;

/** What came of matching a post against a task's keywords. */
public sealed interface MatchOutcome {

  /** The match, if there is one. */
  default Optional<Match> match() {
    return this instanceof Wanted wanted ? Optional.of(wanted.why()) : Optional.empty();
  }

  /** The task wants the post. */
  record Wanted(Match why) implements MatchOutcome {}

  /** The task does not want the post. */
  record NotWanted() implements MatchOutcome {}

  /**
   * The keywords are too costly for this post: matching stopped without an answer. The owner of the
   * task has to simplify them.
   *
   * @param steps the work that was allowed, in operations on a machine word
   */
  record TooCostly(long steps) implements MatchOutcome {}
}

package dev.jobradar.server.signin;

import dev.jobradar.clients.Attempt.Scope;
import dev.jobradar.clients.AttemptLimit;

/**
 * One of the limits that an attempt is counted for.
 *
 * @param what the limit is called; stored
 * @param subject whose it is: hashed before it is stored; empty for everybody's
 * @param scope what the person is told it belongs to
 */
record Budget(String what, String subject, Scope scope, Limit limit) {
  /** How a limit counts. */
  sealed interface Limit {
    /** So many in any stretch of a length. */
    record Sliding(AttemptLimit limit) implements Limit {}

    /** So many in each hour or day; only their number is kept, so there may be many. */
    record Stretch(AttemptLimit limit) implements Limit {}

    /** Slower and slower. */
    record Growing(GrowingDelay delay) implements Limit {}
  }

  /** Shows no subject. */
  @Override
  public String toString() {
    return what + " " + limit;
  }
}

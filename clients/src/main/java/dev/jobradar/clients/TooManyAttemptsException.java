package dev.jobradar.clients;

import java.time.Instant;

/** Too many attempts; nothing was done. */
public final class TooManyAttemptsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Attempt.Kind kind;
  private final Attempt.Scope scope;
  private final Instant allowedAt;

  /** For {@link SignInLimits}. */
  public TooManyAttemptsException(Attempt.Kind kind, Attempt.Scope scope, Instant allowedAt) {
    super(kind + " too often for this " + scope + "; the next is allowed at " + allowedAt);
    this.kind = kind;
    this.scope = scope;
    this.allowedAt = allowedAt;
  }

  /** What was attempted. */
  public Attempt.Kind kind() {
    return kind;
  }

  /** Whose limit was reached. */
  public Attempt.Scope scope() {
    return scope;
  }

  /** When the next attempt is allowed. */
  public Instant allowedAt() {
    return allowedAt;
  }
}

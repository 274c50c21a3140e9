package dev.jobradar.server.tasks;

/** Why a task was paused, where its owner did not do it. */
public enum PauseReason {
  /** Its keywords take more work for a post than is allowed. */
  KEYWORDS_TOO_COSTLY
}

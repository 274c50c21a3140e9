package dev.jobradar.server.account;

import java.time.Instant;

/**
 * A watched channel that should deliver and does not.
 *
 * @param cause the kind of failure
 * @param error Telegram's name for it, such as {@code FROZEN_PARTICIPANT_MISSING}, or what is wrong
 *     in short
 * @param since when it delivered last, as far as is known
 * @param behind how many events it is behind at least, -1 when that is not known
 * @param late whether posts still come, by push or late from the channel's history
 */
public record WatchStall(Cause cause, String error, Instant since, int behind, boolean late) {
  /** Why nothing comes. */
  public enum Cause {
    /** Telegram refuses, and will refuse again. */
    REFUSED,
    /** Telegram is asked and fails. */
    FAILING,
    /** Telegram asks for a wait. */
    FLOOD_WAIT,
    /** The answer cannot be read. */
    UNREADABLE
  }

  /** Whether another stall says the same about the same channel; its figures may differ. */
  boolean isLike(WatchStall other) {
    return cause == other.cause && late == other.late && error.equals(other.error);
  }

  /** The same, beginning at the earlier of both times. */
  WatchStall beganWith(WatchStall earlier) {
    return earlier.since.isBefore(since)
        ? new WatchStall(cause, error, earlier.since, behind, late)
        : this;
  }
}

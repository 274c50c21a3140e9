package dev.jobradar.clients;

import dev.jobradar.mtproto.DcId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The status of a user's client, for operators.
 *
 * @param user whose it is
 * @param state what it is doing
 * @param since since when it is doing that
 * @param dc the data centre, null while that is not known
 * @param waiting how many callers wait for it
 * @param nextTry when the next attempt begins; null when it is connected, an attempt is under way,
 *     or it waits for something else
 * @param lastError what went wrong last, null when nothing did: words for operators, that may name
 *     hosts and statements, and hold no secret
 * @param lastCause the same as it was thrown
 */
public record ClientStatus(
    UserId user,
    State state,
    Instant since,
    @Nullable DcId dc,
    int waiting,
    @Nullable Instant nextTry,
    @Nullable String lastError,
    @Nullable Exception lastCause) {
  /** What a user's client is doing. */
  public enum State {
    /** The sign-in is being looked up. */
    LOADING,
    /** It was not connected yet, and is trying. */
    CONNECTING,
    /** It is connected, and store and hook are being called. */
    PREPARING,
    /** It is connected. */
    CONNECTED,
    /** It has lost its connection and is repairing it. */
    REPAIRING,
    /** It is being closed. */
    CLOSING,
    /** It should have been closed by now, and its connection may live. */
    OVERDUE,
    /** It is closed, and the store is recording why. */
    RECORDING,
    /** It failed, and is retried later. */
    BACKING_OFF,
    /** It is kept closed while its user signs in again. */
    RESERVED
  }
}

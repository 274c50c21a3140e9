package dev.jobradar.clients;

import dev.jobradar.mtproto.DcId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a user's client stands, for people to look at.
 *
 * @param user whose it is
 * @param state what it is doing
 * @param since since when it is doing that
 * @param dc the data centre, null while that is not known
 * @param waiting how many callers wait for it
 * @param nextTry when connecting is tried next; null when it works, is being tried, or waits for
 *     something else
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
    /** It is connected, and the hook is being told. */
    PREPARING,
    /** It is connected. */
    CONNECTED,
    /** It has lost its connection and is repairing it. */
    REPAIRING,
    /** It is being closed. */
    CLOSING,
    /** It should have been closed by now, and its connection may live. */
    OVERDUE,
    /** It is closed, and the store is being told. */
    RECORDING,
    /** It failed and is tried again later. */
    BACKING_OFF,
    /** It is kept closed while its user signs in anew. */
    RESERVED
  }
}

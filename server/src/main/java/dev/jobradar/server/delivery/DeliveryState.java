package dev.jobradar.server.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a user's deliveries stand, for them to see.
 *
 * @param waiting how many leads are still to be sent, one counted per destination
 * @param hold what they wait for
 * @param detail Telegram's name for the reason, where it gave one
 * @param until when it goes on, where that is known
 */
public record DeliveryState(
    long waiting, Hold hold, @Nullable String detail, @Nullable Instant until) {
  /** What deliveries can wait for. */
  public enum Hold {
    /** Nothing: they are being sent. */
    NONE,
    /** The user has to sign in: there is no Telegram session. */
    SIGN_IN,
    /** The user has to sign in again: Telegram ended the session. */
    SESSION_ENDED,
    /** Telegram told the account to wait. */
    FLOOD_WAIT,
    /** Telegram refuses them for now and names no time: they are tried again later. */
    REFUSED,
    /** Telegram cannot be reached at the moment. */
    CONNECTION
  }
}

package dev.jobradar.clients;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.telegram.EndedSignIn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a sign-in is over for good.
 *
 * @param reason Telegram's name for it, such as {@code SESSION_REVOKED} or {@code
 *     AUTH_KEY_DUPLICATED}; {@link #KEY_NOT_FOUND} when Telegram does not know the key any more
 * @param at when that was noticed
 */
public record SessionEnd(String reason, Instant at) {
  /** The data centre answered −404 to the key, twice. */
  public static final String KEY_NOT_FOUND = EndedSignIn.KEY_NOT_FOUND;

  /**
   * The end of a sign-in that a client's failure means, null when it means none. Other failures
   * that a client cannot recover from (a wrong api_id, a wrong data centre) say nothing about the
   * sign-in.
   */
  static @Nullable SessionEnd of(MtprotoException cause, Instant at) {
    String reason = EndedSignIn.reason(cause);
    return reason == null ? null : new SessionEnd(reason, at);
  }
}

package dev.jobradar.clients;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.TransportException;
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
  /**
   * A stored key that is answered with this code is not signed in, whatever the name beside it:
   * {@code SESSION_PASSWORD_NEEDED}, for one, when its sign-in never came to the password.
   */
  private static final int UNAUTHORIZED = 401;

  /** The data centre answered −404 to the key, twice. */
  public static final String KEY_NOT_FOUND = "AUTH_KEY_NOT_FOUND";

  /**
   * The end of a sign-in that a client's failure means, null when it means none. Other failures
   * that a client cannot recover from (a wrong api_id, a wrong data centre) say nothing about the
   * sign-in.
   */
  static @Nullable SessionEnd of(MtprotoException cause, Instant at) {
    if (cause instanceof RpcException refused
        && (refused instanceof RpcException.SessionEnded || refused.code() == UNAUTHORIZED)) {
      return new SessionEnd(refused.error(), at);
    }
    if (cause instanceof TransportException transport
        && transport.is(TransportException.AUTH_KEY_NOT_FOUND)) {
      return new SessionEnd(KEY_NOT_FOUND, at);
    }
    return null;
  }
}

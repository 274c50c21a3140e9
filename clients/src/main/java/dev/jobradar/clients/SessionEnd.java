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
  /** The data centre answered −404 to the key, twice. */
  public static final String KEY_NOT_FOUND = "AUTH_KEY_NOT_FOUND";

  /**
   * The end of a sign-in that a client's failure means, if it means that. Other failures that a
   * client does not get over (a wrong api_id, a wrong data centre) say nothing about the sign-in.
   */
  static @Nullable SessionEnd of(MtprotoException cause, Instant at) {
    if (cause instanceof RpcException.SessionEnded ended) {
      return new SessionEnd(ended.reason().name(), at);
    }
    if (cause instanceof TransportException transport
        && transport.is(TransportException.AUTH_KEY_NOT_FOUND)) {
      return new SessionEnd(KEY_NOT_FOUND, at);
    }
    return null;
  }
}

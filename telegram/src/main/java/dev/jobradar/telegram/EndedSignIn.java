package dev.jobradar.telegram;

import dev.jobradar.mtproto.CallFailedException;
import dev.jobradar.mtproto.ConnectionClosedException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.TransportException;
import org.jspecify.annotations.Nullable;

/**
 * Tells which failures of a client that was signed in mean that its sign-in is over for good.
 *
 * <p>Those are all 401s, whatever their names: Telegram adds names, and for a key that was signed
 * in each of them means the same (core.telegram.org/api/errors); a key that never came to its
 * password is answered {@code SESSION_PASSWORD_NEEDED}. Further the names of {@link
 * RpcException.SessionEnded}, and −404 as the reason why a connection is closed.
 */
public final class EndedSignIn {
  /** The data centre answered −404 to the key, twice. */
  public static final String KEY_NOT_FOUND = "AUTH_KEY_NOT_FOUND";

  private static final int UNAUTHORIZED = 401;

  private EndedSignIn() {}

  /**
   * Telegram's name for the end of the sign-in, such as {@code SESSION_REVOKED}.
   *
   * @param failure of a call of a client that was signed in, or what its listener was told of its
   *     end
   * @return null when the failure does not mean that the sign-in is over
   */
  public static @Nullable String reason(@Nullable Throwable failure) {
    return switch (failure) {
      case RpcException refused -> meansEnd(refused) ? refused.error() : null;
      case TransportException transport ->
          transport.is(TransportException.AUTH_KEY_NOT_FOUND) ? KEY_NOT_FOUND : null;
      case ConnectionClosedException closed -> reason(closed.getCause());
      // Of another reason, the cause is only what was in the way at that time.
      case CallFailedException failed ->
          failed.reason() == CallFailedException.Reason.CLOSED ? reason(failed.getCause()) : null;
      case null, default -> null;
    };
  }

  /** Whether this answer to a call of a key that was signed in means that it no longer is. */
  static boolean meansEnd(RpcException refused) {
    return refused instanceof RpcException.SessionEnded || refused.code() == UNAUTHORIZED;
  }
}

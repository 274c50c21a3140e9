package dev.jobradar.telegram.updates;

import dev.jobradar.mtproto.CallFailedException;
import dev.jobradar.mtproto.ConnectionClosedException;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.tl.TlException;

/** Why Telegram's difference does not bring what is new. */
public enum StallCause {
  /** Telegram refuses the call, and will refuse it again: a 4xx error that asks for no wait. */
  REFUSED,
  /** The call keeps failing but may succeed later: a 5xx error, or no answer in time. */
  FAILING,
  /** Telegram asks for a wait (FLOOD_WAIT). */
  FLOOD_WAIT,
  /** The answer cannot be read, and no smaller part of it could be read instead. */
  UNREADABLE;

  /** What a call that failed in this way says about the next one. */
  public static StallCause of(MtprotoException why) {
    return switch (why) {
      case RpcException.FloodWait flood -> FLOOD_WAIT;
      case RpcException.SlowModeWait slow -> FLOOD_WAIT;
      case RpcException.Migrate elsewhere -> FAILING;
      case RpcException.AccountFrozen frozen -> REFUSED;
      case RpcException.NotAcceptable refused -> REFUSED;
      case RpcException other -> other.code() >= 400 && other.code() < 500 ? REFUSED : FAILING;
      case ProtocolException broken ->
          broken.getCause() instanceof TlException ? UNREADABLE : FAILING;
      case TransportException network -> FAILING;
      case CallFailedException lost -> FAILING;
      case ConnectionClosedException closed -> FAILING;
    };
  }

  /** Telegram's name for a failure, or what is wrong in short. */
  public static String nameOf(MtprotoException why) {
    return switch (why) {
      case RpcException refused -> refused.error();
      case ProtocolException broken when broken.getCause() instanceof TlException unreadable ->
          String.valueOf(unreadable.getMessage());
      case CallFailedException lost -> lost.reason().name();
      case TransportException network -> "NO_CONNECTION";
      case ConnectionClosedException closed -> "CLOSED";
      case ProtocolException broken -> String.valueOf(broken.getMessage());
    };
  }
}

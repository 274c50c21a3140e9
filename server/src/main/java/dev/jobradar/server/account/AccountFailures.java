package dev.jobradar.server.account;

import dev.jobradar.clients.ClientResult;
import dev.jobradar.clients.UserClientsClosedException;
import dev.jobradar.mtproto.CallFailedException;
import dev.jobradar.mtproto.ConnectionClosedException;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.telegram.EndedSignIn;
import dev.jobradar.telegram.NoSuchNameException;
import dev.jobradar.telegram.updates.StallCause;
import org.jspecify.annotations.Nullable;

/** Puts what the libraries below say into the few words of {@link AccountException}. */
final class AccountFailures {
  private AccountFailures() {}

  /** For an answer that is no client. */
  static AccountException of(ClientResult answer) {
    return switch (answer) {
      case ClientResult.Connected connected ->
          throw new IllegalArgumentException("there is a client");
      case ClientResult.NoSession none -> new AccountException.NotSignedIn();
      case ClientResult.SessionEnded ended ->
          new AccountException.SessionEnded(ended.end().reason());
      case ClientResult.Unreachable later ->
          new AccountException.Unreachable(later.nextTry(), later.cause());
    };
  }

  static AccountException of(UserClientsClosedException e) {
    return new AccountException.Unreachable(null, e);
  }

  /**
   * A stable name for what keeps a client from connecting: Telegram's own, or {@link
   * FailureCode#UNREACHABLE}. What else is known of it (hosts, statements) is for the log.
   */
  static @Nullable String name(@Nullable Throwable cause) {
    if (cause == null) {
      return null;
    }
    Throwable closed = cause instanceof ConnectionClosedException ? cause.getCause() : null;
    return (closed == null ? cause : closed) instanceof RpcException told
        ? told.error()
        : FailureCode.UNREACHABLE;
  }

  static AccountException of(NoSuchNameException e) {
    return new AccountException.NoSuchName(e.belongsToSomethingElse(), e);
  }

  static AccountException of(MtprotoException e) {
    String ended = EndedSignIn.reason(e);
    if (ended != null) {
      return new AccountException.SessionEnded(ended);
    }
    return switch (e) {
      case RpcException refused -> of(refused);
      case ConnectionClosedException closed -> new AccountException.Unreachable(null, e);
      case CallFailedException failed -> new AccountException.Unreachable(null, e);
      case TransportException transport -> new AccountException.Unreachable(null, e);
      case ProtocolException protocol ->
          StallCause.of(e) == StallCause.UNREADABLE
              ? AccountException.Unreachable.unreadable(e)
              : AccountException.Unreachable.atThisCall(e);
    };
  }

  private static AccountException of(RpcException e) {
    return switch (e) {
      case RpcException.FloodWait wait ->
          new AccountException.FloodWait(wait.method(), wait.delay(), e);
      case RpcException.SlowModeWait wait -> new AccountException.SlowMode(wait.delay(), e);
      case RpcException.SessionEnded ended ->
          new AccountException.SessionEnded(ended.reason().name());
      case RpcException.Migrate elsewhere -> new AccountException.Unreachable(null, e);
      case RpcException.Unauthorized unauthorized ->
          new AccountException.SessionEnded(unauthorized.error());
      case RpcException.AccountFrozen frozen -> new AccountException.Refused(e.error(), e);
      case RpcException.NotAcceptable unacceptable -> new AccountException.Refused(e.error(), e);
      // Unknown codes count as 500 (core.telegram.org/api/errors).
      case RpcException.Other other ->
          e.code() >= 500 || e.code() < 300
              ? AccountException.Unreachable.failing(e)
              : new AccountException.Refused(e.error(), e);
    };
  }
}

package dev.jobradar.server.channels;

import dev.jobradar.server.account.AccountException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What was found out about a name that somebody entered. */
public sealed interface ChannelCheck {
  /** The error of a name that Telegram was not asked for yet. */
  String NOT_YET = "NOT_YET";

  /** It is a channel. */
  record Found(KnownChannel channel) implements ChannelCheck {}

  /** It cannot be read, and why. */
  record Faulty(ChannelFault fault) implements ChannelCheck {}

  /**
   * Telegram could not be asked.
   *
   * @param error a stable name for the reason
   * @param comeAgain how long it is no use to try; null when that is not known
   */
  record NotChecked(String error, @Nullable Duration comeAgain) implements ChannelCheck {}

  /** What a failure says about the channel that Telegram was asked for. */
  static ChannelCheck of(AccountException failure, Instant now) {
    return switch (failure) {
      case AccountException.NoSuchName name -> new Faulty(new ChannelFault(name.code(), null));
      case AccountException.Refused refused ->
          new Faulty(new ChannelFault(refused.code(), now.plus(ChannelFault.RETRY.after(0))));
      case AccountException.FloodWait flood -> new NotChecked(flood.code(), flood.delay());
      case AccountException.SlowMode slow -> new NotChecked(slow.code(), slow.delay());
      // The others may go well.
      case AccountException.Unreachable later when later.thisCallOnly() ->
          new Faulty(new ChannelFault(later.code(), now.plus(ChannelFault.RETRY.after(0))));
      case AccountException.Unreachable _,
          AccountException.NotSignedIn _,
          AccountException.SessionEnded _ ->
          new NotChecked(failure.code(), null);
    };
  }
}

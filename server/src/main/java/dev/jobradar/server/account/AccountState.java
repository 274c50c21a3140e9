package dev.jobradar.server.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is known of a user's connection at one moment. */
public sealed interface AccountState {
  /** Whether there is a Telegram session that is good, as far as is known. */
  default boolean isSignedIn() {
    return switch (this) {
      case NotSignedIn no -> false;
      case SessionEnded ended -> false;
      case Asleep asleep -> true;
      case Connecting connecting -> true;
      case Connected connected -> true;
    };
  }

  /** There is no Telegram session. */
  record NotSignedIn() implements AccountState {}

  /** Telegram ended the session; the user has to sign in again. */
  record SessionEnded(String reason) implements AccountState {}

  /** No connection, because nothing needs one. */
  record Asleep() implements AccountState {}

  /**
   * A connection is being opened or repaired.
   *
   * @param nextTry when that is tried next, where it is known
   * @param lastError what went wrong last: Telegram's name for it, or {@link
   *     FailureCode#UNREACHABLE}; null when nothing did
   */
  record Connecting(@Nullable Instant nextTry, @Nullable String lastError)
      implements AccountState {}

  /** The connection works. */
  record Connected(Instant since) implements AccountState {}
}

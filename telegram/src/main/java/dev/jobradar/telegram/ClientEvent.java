package dev.jobradar.telegram;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.telegram.MigrationState.Home;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a client. {@code line} is the number of the connection, or of the way to it, that
 * an event comes from.
 */
sealed interface ClientEvent {
  /** Its owner opens it. */
  record Open() implements ClientEvent {}

  /** The connection has made a key. */
  record KeyMade(int line, AuthKey key) implements ClientEvent {}

  /** The connection is ready, for the first time or again. */
  record Ready(int line) implements ClientEvent {}

  /** The connection failed and repairs itself. */
  record Lost(int line, MtprotoException cause) implements ClientEvent {}

  /**
   * The connection is closed for good.
   *
   * @param cause why, null when it was closed from here
   */
  record Dropped(int line, @Nullable MtprotoException cause) implements ClientEvent {}

  /** A call was answered that the account is elsewhere. */
  record SentAway(int line, RpcException.Migrate to) implements ClientEvent {}

  /** A call was answered that the key is not signed in. */
  record Refused(int line, RpcException why) implements ClientEvent {}

  /** A move has led to its end. */
  record Arrived(int line, Home home) implements ClientEvent {}

  /** The sign-in that a move was to take along is over. */
  record EndedOnTheWay(int line, RpcException why) implements ClientEvent {}

  /** A move was broken off and has no connection any more. */
  record GaveUp(int line) implements ClientEvent {}

  /** An account is signed in. */
  record SignedIn() implements ClientEvent {}

  /** The account was logged out by its owner. */
  record LoggedOut() implements ClientEvent {}

  /** Its owner closes it. */
  record Close() implements ClientEvent {}
}

package dev.jobradar.clients;

import dev.jobradar.telegram.TelegramClient;
import java.time.Instant;

/** The result of {@link UserClients#get}: a client, or one of three reasons why there is none. */
public sealed interface ClientResult {
  /**
   * The user's client, connected and signed in. Use it for one operation, then call {@code get}
   * again; do not close it. It reconnects by itself.
   */
  record Connected(TelegramClient client) implements ClientResult {}

  /** The user must sign in first. */
  record NoSession() implements ClientResult {}

  /** Telegram ended the sign-in, and it is not retried: the user must sign in again. */
  record SessionEnded(SessionEnd end) implements ClientResult {}

  /**
   * There is a sign-in, and no connection right now.
   *
   * @param cause what is in the way
   * @param nextTry when the next attempt starts; now or earlier if one is in progress
   */
  record Unreachable(Exception cause, Instant nextTry) implements ClientResult {}

  /**
   * The client, for callers that treat every other result as a failure.
   *
   * @throws NoClientException when there is none
   */
  default TelegramClient orThrow() {
    if (this instanceof Connected(TelegramClient client)) {
      return client;
    }
    throw new NoClientException(this);
  }
}

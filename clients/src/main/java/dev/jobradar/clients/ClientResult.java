package dev.jobradar.clients;

import dev.jobradar.telegram.TelegramClient;
import java.time.Instant;

/** What {@link UserClients#get} answers: a client, or one of three reasons why there is none. */
public sealed interface ClientResult {
  /**
   * The user's client, connected and signed in. It is for this operation: close nothing, and ask
   * again for the next. When its connection is lost meanwhile, it repairs itself.
   */
  record Connected(TelegramClient client) implements ClientResult {}

  /** The user has to sign in first. */
  record NoSession() implements ClientResult {}

  /** Telegram ended the sign-in: the user has to sign in again. It is not tried any more. */
  record SessionEnded(SessionEnd end) implements ClientResult {}

  /**
   * There is a sign-in, and no connection right now.
   *
   * @param cause what is in the way
   * @param nextTry when the next attempt begins; not after the present when one is under way
   */
  record Unreachable(Exception cause, Instant nextTry) implements ClientResult {}

  /**
   * The client, for callers to whom every other answer is a failure.
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

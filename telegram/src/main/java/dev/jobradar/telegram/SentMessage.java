package dev.jobradar.telegram;

import java.util.OptionalInt;

/**
 * A message that was sent.
 *
 * @param messageId its id in the chat, 0 if unknown
 * @param repeated whether Telegram refused it because a message with this {@code random_id} was
 *     there or on its way, so that no second one was sent. Usually a repeated call gets the answer
 *     of the first, and this is false
 */
public record SentMessage(int messageId, boolean repeated) {
  /** Its id in the chat, empty if unknown. */
  public OptionalInt id() {
    return messageId == 0 ? OptionalInt.empty() : OptionalInt.of(messageId);
  }
}

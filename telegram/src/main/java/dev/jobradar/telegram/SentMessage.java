package dev.jobradar.telegram;

import java.util.OptionalInt;

/**
 * A message that was sent.
 *
 * @param messageId its id in the chat, 0 if unknown
 * @param repeated whether Telegram had a message with this {@code random_id} already, so that no
 *     second one was sent
 */
public record SentMessage(int messageId, boolean repeated) {
  /** Its id in the chat, empty if unknown. */
  public OptionalInt id() {
    return messageId == 0 ? OptionalInt.empty() : OptionalInt.of(messageId);
  }
}

package dev.jobradar.telegram.updates;

/**
 * Messages that were passed over because they can never be delivered. Not every id in the range
 * need have been a message: deleted ones leave gaps.
 *
 * @param fromId the first id
 * @param toId the last id, at least {@code fromId}
 * @param cause {@link StallCause#UNREADABLE} for a message of a kind that this version does not
 *     know, {@link StallCause#REFUSED} for messages that Telegram gives in no way
 * @param detail what was wrong, for logs: the unknown constructor, or Telegram's name for the error
 */
public record PassedOver(int fromId, int toId, StallCause cause, String detail) {
  /**
   * @throws IllegalArgumentException when the range is empty
   */
  public PassedOver {
    if (fromId > toId) {
      throw new IllegalArgumentException("no range of messages: " + fromId + " to " + toId);
    }
  }
}

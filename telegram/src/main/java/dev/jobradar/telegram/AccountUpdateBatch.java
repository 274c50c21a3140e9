package dev.jobradar.telegram;

import dev.jobradar.telegram.updates.CommonPosition;
import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.TypeUpdate;
import dev.jobradar.tl.api.UpdateNewMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened to an account outside channels, and where it stands after that.
 *
 * @param updates in order, perhaps none; messages are {@code updateNewMessage}
 * @param position to be stored in the transaction that handles the updates
 * @param watched the channels that are watched now, in ascending order: with this position stored,
 *     they are {@link Watch#inStep}
 */
public record AccountUpdateBatch(
    List<TypeUpdate> updates, CommonPosition position, List<Long> watched) {
  /** Copies the lists. */
  public AccountUpdateBatch {
    updates = List.copyOf(updates);
    watched = List.copyOf(watched);
  }

  /** The new messages of private chats and basic groups, in order. */
  public List<ChatMessage> messages() {
    List<ChatMessage> messages = new ArrayList<>();
    for (TypeUpdate update : updates) {
      if (update instanceof UpdateNewMessage added && added.message() instanceof Message message) {
        ChatMessage read = ChatMessage.of(message);
        if (read != null) {
          messages.add(read);
        }
      }
    }
    return messages;
  }

  /** The texts stay out of logs. */
  @Override
  public String toString() {
    return "AccountUpdateBatch[" + updates.size() + " up to " + position + "]";
  }
}

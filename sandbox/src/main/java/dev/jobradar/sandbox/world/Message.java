package dev.jobradar.sandbox.world;

import java.util.List;

/**
 * A private message as it lies in one account's box. The two sides of a chat hold one each, with
 * ids of their own; a message to oneself (Saved Messages) exists once.
 *
 * @param id ascending within the account's box
 * @param peer the other side, the account itself for Saved Messages
 * @param out whether the owner of the box wrote it to somebody else
 * @param date when it was sent, unix seconds
 * @param editDate when it was last edited, unix seconds; 0 if never
 * @param text what it says
 * @param entities the parts of the text
 */
public record Message(
    int id, UserId peer, boolean out, int date, int editDate, String text, List<Entity> entities)
    implements HistoryEntry {

  public Message {
    entities = List.copyOf(entities);
  }
}

package dev.jobradar.sandbox.world;

import java.util.List;

/**
 * A post of a channel. Every reader shares the one object.
 *
 * @param id ascending from 1 within its channel
 * @param date when it was posted, unix seconds
 * @param editDate when it was last edited, unix seconds; 0 if never
 * @param text what it says
 * @param entities the parts of the text
 */
public record Post(int id, int date, int editDate, String text, List<Entity> entities)
    implements HistoryEntry {

  public Post {
    entities = List.copyOf(entities);
  }
}

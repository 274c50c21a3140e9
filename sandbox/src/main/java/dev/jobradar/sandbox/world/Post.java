package dev.jobradar.sandbox.world;

import dev.jobradar.tl.api.Message;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A post of a channel, or a message of a group. Every reader shares the one object.
 *
 * @param id ascending from 1 within its channel
 * @param date when it was posted, unix seconds
 * @param editDate when it was last edited, unix seconds; 0 if never
 * @param text what it says
 * @param entities the parts of the text
 * @param extras what else it has; null for a text alone
 */
public record Post(
    int id, int date, int editDate, String text, List<Entity> entities, @Nullable PostExtras extras)
    implements HistoryEntry {

  public Post {
    entities = List.copyOf(entities);
  }

  /** A text alone. */
  public Post(int id, int date, int editDate, String text, List<Entity> entities) {
    this(id, date, editDate, text, entities, null);
  }

  /** What else it has, if only nothing. */
  PostExtras more() {
    return Objects.requireNonNullElse(extras, PostExtras.NONE);
  }

  /** What of it has Telegram's own form. */
  Message shape() {
    return more().shape();
  }

  Post with(PostExtras others) {
    return new Post(
        id, date, editDate, text, entities, others.equals(PostExtras.NONE) ? null : others);
  }
}

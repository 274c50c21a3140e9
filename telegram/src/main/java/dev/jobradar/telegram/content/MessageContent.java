package dev.jobradar.telegram.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * All that a person reads of a message, as one text, and what belongs to parts of it.
 *
 * @param text the message's text or rich message, then what its media and its buttons say, each on
 *     a line of its own; {@value #MAX_LENGTH} UTF-16 code units at most
 * @param entities within the text, in the order of their offsets
 * @param partial whether Telegram sent only the beginning of a rich message: the whole is to be
 *     asked for ({@code messages.getRichMessage})
 */
public record MessageContent(String text, List<TextEntity> entities, boolean partial) {
  /**
   * The longest text that is kept. A rich message has up to 32,768 characters unless Telegram's
   * configuration says otherwise ({@code rich_message_length_limit}); the rest is for media and
   * buttons.
   */
  public static final int MAX_LENGTH = 40_000;

  /** A message without words. */
  public static final MessageContent EMPTY = new MessageContent("", List.of(), false);

  /** Checks that the entities lie within the text. */
  public MessageContent {
    Objects.requireNonNull(text, "text");
    entities = List.copyOf(entities);
    for (TextEntity entity : entities) {
      if (entity.end() > text.length()) {
        throw new IllegalArgumentException(
            "an entity ends at %d, its text at %d".formatted(entity.end(), text.length()));
      }
    }
  }

  /** Plain text, without entities. */
  public static MessageContent of(String text) {
    return text.isEmpty() ? EMPTY : new MessageContent(text, List.of(), false);
  }

  /**
   * A part of the text, with what belongs to it; entities that reach beyond it are clipped.
   *
   * @param from where the part begins
   * @param to where it ends, exclusive
   */
  public MessageContent slice(int from, int to) {
    List<TextEntity> within = new ArrayList<>();
    for (TextEntity entity : entities) {
      int start = Math.max(entity.offset(), from);
      int end = Math.min(entity.end(), to);
      if (start < end) {
        within.add(entity.at(start - from, end - start));
      }
    }
    return new MessageContent(text.substring(from, to), within, partial);
  }

  /** Several messages as one text, a blank line between them; those without words are left out. */
  public static MessageContent join(List<MessageContent> parts) {
    StringBuilder text = new StringBuilder();
    List<TextEntity> entities = new ArrayList<>();
    boolean partial = false;
    for (MessageContent part : parts) {
      if (!part.text().isBlank()) {
        text.append(text.isEmpty() ? "" : "\n\n");
        int base = text.length();
        part.entities().forEach(e -> entities.add(e.at(base + e.offset(), e.length())));
        text.append(part.text());
      }
      partial |= part.partial();
    }
    return new MessageContent(text.toString(), entities, partial);
  }

  /** The same without white space at its ends. */
  public MessageContent strip() {
    int to = text.stripTrailing().length();
    return slice(Math.min(to, text.length() - text.stripLeading().length()), to);
  }

  /** The text stays out of logs. */
  @Override
  public String toString() {
    return "MessageContent[" + text.length() + " characters, " + entities.size() + " entities]";
  }
}

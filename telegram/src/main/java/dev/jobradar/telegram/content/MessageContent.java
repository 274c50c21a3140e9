package dev.jobradar.telegram.content;

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

  /** The text stays out of logs. */
  @Override
  public String toString() {
    return "MessageContent[" + text.length() + " characters, " + entities.size() + " entities]";
  }
}

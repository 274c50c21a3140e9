package dev.jobradar.telegram.content;

import dev.jobradar.telegram.content.TextEntity.Link;
import dev.jobradar.telegram.content.TextEntity.MentionName;
import dev.jobradar.telegram.content.TextEntity.Style;
import dev.jobradar.telegram.content.TextEntity.Styled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects a message's content. What goes beyond the longest text is left out. */
final class ContentBuilder {
  private final StringBuilder text = new StringBuilder();
  private final List<TextEntity> entities = new ArrayList<>();

  /** Whether something else is to stand on a line of its own. */
  private boolean breakDue;

  /** Where the next text will begin. */
  int position() {
    return text.length() + (breakDue && !text.isEmpty() ? 1 : 0);
  }

  void append(@Nullable String more) {
    if (more == null || more.isEmpty()) {
      return;
    }
    if (breakDue && !text.isEmpty()) {
      text.append('\n');
    }
    breakDue = false;
    int room = MessageContent.MAX_LENGTH - text.length();
    if (more.length() <= room) {
      text.append(more);
    } else if (room > 0) {
      int end = Character.isHighSurrogate(more.charAt(room - 1)) ? room - 1 : room;
      text.append(more, 0, end);
    }
  }

  /** The next text stands on a line of its own. */
  void line() {
    breakDue = true;
  }

  /** A text on a line of its own. */
  void line(@Nullable String whole) {
    line();
    append(whole);
    line();
  }

  void styled(int from, Style style) {
    if (isSome(from)) {
      entities.add(new Styled(from, text.length() - from, style));
    }
  }

  void link(int from, String url, Link.Kind kind) {
    if (isSome(from) && !url.isEmpty()) {
      entities.add(new Link(from, text.length() - from, url, kind));
    }
  }

  void mention(int from, long userId) {
    if (isSome(from)) {
      entities.add(new MentionName(from, text.length() - from, userId));
    }
  }

  /** An entity of a text that was appended at {@code base}; what is out of bounds is left out. */
  void entity(int base, TextEntity entity) {
    long end = (long) base + entity.offset() + entity.length();
    if (end <= text.length()) {
      entities.add(entity.at(base + entity.offset(), entity.length()));
    }
  }

  private boolean isSome(int from) {
    return text.length() > from;
  }

  MessageContent build(boolean partial) {
    entities.sort(
        Comparator.comparingInt(TextEntity::offset)
            .thenComparing(TextEntity::length, Comparator.reverseOrder()));
    return new MessageContent(text.toString(), entities, partial);
  }
}

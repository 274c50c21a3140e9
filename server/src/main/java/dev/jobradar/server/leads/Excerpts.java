package dev.jobradar.server.leads;

import dev.jobradar.server.filter.Span;
import dev.jobradar.telegram.content.MessageContent;
import dev.jobradar.telegram.content.TextEntity;
import java.util.ArrayList;
import java.util.List;

/**
 * What may be shown of a post that must not be copied: a few words around the place that matched
 * (core.telegram.org/api/content-protection).
 */
public final class Excerpts {
  private static final String ELLIPSIS = "…";
  private static final int LENGTH = 200;

  private Excerpts() {}

  /**
   * A part of a post.
   *
   * @param spans where in it the post matched
   */
  public record Excerpt(MessageContent content, List<Span> spans) {
    /** Copies the list. */
    public Excerpt {
      spans = List.copyOf(spans);
    }
  }

  /**
   * A few words.
   *
   * @param spans where the post matched; the excerpt is around the first
   */
  public static Excerpt of(MessageContent post, List<Span> spans) {
    String text = post.text();
    if (text.length() <= LENGTH + 2 * ELLIPSIS.length()) {
      return new Excerpt(post, spans);
    }
    int at = spans.isEmpty() ? 0 : spans.getFirst().start();
    int from = Texts.wordStart(text, Math.clamp(at - LENGTH / 3L, 0, text.length() - LENGTH));
    int to = Texts.wordEnd(text, Math.min(text.length(), from + LENGTH));
    MessageContent before = MessageContent.of(from > 0 ? ELLIPSIS : "");
    MessageContent after = MessageContent.of(to < text.length() ? ELLIPSIS : "");
    int shift = before.text().length() - from;
    List<Span> within = new ArrayList<>();
    for (Span span : spans) {
      if (span.start() >= from && span.end() <= to) {
        within.add(new Span(span.start() + shift, span.end() + shift));
      }
    }
    return new Excerpt(concat(concat(before, post.slice(from, to)), after), within);
  }

  private static MessageContent concat(MessageContent first, MessageContent second) {
    int base = first.text().length();
    List<TextEntity> entities = new ArrayList<>(first.entities());
    second.entities().forEach(e -> entities.add(e.at(base + e.offset(), e.length())));
    return new MessageContent(first.text() + second.text(), entities, false);
  }
}

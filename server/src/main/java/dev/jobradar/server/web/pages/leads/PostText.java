package dev.jobradar.server.web.pages.leads;

import dev.jobradar.server.filter.Span;
import dev.jobradar.telegram.content.MessageContent;
import dev.jobradar.telegram.content.TextEntity;
import dev.jobradar.telegram.content.TextEntity.Link;
import dev.jobradar.telegram.content.TextEntity.MentionName;
import dev.jobradar.telegram.content.TextEntity.Styled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a post as a page shows it: pieces that are links or not, with the words that matched
 * marked. Nothing in it is HTML.
 */
record PostText(List<Piece> pieces) {
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*");

  /** Copies the list. */
  PostText {
    pieces = List.copyOf(pieces);
  }

  /**
   * A part of the text.
   *
   * @param href where it leads, or null
   */
  record Piece(@Nullable String href, List<Run> runs) {
    /** Copies the list. */
    Piece {
      runs = List.copyOf(runs);
    }

    /** What it says. */
    String text() {
      StringBuilder text = new StringBuilder();
      runs.forEach(run -> text.append(run.text()));
      return text.toString();
    }
  }

  /**
   * A part of a piece.
   *
   * @param marked whether it is what matched
   */
  record Run(String text, boolean marked) {}

  /**
   * Reads a post.
   *
   * @param matched where it matched, in ascending order
   */
  static PostText of(MessageContent content, List<Span> matched) {
    String text = content.text();
    List<Piece> pieces = new ArrayList<>();
    Marker marker = new Marker(text, matched);
    int at = 0;
    for (LinkFinder.Found link : links(content)) {
      if (link.start() > at) {
        pieces.add(new Piece(null, marker.runs(at, link.start())));
      }
      pieces.add(new Piece(link.href(), marker.runs(link.start(), link.end())));
      at = link.end();
    }
    if (at < text.length()) {
      pieces.add(new Piece(null, marker.runs(at, text.length())));
    }
    return new PostText(pieces);
  }

  /** Hidden links take precedence over what only looks like an address. */
  private static List<LinkFinder.Found> links(MessageContent content) {
    String text = content.text();
    List<LinkFinder.Found> all = new ArrayList<>();
    int at = 0;
    List<TextEntity> entities =
        content.entities().stream().sorted(Comparator.comparingInt(TextEntity::offset)).toList();
    for (TextEntity entity : entities) {
      String href = href(entity);
      if (href != null && entity.offset() >= at) {
        all.addAll(LinkFinder.find(text, at, entity.offset()));
        all.add(new LinkFinder.Found(entity.offset(), entity.end(), href));
        at = entity.end();
      }
    }
    all.addAll(LinkFinder.find(text, at, text.length()));
    return all;
  }

  private static @Nullable String href(TextEntity entity) {
    return switch (entity) {
      case Styled styled -> null;
      case Link link -> safe(link.url());
      case MentionName mention -> "tg://user?id=" + mention.userId();
    };
  }

  /** An address that is safe to follow, or null: a post may name any scheme. */
  static @Nullable String safe(String url) {
    String address = url.strip();
    if (address.isEmpty() || address.chars().anyMatch(Character::isISOControl)) {
      return null;
    }
    Matcher scheme = SCHEME.matcher(address);
    if (!scheme.matches()) {
      return address.startsWith("/") ? null : "https://" + address;
    }
    return switch (scheme.group(1).toLowerCase(Locale.ROOT)) {
      case "http", "https", "mailto", "tel", "tg" -> address;
      default -> null;
    };
  }

  /** Cuts a text where marks begin and end; asked for parts in ascending order. */
  private static final class Marker {
    private final String text;
    private final List<Span> marks;
    private int next;

    Marker(String text, List<Span> marks) {
      this.text = text;
      this.marks = marks;
    }

    List<Run> runs(int from, int to) {
      List<Run> runs = new ArrayList<>();
      int at = from;
      while (at < to) {
        while (next < marks.size() && marks.get(next).end() <= at) {
          next++;
        }
        Span mark = next < marks.size() ? marks.get(next) : null;
        boolean marked = mark != null && mark.start() <= at;
        int end = mark == null ? to : Math.min(to, marked ? mark.end() : mark.start());
        runs.add(new Run(text.substring(at, end), marked));
        at = end;
      }
      return runs;
    }
  }
}

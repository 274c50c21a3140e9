package dev.jobradar.server.delivery;

import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.filter.Span;
import dev.jobradar.server.leads.Excerpts;
import dev.jobradar.server.leads.OwnMessages.Wording;
import dev.jobradar.server.leads.Texts;
import dev.jobradar.telegram.content.MessageContent;
import dev.jobradar.telegram.content.TextEntity;
import dev.jobradar.telegram.content.TextEntity.Link;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages that are sent, none longer than Telegram takes. */
final class MessageText {
  /** In UTF-16 units. */
  static final int LIMIT = 4_096;

  /** core.telegram.org/api/entities: more are cut off by the server, or refused. */
  static final int MOST_ENTITIES = 100;

  private static final String ELLIPSIS = "…";
  private static final int LONGEST_KEYWORD = 200;
  private static final int SHORTEST_TITLE = 24;
  private static final int LONGEST_TITLE = 80;

  /** How much of a long post's end is kept: contacts stand there. */
  private static final int TAIL = 800;

  private MessageText() {}

  /**
   * A lead to tell of.
   *
   * @param url the post's address, null where posts have none
   * @param excerptOnly whether the channel forbids copies: then no more than an excerpt is sent
   * @param incomplete whether Telegram gave no more than its beginning
   * @param matchedAt where it matched first
   */
  record LeadToTell(
      MessageContent content,
      ChannelName source,
      @Nullable String url,
      @Nullable String keyword,
      boolean excerptOnly,
      boolean incomplete,
      int matchedAt,
      Wording wording) {}

  /** A lead's line in a digest. */
  record Item(String text, String url) {}

  /**
   * A digest.
   *
   * @param items how many of the items it holds, from the first
   */
  record Digest(String text, int items) {}

  /**
   * A message about one lead: its text is shortened, never what stands around it. The name of the
   * source leads to the post.
   */
  static MessageContent lead(LeadToTell lead) {
    Wording words = lead.wording();
    Composer message = new Composer();
    message.append(words.leadHeader()).append("\n\n");
    Composer footer = new Composer();
    footer.append("\n\n").append(words.source()).append(": ");
    footer.link(lead.source().toString(), lead.url());
    String keyword = lead.keyword();
    if (keyword != null) {
      footer.append("\n" + words.keyword() + ": " + shorten(oneLine(keyword), LONGEST_KEYWORD));
    }
    int room = LIMIT - message.length() - footer.length();
    if (lead.excerptOnly()) {
      String note = "\n\n" + words.protectedPost();
      message.append(excerpt(lead)).append(note);
    } else {
      String note = lead.incomplete() ? "\n\n" + words.incomplete() : "";
      String cut = "\n\n" + words.cut() + "\n\n";
      message.append(shorten(lead.content().strip(), room - note.length(), cut)).append(note);
    }
    return message.append(footer.build()).build();
  }

  /** Keeps the beginning and the end of a long text, and says that there was more. */
  static MessageContent shorten(MessageContent content, int limit, String mark) {
    String text = content.text();
    if (text.length() <= limit) {
      return content;
    }
    int tail = Math.min(TAIL, limit / 3);
    int tailFrom = Texts.wordStart(text, text.length() - tail);
    int headTo = Texts.wordEnd(text, limit - mark.length() - (text.length() - tailFrom));
    return new Composer()
        .append(trimEnd(content.slice(0, headTo)))
        .append(mark)
        .append(content.slice(tailFrom, text.length()))
        .build();
  }

  private static MessageContent excerpt(LeadToTell lead) {
    Span place = new Span(lead.matchedAt(), lead.matchedAt() + 1);
    return Excerpts.of(lead.content(), List.of(place)).content().strip();
  }

  private static MessageContent trimEnd(MessageContent content) {
    return content.slice(0, content.text().stripTrailing().length());
  }

  /** A message about many leads, as many as fit: at least one, if there is one. */
  static Digest digest(List<Item> items, Wording words) {
    int room = LIMIT - header(items.size(), words).length();
    int share = room / Math.max(1, items.size());
    StringBuilder body = new StringBuilder();
    int count = 0;
    for (Item item : items) {
      String frame = "\n\n" + (count + 1) + ". \n" + item.url();
      int title = Math.clamp(share - frame.length(), SHORTEST_TITLE, LONGEST_TITLE);
      String line =
          "\n\n" + (count + 1) + ". " + shorten(title(item.text()), title) + "\n" + item.url();
      if (body.length() + line.length() > room) {
        break;
      }
      body.append(line);
      count++;
    }
    return new Digest(header(count, words) + body, count);
  }

  private static String header(int count, Wording words) {
    return words.digestHeader() + ": " + count;
  }

  /** The first words: the first line alone is the same in many posts. */
  private static String title(String text) {
    String words = oneLine(text);
    return words.isEmpty() ? "—" : words;
  }

  private static String oneLine(String text) {
    String beginning = text.length() > 2_000 ? text.substring(0, 2_000) : text;
    return beginning.strip().replaceAll("\\s+", " ");
  }

  private static String shorten(String text, int limit) {
    return text.length() <= limit
        ? text
        : text.substring(0, Texts.wordEnd(text, limit - ELLIPSIS.length())).stripTrailing()
            + ELLIPSIS;
  }

  /** Puts texts and their entities one after another. */
  private static final class Composer {
    private final StringBuilder text = new StringBuilder();
    private final List<TextEntity> entities = new ArrayList<>();

    int length() {
      return text.length();
    }

    Composer append(String more) {
      text.append(more);
      return this;
    }

    Composer append(MessageContent more) {
      more.entities()
          .forEach(
              entity -> entities.add(entity.at(text.length() + entity.offset(), entity.length())));
      text.append(more.text());
      return this;
    }

    void link(String words, @Nullable String url) {
      if (url != null) {
        entities.add(new Link(text.length(), words.length(), url, Link.Kind.TEXT));
      }
      text.append(words);
    }

    /** Links matter most when there are too many entities. */
    MessageContent build() {
      List<TextEntity> kept =
          entities.stream()
              .sorted(Comparator.comparing((TextEntity entity) -> !(entity instanceof Link)))
              .limit(MOST_ENTITIES)
              .sorted(Comparator.comparingInt(TextEntity::offset))
              .toList();
      return new MessageContent(text.toString(), kept, false);
    }
  }
}

package dev.jobradar.server.delivery;

import dev.jobradar.server.leads.OwnMessages;
import dev.jobradar.server.leads.Texts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The texts of the messages that are sent, none longer than Telegram takes. */
final class MessageText {
  /** In UTF-16 units. */
  static final int LIMIT = 4_096;

  private static final String ELLIPSIS = "…";
  private static final int LONGEST_KEYWORD = 200;
  private static final int SHORTEST_TITLE = 24;
  private static final int LONGEST_TITLE = 80;

  private MessageText() {}

  /** A lead's line in a digest. */
  record Item(String text, String url) {}

  /**
   * A digest.
   *
   * @param items how many of the items it holds, from the first
   */
  record Digest(String text, int items) {}

  /** A message about one lead: its text is shortened, never what stands around it. */
  static String lead(String text, String source, @Nullable String keyword) {
    String header = OwnMessages.LEAD_HEADER + "\n\n";
    String footer = "\n\n" + OwnMessages.SOURCE_PREFIX + "@" + source;
    if (keyword != null) {
      footer += "\n" + OwnMessages.KEYWORD_PREFIX + shorten(oneLine(keyword), LONGEST_KEYWORD);
    }
    return header + shorten(text.strip(), LIMIT - header.length() - footer.length()) + footer;
  }

  /** A message about many leads, as many as fit: at least one, if there is one. */
  static Digest digest(List<Item> items) {
    int room = LIMIT - header(items.size()).length();
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
    return new Digest(header(count) + body, count);
  }

  private static String header(int count) {
    return OwnMessages.DIGEST_HEADER + count;
  }

  private static String title(String text) {
    return text.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst().orElse("—");
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  private static String shorten(String text, int limit) {
    return text.length() <= limit
        ? text
        : Texts.cut(text, limit - ELLIPSIS.length()).stripTrailing() + ELLIPSIS;
  }
}

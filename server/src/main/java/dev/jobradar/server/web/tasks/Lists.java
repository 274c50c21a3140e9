package dev.jobradar.server.web.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Lists written as one text, as people and old scripts do. */
public final class Lists {
  private static final String OPENING = "\"«“„";
  private static final String CLOSING = "\"»”“";
  private static final Pattern BETWEEN_NAMES = Pattern.compile("[,;\\s]+");

  private Lists() {}

  /**
   * The keywords of a text, one a line or with commas between them; a comma in quotes belongs to
   * its phrase.
   */
  public static List<String> keywords(String text) {
    List<String> items = new ArrayList<>();
    int start = 0;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ',' || c == ';' || c == '\n' || c == '\r') {
        add(items, text.substring(start, at));
        start = at + 1;
        at++;
      } else {
        at = afterQuoted(text, at);
      }
    }
    add(items, text.substring(start));
    return items;
  }

  /** The place after a quoted phrase that begins here and ends on the same line; else the next. */
  private static int afterQuoted(String text, int at) {
    int kind = OPENING.indexOf(text.charAt(at));
    if (kind >= 0) {
      for (int end = at + 1; end < text.length(); end++) {
        char c = text.charAt(end);
        if (c == '\n' || c == '\r') {
          break;
        }
        if (c == CLOSING.charAt(kind)) {
          return end + 1;
        }
      }
    }
    return at + 1;
  }

  /** The names of a text, with commas, blanks or new lines between them. */
  public static List<String> names(String text) {
    List<String> items = new ArrayList<>();
    for (String item : BETWEEN_NAMES.split(text, -1)) {
      add(items, item);
    }
    return items;
  }

  private static void add(List<String> items, String item) {
    String stripped = item.strip();
    if (!stripped.isEmpty()) {
      items.add(stripped);
    }
  }
}

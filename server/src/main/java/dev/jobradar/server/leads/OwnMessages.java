package dev.jobradar.server.leads;

import java.util.List;

/**
 * The form of the messages that JobRadar sends. Such a message never matches, whoever posted it:
 * leads would breed leads.
 */
public final class OwnMessages {
  /** The first line of a message about one lead. */
  public static final String LEAD_HEADER = "🔥 Новый лид";

  /** The beginning of the first line of a message about many; their number follows. */
  public static final String DIGEST_HEADER = "🔥 Новые лиды: ";

  /** Before the name of the channel. */
  public static final String SOURCE_PREFIX = "Источник: ";

  /** Before the keyword that matched. */
  public static final String KEYWORD_PREFIX = "Ключ: ";

  private OwnMessages() {}

  /** Whether a text has the form of one of ours. Takes time linear in the text. */
  public static boolean isOne(String text) {
    if (!text.contains("🔥 Нов")) {
      return false;
    }
    List<String> lines =
        text.lines().map(String::stripTrailing).dropWhile(String::isEmpty).toList();
    String header = lines.isEmpty() ? "" : lines.getFirst().strip();
    if (header.equals(LEAD_HEADER)) {
      return lines.stream().skip(1).anyMatch(OwnMessages::namesSource);
    }
    return header.startsWith(DIGEST_HEADER)
        && isDigits(header.substring(DIGEST_HEADER.length()))
        && lines.stream().skip(1).anyMatch(OwnMessages::isPostLink);
  }

  private static boolean namesSource(String line) {
    String start = SOURCE_PREFIX + "@";
    return line.startsWith(start) && isName(line.substring(start.length()));
  }

  /** {@code https://t.me/name/123} and nothing else. */
  private static boolean isPostLink(String line) {
    String start = "https://t.me/";
    int slash = line.lastIndexOf('/');
    return line.startsWith(start)
        && slash > start.length()
        && isName(line.substring(start.length(), slash))
        && isDigits(line.substring(slash + 1));
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && text.chars()
            .allMatch(sign -> sign < 0x80 && (Character.isLetterOrDigit(sign) || sign == '_'));
  }

  private static boolean isDigits(String text) {
    return !text.isEmpty() && text.chars().allMatch(sign -> sign >= '0' && sign <= '9');
  }
}

package dev.jobradar.server.leads;

import java.util.regex.Pattern;

/**
 * The form of the messages that JobRadar sends. Whoever posted one: it is no post that somebody
 * looks for, or leads would breed leads.
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

  private static final Pattern LEAD =
      Pattern.compile(
          "\\s*" + LEAD_HEADER + "\\s*\\R.*^" + SOURCE_PREFIX + "@\\w+\\s*$.*",
          Pattern.DOTALL | Pattern.MULTILINE);

  private static final Pattern DIGEST =
      Pattern.compile(
          "\\s*" + DIGEST_HEADER + "\\d+\\s*\\R.*^https://t\\.me/\\w+/\\d+\\s*$.*",
          Pattern.DOTALL | Pattern.MULTILINE);

  private OwnMessages() {}

  /** Whether a text has the form of one of ours. */
  public static boolean isOne(String text) {
    return text.contains("🔥 Нов")
        && (LEAD.matcher(text).matches() || DIGEST.matcher(text).matches());
  }
}

package dev.jobradar.server.leads;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * The form of the messages that JobRadar sends. Such a message never matches, whoever posted it:
 * leads would breed leads.
 */
public final class OwnMessages {
  /**
   * The words of the messages in one language, from the bundle of all texts.
   *
   * @param leadHeader the first line of a message about one lead
   * @param digestHeader the beginning of the first line of a message about many; their number
   *     follows
   * @param source before the name of the channel
   * @param keyword before the keyword that matched
   * @param cut where the middle of a long text is left out
   * @param incomplete why there is no more than the beginning
   * @param protectedPost why there is no more than an excerpt
   */
  public record Wording(
      String leadHeader,
      String digestHeader,
      String source,
      String keyword,
      String cut,
      String incomplete,
      String protectedPost) {
    private static Wording in(Locale locale) {
      ResourceBundle texts =
          ResourceBundle.getBundle(
              "messages",
              locale,
              ResourceBundle.Control.getNoFallbackControl(
                  ResourceBundle.Control.FORMAT_PROPERTIES));
      return new Wording(
          texts.getString("message.lead_header"),
          texts.getString("message.digest_header"),
          texts.getString("message.source"),
          texts.getString("message.keyword"),
          texts.getString("message.cut"),
          texts.getString("message.incomplete"),
          texts.getString("message.protected"));
    }
  }

  private static final Wording RUSSIAN = Wording.in(Locale.ROOT);
  private static final Wording ENGLISH = Wording.in(Locale.ENGLISH);
  private static final List<Wording> ALL = List.of(RUSSIAN, ENGLISH);

  private OwnMessages() {}

  /**
   * The words for a person.
   *
   * @param language the person's language, {@code ru} or {@code en}; Russian for any other
   */
  public static Wording wording(String language) {
    return language.equals("en") ? ENGLISH : RUSSIAN;
  }

  /** Whether a text has the form of one of ours; takes time linear in the text. */
  public static boolean isOne(String text) {
    return ALL.stream().anyMatch(words -> isLead(text, words) || isDigest(text, words));
  }

  private static boolean isLead(String text, Wording words) {
    List<String> lines = beginsWith(text, words.leadHeader()) ? lines(text) : List.of();
    return !lines.isEmpty()
        && lines.getFirst().equals(words.leadHeader())
        && lines.stream().skip(1).anyMatch(line -> isSource(line, words.source() + ": "));
  }

  private static boolean isSource(String line, String prefix) {
    if (!line.startsWith(prefix)) {
      return false;
    }
    String source = line.substring(prefix.length());
    return source.startsWith("@") && isName(source.substring(1))
        || source.startsWith("t.me/") && isUnnamed(source.substring("t.me/".length()));
  }

  private static boolean isName(String text) {
    return !text.isEmpty() && text.chars().allMatch(OwnMessages::isNameCharacter);
  }

  /** As {@link dev.jobradar.server.channels.ChannelName#unnamed} writes it. */
  private static boolean isUnnamed(String text) {
    return text.startsWith("c/") && isNumber(text.substring(2));
  }

  private static boolean isDigest(String text, Wording words) {
    String prefix = words.digestHeader() + ": ";
    List<String> lines = beginsWith(text, prefix) ? lines(text) : List.of();
    return !lines.isEmpty()
        && isNumber(lines.getFirst().substring(prefix.length()))
        && lines.stream().skip(1).anyMatch(OwnMessages::isPostLink);
  }

  private static boolean isPostLink(String line) {
    String prefix = "https://t.me/";
    int slash = line.lastIndexOf('/');
    return line.startsWith(prefix)
        && slash > prefix.length()
        && (isName(line.substring(prefix.length(), slash))
            || isUnnamed(line.substring(prefix.length(), slash)))
        && isNumber(line.substring(slash + 1));
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isNameCharacter(int c) {
    return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private static boolean beginsWith(String text, String prefix) {
    int at = 0;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return text.startsWith(prefix, at);
  }

  private static List<String> lines(String text) {
    return text.strip().lines().map(String::strip).toList();
  }
}

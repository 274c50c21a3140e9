package dev.jobradar.server.web.pages.account;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Finds answers of the help by the words of a question. Pure. */
final class HelpTopics {
  /** In the order in which they are shown. */
  static final List<String> KEYS =
      List.of(
          "start",
          "sources",
          "keywords",
          "phrases",
          "exclude",
          "forms",
          "signs",
          "alerts",
          "delay",
          "history",
          "sees",
          "devices",
          "ended",
          "code",
          "plan",
          "delete");

  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** Shorter words have no ending worth leaving out. */
  private static final int SHORT = 4;

  /** Longer words have longer endings. */
  private static final int LONG = 6;

  /**
   * A question and its answer.
   *
   * @param key names it in addresses
   */
  record Topic(String key, String question, String answer) {}

  private HelpTopics() {}

  /** Those that have all words asked for, whatever their endings; all of them for no words. */
  static List<Topic> find(List<Topic> topics, String asked) {
    List<String> stems = words(asked).stream().map(HelpTopics::stem).toList();
    return topics.stream()
        .filter(topic -> {
          List<String> words = words(topic.question() + " " + topic.answer());
          return stems.stream()
              .allMatch(stem -> words.stream().anyMatch(word -> word.startsWith(stem)));
        })
        .toList();
  }

  private static List<String> words(String text) {
    return BETWEEN
        .splitAsStream(text.toLowerCase(Locale.ROOT).replace('\u0451', '\u0435'))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static String stem(String word) {
    int ending = word.length() > LONG ? 3 : 2;
    return word.substring(0, Math.min(word.length(), Math.max(SHORT, word.length() - ending)));
  }
}

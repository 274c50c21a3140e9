package dev.jobradar.server.leads;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words by which leads are searched: small letters, {@code ё} as {@code е}, signs left out but
 * for those of {@code c++} and {@code c#}. A word of a search finds words that begin with it; a
 * Russian one without its ending, so that {@code вакансия} finds {@code вакансии}.
 */
final class SearchWords {
  /** How many words of a search count. */
  static final int MOST_TERMS = 8;

  private static final int LONGEST_TERM = 40;
  private static final int LONGEST_SEARCH = 400;
  private static final int SHORTEST_STEM = 4;
  private static final int LONGEST_ENDING = 2;
  private static final String ENDINGS = "аеиоуыьэюяй";

  private SearchWords() {}

  /** A text's words as they are stored: each once, after a blank; empty for none. */
  static String stored(String text) {
    StringBuilder all = new StringBuilder();
    in(text).forEach(word -> all.append(' ').append(word));
    return all.toString();
  }

  /** Patterns for {@code like … escape '!'}; a lead has to have a word for each of them. */
  static List<String> patterns(String search) {
    String bounded = Texts.cut(search, LONGEST_SEARCH);
    return in(bounded).stream().limit(MOST_TERMS).map(SearchWords::pattern).toList();
  }

  private static String pattern(String word) {
    return "% " + stem(Texts.cut(word, LONGEST_TERM)).replaceAll("[!%_]", "!$0") + "%";
  }

  private static String stem(String word) {
    int end = word.length();
    int shortest = Math.max(SHORTEST_STEM, end - LONGEST_ENDING);
    while (end > shortest && ENDINGS.indexOf(word.charAt(end - 1)) >= 0) {
      end--;
    }
    return word.substring(0, end);
  }

  private static Set<String> in(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    Set<String> words = new LinkedHashSet<>();
    int at = 0;
    while (at < plain.length()) {
      int end = at;
      while (end < plain.length() && belongs(plain, end, at)) {
        end += Character.charCount(plain.codePointAt(end));
      }
      if (end > at) {
        words.add(plain.substring(at, end).replace('ё', 'е'));
        at = end;
      } else {
        at += Character.charCount(plain.codePointAt(at));
      }
    }
    return words;
  }

  private static boolean belongs(String text, int at, int wordStart) {
    int point = text.codePointAt(at);
    return Character.isLetterOrDigit(point)
        || point == '_'
        || (point == '+' || point == '#') && at > wordStart;
  }
}

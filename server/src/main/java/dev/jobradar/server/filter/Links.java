package dev.jobradar.server.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses in a text: of pages, of mailboxes, and names of accounts. What stands in them is no
 * word of the text, or {@code java} would be found in every link to java.com.
 */
final class Links {
  /** Ends of a host that end no sentence and begin none. */
  private static final String SURE = "com|ru|org|net|io|kz|ua|ai|рф";

  /** These are words too: without a path, "remote.Work" only lacks a space. */
  private static final String UNSURE =
      "me|dev|app|co|pro|info|tech|by|uz|su|de|uk|eu|us|link|site|online|work|jobs|team|gg|ly|cc|to";

  /** The rest of an address; of brackets only pairs: {@code wiki/Java_(language)}. */
  private static final String REST = "(?:[^\\s()\\[\\]{}]++|\\([^\\s()\\[\\]{}]*+\\))";

  /**
   * Each alternative tries at most 64 characters from one place before it knows, so that the time
   * grows with the text alone.
   */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])(?:"
              + "(?<url>[a-z][a-z0-9+.-]{1,10}+://"
              + REST
              + "++)"
              + "|(?<mail>[a-z0-9._%+-]{1,64}+@[a-z0-9-]++(?:\\.[a-z0-9-]++)++)"
              + "|(?<![@.])(?<name>@[a-z0-9_]{2,32}+)"
              + "|(?<![@.-])(?<host>[a-zа-я0-9-]{1,63}+(?:\\.[a-zа-я0-9-]{1,63}+){0,4}?\\.(?:(?:"
              + SURE
              + ")(?![\\p{L}\\p{N}_-]|\\.[\\p{L}\\p{N}])(?:[:/?#]"
              + REST
              + "*+)?|(?:"
              + UNSURE
              + ")/"
              + REST
              + "++))"
              + ")",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  /** Before {@code .net} these make the name of a thing, not of a host. */
  static final Set<String> BEFORE_NET = Set.of("asp", "vb", "ado", "ml", "c#", "f#");

  private Links() {}

  /**
   * One address.
   *
   * @param start its first unit in the original text
   * @param text as it is written there
   * @param names what it can be found by, the most exact first
   */
  record Address(int start, int end, String text, List<String> names) {}

  static List<Address> in(String text) {
    List<Address> found = new ArrayList<>();
    Matcher matcher = ADDRESS.matcher(text).useTransparentBounds(true);
    int start = 0;
    int end = 0;
    while (end <= text.length()) {
      int point = end == text.length() ? ' ' : text.codePointAt(end);
      if (endsAddress(point)) {
        if (mayHaveOne(text, start, end)) {
          matcher.region(start, end);
          addAll(text, matcher, found);
        }
        start = end + Character.charCount(point);
      }
      end += Character.charCount(point);
    }
    return found;
  }

  /**
   * Whether a person sees an address end here: at a space of any kind, an emoji, a quotation mark.
   */
  private static boolean endsAddress(int point) {
    if (point < 0x80) {
      return point <= ' ' || point == '<' || point == '>' || point == '"' || point == '|';
    }
    if (point >= 0x400 && point < 0x480) {
      return false;
    }
    return switch (Character.getType(point)) {
      case Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.CONTROL,
          Character.FORMAT,
          Character.OTHER_SYMBOL,
          Character.MODIFIER_SYMBOL,
          Character.MATH_SYMBOL,
          Character.ENCLOSING_MARK,
          Character.SURROGATE,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION ->
          true;
      case Character.UPPERCASE_LETTER, Character.LOWERCASE_LETTER -> false;
      default -> point == '„' || LetterShapes.isInvisible(point);
    };
  }

  /** Spares most of a text the search for a pattern. */
  private static boolean mayHaveOne(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      char sign = text.charAt(i);
      if (sign == '@' || (sign == '.' || sign == ':') && i > start && i + 2 < end) {
        return true;
      }
    }
    return false;
  }

  private static void addAll(String text, Matcher matcher, List<Address> found) {
    while (matcher.find()) {
      int start = matcher.start();
      int end = withoutTrail(text, start, matcher.end());
      String written = text.substring(start, end);
      String address = written.toLowerCase(Locale.ROOT);
      if (matcher.group("host") == null || !isProduct(address)) {
        boolean named = matcher.group("mail") != null || matcher.group("name") != null;
        List<String> names = named ? AddressNames.ofAccount(address) : AddressNames.ofPage(address);
        found.add(new Address(start, end, written, names));
      }
    }
  }

  /** A full stop after a link belongs to the sentence. */
  private static int withoutTrail(String text, int start, int end) {
    int to = end;
    while (to > start + 1 && ".,;:!?'*_".indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    return to;
  }

  private static boolean isProduct(String host) {
    int dot = host.indexOf('.');
    return host.endsWith(".net")
        && host.indexOf('.', dot + 1) < 0
        && BEFORE_NET.contains(host.substring(0, dot));
  }
}

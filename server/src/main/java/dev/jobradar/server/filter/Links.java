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

  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])(?:"
              + "(?<url>[a-z][a-z0-9+.-]{1,10}+://[^\\s<>\"«»]++)"
              + "|(?<mail>[a-z0-9._%+-]{1,64}+@[a-z0-9-]++(?:\\.[a-z0-9-]++)++)"
              + "|(?<![@.])(?<name>@[a-z0-9_]{2,32}+)"
              + "|(?<![@.-])(?<host>[a-zа-я0-9-]{1,63}+(?:\\.[a-zа-я0-9-]{1,63}+){0,4}?\\.(?:(?:"
              + SURE
              + ")(?![\\p{L}\\p{N}_-]|\\.[\\p{L}\\p{N}])(?:[:/?#][^\\s<>\"«»]*+)?|(?:"
              + UNSURE
              + ")/[^\\s<>\"«»]++))"
              + ")",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  /** Before {@code .net} these make the name of a thing, not of a host. */
  static final Set<String> BEFORE_NET = Set.of("asp", "vb", "ado", "ml", "c#", "f#");

  private Links() {}

  /**
   * One address.
   *
   * @param start its first unit in the original text
   * @param names what it can be found by, the most exact first
   */
  record Address(int start, int end, List<String> names) {}

  static List<Address> in(String text) {
    List<Address> found = new ArrayList<>();
    Matcher matcher = ADDRESS.matcher(text).useTransparentBounds(true);
    int start = 0;
    for (int end = 0; end <= text.length(); end++) {
      if (end == text.length() || Character.isWhitespace(text.charAt(end))) {
        if (mayHaveOne(text, start, end)) {
          matcher.region(start, end);
          addAll(text, matcher, found);
        }
        start = end + 1;
      }
    }
    return found;
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
      int end = withoutTrail(text, matcher.start(), matcher.end());
      String address = text.substring(matcher.start(), end).toLowerCase(Locale.ROOT);
      if (matcher.group("host") != null && isProduct(address)) {
        continue;
      }
      List<String> names =
          matcher.group("mail") != null || matcher.group("name") != null
              ? List.of(address)
              : names(address);
      found.add(new Address(matcher.start(), end, names));
    }
  }

  /** A full stop or a bracket after a link belongs to the sentence. */
  private static int withoutTrail(String text, int start, int end) {
    int to = end;
    while (to > start + 1 && ".,;:!?)]}'*_".indexOf(text.charAt(to - 1)) >= 0) {
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

  private static List<String> names(String address) {
    int scheme = address.indexOf("://");
    String rest = scheme < 0 ? address : address.substring(scheme + 3);
    if (rest.startsWith("www.")) {
      rest = rest.substring(4);
    }
    int query = indexOfAny(rest, "?#");
    rest = query < 0 ? rest : rest.substring(0, query);
    int slash = rest.indexOf('/');
    String host = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "" : rest.substring(slash).replaceAll("/+$", "");
    if (path.isEmpty()) {
      return List.of(host);
    }
    if (host.equals("t.me") || host.equals("telegram.me")) {
      int next = path.indexOf('/', 1);
      return List.of(host + path, "@" + path.substring(1, next < 0 ? path.length() : next), host);
    }
    return List.of(host + path, host);
  }

  private static int indexOfAny(String text, String signs) {
    for (int i = 0; i < text.length(); i++) {
      if (signs.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }
}

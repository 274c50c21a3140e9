package dev.jobradar.server.web.pages.leads;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what people write as addresses: links, {@code @names}, mail addresses and phone numbers. A
 * pure function; it takes time in proportion to the text.
 */
final class LinkFinder {
  /**
   * An address in a text.
   *
   * @param href where it leads; its scheme is http, https, mailto or tel
   */
  record Found(int start, int end, String href) {}

  /** Of hosts that are written without {@code https://} and without a path. */
  private static final Set<String> TOP_LEVEL =
      Set.of(
          "ru", "com", "org", "io", "me", "dev", "ai", "pro", "tech", "app", "co", "su", "by", "kz",
          "ua", "uz", "am", "ge", "eu", "de", "uk", "pl", "jobs", "careers", "xyz", "online",
          "site", "info", "biz", "team", "work", "cloud", "digital", "studio", "agency", "gle");

  private static final String BLANKS_OF_PHONES = " ()-\u00A0\u2011\u2013";
  private static final int LONGEST_PHONE = 30;
  private static final int LONGEST_MAIL = 254;
  private static final int SHORTEST_NAME = 4;
  private static final int LONGEST_NAME = 32;

  private final String text;
  private final int end;
  private final List<Found> found = new ArrayList<>();

  /** Up to here no run of signs is a host or a mail address. */
  private int refused;

  private LinkFinder(String text, int end) {
    this.text = text;
    this.end = end;
  }

  /** All addresses between two places, in order; none overlaps another. */
  static List<Found> find(String text, int start, int end) {
    LinkFinder finder = new LinkFinder(text, end);
    int at = start;
    while (at < end) {
      at = finder.step(at, at == start || !isWord(text.charAt(at - 1)));
    }
    return finder.found;
  }

  private int step(int at, boolean boundary) {
    char sign = text.charAt(at);
    if (!boundary) {
      return at + 1;
    }
    int after = -1;
    if (sign == '@') {
      after = name(at);
    } else if (sign == '+' || isDigit(sign)) {
      after = phone(at);
    }
    if (after < 0 && (isLetter(sign) || isDigit(sign))) {
      after = page(at);
      if (after < 0 && at >= refused) {
        after = hostOrMail(at);
      }
    }
    return after < 0 ? at + 1 : after;
  }

  private int add(int start, int to, String href) {
    found.add(new Found(start, to, href));
    return to;
  }

  // --- @names ----------------------------------------------------------------------------------

  private int name(int at) {
    int to = at + 1;
    while (to < end && isNamePart(text.charAt(to))) {
      to++;
    }
    int length = to - at - 1;
    boolean isName =
        length >= SHORTEST_NAME
            && length <= LONGEST_NAME
            && isLetter(text.charAt(at + 1))
            && (to == end || !isWord(text.charAt(to)));
    return isName ? add(at, to, "https://t.me/" + text.substring(at + 1, to)) : -1;
  }

  // --- phone numbers -----------------------------------------------------------------------------

  private int phone(int at) {
    boolean plus = text.charAt(at) == '+';
    StringBuilder digits = new StringBuilder();
    int to = at;
    int blanks = 0;
    for (int i = plus ? at + 1 : at; i < Math.min(end, at + LONGEST_PHONE); i++) {
      char sign = text.charAt(i);
      if (isDigit(sign)) {
        digits.append(sign);
        to = i + 1;
        blanks = 0;
      } else if (BLANKS_OF_PHONES.indexOf(sign) < 0 || ++blanks > 3) {
        break;
      }
    }
    if (to < end && isWord(text.charAt(to))) {
      return -1;
    }
    if (plus) {
      return digits.length() >= 10 && digits.length() <= 15 ? add(at, to, "tel:+" + digits) : -1;
    }
    char first = digits.isEmpty() ? ' ' : digits.charAt(0);
    // Russian numbers alone are written without a plus.
    return digits.length() == 11 && (first == '8' || first == '7') && digits.charAt(1) != '0'
        ? add(at, to, "tel:+7" + digits.substring(1))
        : -1;
  }

  // --- pages and mailboxes -----------------------------------------------------------------------

  private int page(int at) {
    String scheme =
        text.regionMatches(true, at, "https://", 0, 8)
            ? "https://"
            : text.regionMatches(true, at, "http://", 0, 7) ? "http://" : null;
    if (scheme == null) {
      return -1;
    }
    int to = withoutTrail(at, endOfPage(at));
    return to > at + scheme.length()
        ? add(at, to, scheme + text.substring(at + scheme.length(), to))
        : -1;
  }

  private int endOfPage(int at) {
    int to = at;
    while (to < end && !Character.isWhitespace(text.charAt(to)) && !isQuote(text.charAt(to))) {
      to++;
    }
    return to;
  }

  private int hostOrMail(int at) {
    int to = at;
    while (to < end && isHostPart(text.charAt(to))) {
      to++;
    }
    int hostEnd = to;
    if (to < end && text.charAt(to) == '@') {
      int mail = mail(at, to);
      refused = Math.max(to, mail);
      return mail;
    }
    refused = Math.max(refused, hostEnd);
    boolean path = to < end && (text.charAt(to) == '/' || text.charAt(to) == '?');
    int trimmed = withoutTrail(at, hostEnd);
    // A path is read only behind a host: it is long, and would be read again behind each sign.
    if (!isHost(text.substring(at, trimmed), path && trimmed == hostEnd)) {
      return -1;
    }
    int last = path && trimmed == hostEnd ? withoutTrail(at, endOfPage(hostEnd)) : trimmed;
    return add(at, last, "https://" + text.substring(at, last));
  }

  private int mail(int at, int sign) {
    int to = sign + 1;
    while (to < end && isHostPart(text.charAt(to))) {
      to++;
    }
    to = withoutTrail(sign, to);
    String host = to > sign + 1 ? text.substring(sign + 1, to) : "";
    boolean isMail = to - at <= LONGEST_MAIL && isDotted(host) && isWordOf(topLevel(host));
    return isMail && isLetterOrDigit(text.charAt(sign - 1))
        ? add(at, to, "mailto:" + text.substring(at, to).replace("%", "%25"))
        : -1;
  }

  private static boolean isHost(String host, boolean path) {
    if (!isDotted(host) || host.indexOf('_') >= 0) {
      return false;
    }
    String top = topLevel(host);
    if (top == null) {
      return false;
    }
    return TOP_LEVEL.contains(top)
        || isWordOf(top) && (path || host.regionMatches(true, 0, "www.", 0, 4));
  }

  private static @Nullable String topLevel(String host) {
    int dot = host.lastIndexOf('.');
    return dot < 0 ? null : host.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  private static boolean isWordOf(@Nullable String top) {
    return top != null && top.length() >= 2 && top.chars().allMatch(c -> isLetter((char) c));
  }

  /** Names between dots, none empty. */
  private static boolean isDotted(String host) {
    return host.indexOf('.') > 0
        && !host.endsWith(".")
        && !host.contains("..")
        && !host.contains(".-")
        && host.indexOf('+') < 0
        && host.indexOf('%') < 0;
  }

  /** A full stop after an address belongs to the sentence, as does a bracket around it. */
  private int withoutTrail(int start, int to) {
    int open = 0;
    int closed = 0;
    for (int i = start; i < to; i++) {
      open += text.charAt(i) == '(' ? 1 : 0;
      closed += text.charAt(i) == ')' ? 1 : 0;
    }
    int last = to;
    while (last > start) {
      char sign = text.charAt(last - 1);
      if (sign == ')' && closed > open) {
        closed--;
      } else if (".,;:!?'*_…]}|".indexOf(sign) < 0) {
        break;
      }
      last--;
    }
    return last;
  }

  // --- signs -------------------------------------------------------------------------------------

  private static boolean isWord(char sign) {
    return Character.isLetterOrDigit(sign) || sign == '_';
  }

  private static boolean isDigit(char sign) {
    return sign >= '0' && sign <= '9';
  }

  private static boolean isLetter(char sign) {
    return sign >= 'a' && sign <= 'z' || sign >= 'A' && sign <= 'Z';
  }

  private static boolean isLetterOrDigit(char sign) {
    return isLetter(sign) || isDigit(sign);
  }

  private static boolean isNamePart(char sign) {
    return isLetterOrDigit(sign) || sign == '_';
  }

  private static boolean isHostPart(char sign) {
    return isLetterOrDigit(sign) || ".-_+%".indexOf(sign) >= 0;
  }

  private static boolean isQuote(char sign) {
    return "<>\"«»“”„`".indexOf(sign) >= 0;
  }
}

package dev.jobradar.server.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What an address can be found by. All in lower case. */
final class AddressNames {
  private static final Set<String> TELEGRAM = Set.of("t.me", "telegram.me", "telegram.dog");

  /** First parts of a path at Telegram that are no name of an account. */
  private static final Set<String> NO_NAME = Set.of("c", "joinchat", "addlist", "share", "iv");

  /** A host has so many names of domains at most. */
  private static final int MOST_DOMAINS = 4;

  private AddressNames() {}

  /** The names of {@code @name} or of a mailbox. */
  static List<String> ofAccount(String address) {
    return address.startsWith("@")
        ? List.of(address, "t.me/" + address.substring(1))
        : List.of(address);
  }

  /** The names of a page: itself, its host, the domains above, the account behind it. */
  static List<String> ofPage(String address) {
    int scheme = address.indexOf("://");
    String rest = scheme < 0 ? address : address.substring(scheme + 3);
    if (address.startsWith("tg://")) {
      return ofApp(rest);
    }
    if (rest.startsWith("www.")) {
      rest = rest.substring(4);
    }
    int query = indexOfAny(rest, "?#");
    rest = query < 0 ? rest : rest.substring(0, query);
    int slash = rest.indexOf('/');
    String host = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "" : withoutSlashes(rest.substring(slash));
    List<String> names = new ArrayList<>();
    if (!path.isEmpty()) {
      names.add(host + path);
    }
    if (TELEGRAM.contains(host)) {
      addAccount(path, names);
    } else if (host.endsWith(".t.me")) {
      String name = host.substring(0, host.length() - ".t.me".length());
      names.add("t.me/" + name);
      names.add("@" + name);
    }
    names.add(host);
    addDomains(host, names);
    return names;
  }

  /** {@code tg://resolve?domain=name}, as the apps write it. */
  private static List<String> ofApp(String rest) {
    String domain = "resolve?domain=";
    if (!rest.startsWith(domain)) {
      return List.of("tg://" + rest);
    }
    String name = rest.substring(domain.length());
    int end = indexOfAny(name, "&#");
    name = end < 0 ? name : name.substring(0, end);
    return List.of("t.me/" + name, "@" + name);
  }

  private static void addAccount(String path, List<String> names) {
    String name =
        path.startsWith("/s/") ? path.substring(3) : path.isEmpty() ? "" : path.substring(1);
    int next = name.indexOf('/');
    name = next < 0 ? name : name.substring(0, next);
    if (!name.isEmpty() && !name.startsWith("+") && !NO_NAME.contains(name)) {
      names.add("t.me/" + name);
      names.add("@" + name);
    }
  }

  private static void addDomains(String host, List<String> names) {
    String domain = host;
    for (int i = 0; i < MOST_DOMAINS; i++) {
      int dot = domain.indexOf('.');
      if (dot < 0 || domain.indexOf('.', dot + 1) < 0) {
        return;
      }
      domain = domain.substring(dot + 1);
      names.add(domain);
    }
  }

  private static String withoutSlashes(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
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

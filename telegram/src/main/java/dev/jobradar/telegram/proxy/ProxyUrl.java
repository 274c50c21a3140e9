package dev.jobradar.telegram.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jobradar.mtproto.transport.ProxySecret;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads proxies' URLs and links; no message shows more of them than host and port. */
final class ProxyUrl {
  private static final int MAX_LENGTH = 2048;

  private static final Pattern URL =
      Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9]*)://(?<rest>.*)", Pattern.DOTALL);

  /** The last @ is the one that counts, so that passwords with others in them can be pasted. */
  private static final Pattern AUTHORITY =
      Pattern.compile(
          "(?:(?<user>.*)@)?(?<host>\\[[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*\\]|[^:@/\\[\\]]+):(?<port>[0-9]{1,5})/?",
          Pattern.DOTALL);

  private static final Pattern WEB_LINK =
      Pattern.compile(
          "(?:www\\.)?(?:t\\.me|telegram\\.me|telegram\\.dog)/(?<link>(?:proxy|socks)\\?.*)",
          Pattern.DOTALL);

  private ProxyUrl() {}

  static Proxy parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("a proxy's URL has at most " + MAX_LENGTH + " characters");
    }
    Matcher url = URL.matcher(text.strip());
    if (!url.matches()) {
      throw unknown();
    }
    String scheme = url.group("scheme").toLowerCase(Locale.ROOT);
    String rest = url.group("rest");
    Matcher webLink = WEB_LINK.matcher(rest);
    if ((scheme.equals("http") || scheme.equals("https")) && webLink.matches()) {
      return link(webLink.group("link"));
    }
    return switch (scheme) {
      case "socks5", "socks5h" -> {
        Matcher authority = authority(rest);
        yield new Socks5Proxy(address(authority), credentials(authority.group("user")));
      }
      case "http" -> {
        Matcher authority = authority(rest);
        yield new HttpProxy(address(authority), credentials(authority.group("user")));
      }
      case "mtproxy" -> {
        Matcher authority = authority(rest);
        yield new MtProxy(address(authority), secret(authority.group("user")));
      }
      case "tg" -> link(rest);
      case "https" ->
          throw new IllegalArgumentException(
              "proxies that speak TLS themselves (https://) are not supported, use http://");
      case "socks4", "socks4a" ->
          throw new IllegalArgumentException("SOCKS4 proxies are not supported, use socks5://");
      default -> throw unknown();
    };
  }

  private static Matcher authority(String rest) {
    Matcher authority = AUTHORITY.matcher(rest);
    if (!authority.matches()) {
      throw new IllegalArgumentException(
          "a proxy's URL ends in host:port, such as socks5://127.0.0.1:1080");
    }
    return authority;
  }

  private static ProxyAddress address(Matcher authority) {
    return address(authority.group("host"), authority.group("port"));
  }

  private static ProxyAddress address(String host, String port) {
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    if (!port.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("a proxy's port is 1 to 65535");
    }
    return new ProxyAddress(bare, Integer.parseInt(port));
  }

  private static @Nullable Credentials credentials(@Nullable String user) {
    if (user == null) {
      return null;
    }
    int colon = user.indexOf(':');
    return colon < 0
        ? new Credentials(decode(user), "")
        : new Credentials(decode(user.substring(0, colon)), decode(user.substring(colon + 1)));
  }

  private static ProxySecret secret(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      throw new IllegalArgumentException("an MTProxy needs a secret");
    }
    return ProxySecret.parse(decode(text));
  }

  /** core.telegram.org/api/links, "MTProxy links" and "Socks5 proxy links". */
  private static Proxy link(String link) {
    int question = link.indexOf('?');
    // Some apps write a slash in front of the question mark.
    String kind = question < 0 ? link : link.substring(0, question).replaceFirst("/$", "");
    Map<String, String> fields = fields(link.substring(question + 1));
    return switch (kind) {
      case "proxy" -> new MtProxy(address(fields), secret(fields.get("secret")));
      case "socks" -> new Socks5Proxy(address(fields), credentials(fields));
      default -> throw unknown();
    };
  }

  private static ProxyAddress address(Map<String, String> fields) {
    return address(decode(field(fields, "server")), field(fields, "port"));
  }

  private static String field(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException("the proxy link says no " + name);
    }
    return value;
  }

  private static @Nullable Credentials credentials(Map<String, String> fields) {
    String user = fields.getOrDefault("user", "");
    return user.isEmpty()
        ? null
        : new Credentials(decode(user), decode(fields.getOrDefault("pass", "")));
  }

  private static Map<String, String> fields(String query) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : query.replaceFirst("#.*", "").split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.putIfAbsent(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return fields;
  }

  /** Percent-decodes; a plus stays one, base64 has them. */
  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException showsTheText) {
      throw new IllegalArgumentException(
          "a percent sign in a proxy's URL begins an escape; write it as %25 itself");
    }
  }

  private static IllegalArgumentException unknown() {
    return new IllegalArgumentException(
        "expected a proxy as socks5://, http:// or mtproxy://, or a tg://proxy or t.me/proxy link");
  }
}

package dev.jobradar.server.channels;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The public name of a channel: how a source is written down. A channel that was named and is no
 * longer has {@code c/ID} in its place, as in the links to its posts.
 *
 * @param value in lower case, without {@code @}
 */
public record ChannelName(String value) {
  private static final int MAX_LENGTH = 200;
  private static final Pattern LINK =
      Pattern.compile(
          "(?i)(?:https?://)?(?:www\\.)?(?:t|telegram)\\.(?:me|dog)/(?:s/)?(?<rest>[^?#]*)(?:[?#].*)?");
  private static final Pattern NAME_HOST =
      Pattern.compile("(?i)(?:https?://)?(?<name>[a-z0-9_]+)\\.t\\.me(?:/(?:\\d+/?)*)?(?:[?#].*)?");
  private static final Pattern APP_LINK =
      Pattern.compile("(?i)tg:(?://)?(?<what>[a-z]+)/?\\?(?<query>[^#]*)(?:#.*)?");
  private static final Pattern WEB_APP =
      Pattern.compile(
          "(?i)(?:https?://)?web[akz]?\\.telegram\\.org/(?:[akz]/?)?(?:index\\.html)?#(?<rest>.+)");
  private static final Pattern UNNAMED = Pattern.compile("c/\\d{1,19}");
  private static final Pattern NAME = Pattern.compile("(?i)[a-z](?:_?[a-z0-9]){2,31}");
  private static final Pattern POST = Pattern.compile("(?<name>[^/]+)(?:/\\d+)*/?");

  /** Why something is not a source. */
  public enum Problem {
    /** Nothing was written. */
    EMPTY,
    /** A channel's number: only names can be found. */
    NUMERIC,
    /** An invitation or a private channel's link: it has no public name. */
    PRIVATE_LINK,
    /** Anything else. */
    NOT_A_NAME
  }

  /** Thrown for what is not a source. */
  public static final class BadChannelName extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Problem problem;
    private final String text;

    BadChannelName(Problem problem, String text) {
      super("not a source: " + problem);
      this.problem = problem;
      this.text = text;
    }

    /** What is wrong. */
    public Problem problem() {
      return problem;
    }

    /** What was written, shortened. */
    public String text() {
      return text;
    }
  }

  /** Takes a name that is one already. */
  public ChannelName {
    if (!UNNAMED.matcher(value).matches() && !isName(value)) {
      throw new IllegalArgumentException("a source's name is a public name in lower case");
    }
  }

  private static boolean isName(String value) {
    return value.equals(value.toLowerCase(Locale.ROOT)) && NAME.matcher(value).matches();
  }

  /** For a channel that has no public name any more. */
  public static ChannelName unnamed(long channelId) {
    return new ChannelName("c/" + channelId);
  }

  /** A public name as Telegram has it; empty when it is none that we know how to write. */
  public static Optional<ChannelName> ofTelegram(String name) {
    String plain = name.toLowerCase(Locale.ROOT);
    return isName(plain) ? Optional.of(new ChannelName(plain)) : Optional.empty();
  }

  /** Whether it is a public name, and not what stands in for one. */
  public boolean isPublic() {
    return !value.startsWith("c/");
  }

  /** The channel's address on the web. */
  public String url() {
    return "https://t.me/" + value;
  }

  /** The address of one of its posts. Without a public name only members can open it. */
  public String url(int messageId) {
    return url() + "/" + messageId;
  }

  /**
   * Reads {@code @name}, {@code name}, {@code t.me/name} or {@code https://t.me/name[/123]}, and
   * what apps and browsers copy: {@code name.t.me}, {@code tg://resolve?domain=name}, {@code
   * web.telegram.org/k/#@name}; case and white space around it do not matter.
   *
   * @throws BadChannelName when it is something else
   */
  public static ChannelName parse(String written) {
    String text = written.strip();
    String shown = text.length() > MAX_LENGTH ? text.substring(0, 60) : text;
    if (text.isEmpty()) {
      throw new BadChannelName(Problem.EMPTY, shown);
    }
    if (text.length() > MAX_LENGTH) {
      throw new BadChannelName(Problem.NOT_A_NAME, shown);
    }
    Matcher link = LINK.matcher(text);
    if (link.matches()) {
      String rest = link.group("rest");
      if (rest.startsWith("+") || rest.matches("(?i)(joinchat|c)/.*")) {
        throw new BadChannelName(Problem.PRIVATE_LINK, shown);
      }
      return post(rest, shown);
    }
    Matcher app = APP_LINK.matcher(text);
    if (app.matches()) {
      return ofAppLink(app, shown);
    }
    Matcher web = WEB_APP.matcher(text);
    if (web.matches()) {
      return ofWebApp(web.group("rest"), shown);
    }
    Matcher host = NAME_HOST.matcher(text);
    if (host.matches()) {
      return named(host.group("name"), shown);
    }
    // How a channel without a name is shown among a task's sources.
    return UNNAMED.matcher(text).matches() ? new ChannelName(text) : named(text, shown);
  }

  private static ChannelName post(String name, String shown) {
    Matcher post = POST.matcher(name);
    return named(post.matches() ? post.group("name") : name, shown);
  }

  private static ChannelName ofAppLink(Matcher link, String shown) {
    String domain = parameter(link.group("query"), "domain");
    return switch (link.group("what").toLowerCase(Locale.ROOT)) {
      case "resolve" -> named(domain == null ? "" : domain, shown);
      case "privatepost", "join" -> throw new BadChannelName(Problem.PRIVATE_LINK, shown);
      default -> throw new BadChannelName(Problem.NOT_A_NAME, shown);
    };
  }

  /** What stands behind the {@code #}: a name, a number, or a whole link in {@code tgaddr}. */
  private static ChannelName ofWebApp(String rest, String shown) {
    String query = rest.substring(rest.indexOf('?') + 1);
    String address = parameter(query, "tgaddr");
    if (address != null) {
      Matcher link = APP_LINK.matcher(address);
      if (!link.matches()) {
        throw new BadChannelName(Problem.NOT_A_NAME, shown);
      }
      return ofAppLink(link, shown);
    }
    String peer = parameter(query, "p");
    return post(peer == null ? rest.replaceFirst("\\?.*", "") : peer, shown);
  }

  private static @Nullable String parameter(String query, String name) {
    for (String each : query.split("&", -1)) {
      if (each.startsWith(name + "=")) {
        try {
          return URLDecoder.decode(each.substring(name.length() + 1), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
          return null;
        }
      }
    }
    return null;
  }

  private static ChannelName named(String text, String shown) {
    String name = text.startsWith("@") ? text.substring(1) : text;
    if (name.matches("-?\\d+")) {
      throw new BadChannelName(Problem.NUMERIC, shown);
    }
    if (!NAME.matcher(name).matches()) {
      throw new BadChannelName(Problem.NOT_A_NAME, shown);
    }
    return new ChannelName(name.toLowerCase(Locale.ROOT));
  }

  /** How people write it. */
  @Override
  public String toString() {
    return isPublic() ? "@" + value : "t.me/" + value;
  }
}

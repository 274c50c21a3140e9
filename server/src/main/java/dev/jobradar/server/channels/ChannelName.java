package dev.jobradar.server.channels;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The public name of a channel: how a source is written down.
 *
 * @param value in lower case, without {@code @}
 */
public record ChannelName(String value) {
  private static final int MAX_LENGTH = 200;
  private static final Pattern LINK =
      Pattern.compile(
          "(?i)(?:https?://)?(?:www\\.)?(?:t|telegram)\\.(?:me|dog)/(?:s/)?(?<rest>[^?#]*)(?:[?#].*)?");
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
    if (!value.equals(value.toLowerCase(Locale.ROOT)) || !NAME.matcher(value).matches()) {
      throw new IllegalArgumentException("a source's name is a public name in lower case");
    }
  }

  /**
   * Reads {@code @name}, {@code name}, {@code t.me/name} or {@code https://t.me/name[/123]}; case
   * and white space around it do not matter.
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
      Matcher post = POST.matcher(rest);
      return named(post.matches() ? post.group("name") : rest, shown);
    }
    return named(text, shown);
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

  @Override
  public String toString() {
    return "@" + value;
  }
}

package dev.jobradar.telegram.updates;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a channel has been delivered: what is stored together with each post, and what a watch
 * begins with after a restart.
 *
 * <p>It holds both the channel's {@code pts} and the id of the last message that was handled.
 * Either alone would not do: between two slices of a difference only the message id tells which
 * posts were delivered already, and after a gap that was too long only the message id tells where
 * to read on in the history.
 *
 * @param pts the state of the channel's message box, 0 while it is not known
 * @param lastMessageId every message up to this id was delivered or is not wanted, {@value
 *     #UNKNOWN} while that is to be the newest message
 * @param fillTo when not 0, the posts after {@code lastMessageId} are to be read from the history
 *     first, up to this id; {@value #UNKNOWN} up to the newest
 */
public record ChannelPosition(int pts, int lastMessageId, int fillTo) {
  static final int UNKNOWN = -1;

  /** Begins with the posts to come: what the channel holds already is not delivered. */
  public static final ChannelPosition NEWEST = new ChannelPosition(0, UNKNOWN, UNKNOWN);

  private static final Pattern TEXT =
      Pattern.compile("c(?<pts>\\d{1,10})\\.(?<last>-1|\\d{1,10})(?:\\.(?<to>-1|\\d{1,10}))?");

  /**
   * @throws IllegalArgumentException when the numbers do not go together
   */
  public ChannelPosition {
    boolean valid =
        pts >= 0
            && lastMessageId >= UNKNOWN
            && fillTo >= UNKNOWN
            && (pts > 0 || fillTo == UNKNOWN)
            && (lastMessageId != UNKNOWN || fillTo == UNKNOWN);
    if (!valid) {
      throw new IllegalArgumentException(
          "no position of a channel: pts " + pts + ", last " + lastMessageId + ", to " + fillTo);
    }
  }

  /**
   * Begins with the first post after this one, however many came since.
   *
   * @param messageId the id of a message, 0 for the channel's beginning
   */
  public static ChannelPosition after(int messageId) {
    return new ChannelPosition(0, messageId, UNKNOWN);
  }

  /** A short text for it that stays readable for later versions, such as {@code c131.55}. */
  public String text() {
    return "c" + pts + "." + lastMessageId + (fillTo == 0 ? "" : "." + fillTo);
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static ChannelPosition parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "expected a channel's position such as c131.55, got " + text);
    }
    String to = matcher.group("to");
    return new ChannelPosition(
        Integer.parseInt(matcher.group("pts")),
        Integer.parseInt(matcher.group("last")),
        to == null ? 0 : Integer.parseInt(to));
  }

  @Override
  public String toString() {
    return text();
  }
}

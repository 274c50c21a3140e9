package dev.jobradar.server.account;

import dev.jobradar.telegram.updates.ChannelPosition;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The channels of a user that are to be watched.
 *
 * @param accountPosition how far the account's common updates were handled, as {@link
 *     AccountEvents#onAccountMoved} told it; null to begin now
 * @param channels each once
 */
public record WatchList(@Nullable String accountPosition, List<Watch> channels) {
  private static final Comparator<ChannelPosition> FURTHER =
      Comparator.comparingInt(ChannelPosition::lastMessageId)
          .thenComparingInt(ChannelPosition::pts);

  /** Watches nothing. */
  public static final WatchList NOTHING = new WatchList(null, List.of());

  /** Copies the list. */
  public WatchList {
    channels = List.copyOf(channels);
  }

  /**
   * One of them.
   *
   * @param joined whether the account is a member, as far as known; Telegram is asked anyway
   * @param position how far it was handled, as {@link AccountEvents} told it; null to begin with
   *     the posts to come
   */
  public record Watch(ChannelRef channel, boolean joined, @Nullable String position) {}

  /** The position after a message, however many came since. */
  public static String after(int messageId) {
    return ChannelPosition.after(messageId).text();
  }

  /** The last message before a position; empty when it stands for the newest one. */
  public static OptionalInt lastMessageId(String position) {
    int last = ChannelPosition.parse(position).lastMessageId();
    return last < 0 ? OptionalInt.empty() : OptionalInt.of(last);
  }

  /** Whether the first of two positions of a channel is before the second. */
  public static boolean isBefore(String first, String second) {
    return FURTHER.compare(ChannelPosition.parse(first), ChannelPosition.parse(second)) < 0;
  }
}

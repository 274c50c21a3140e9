package dev.jobradar.server.account;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The channels of a user that are to be watched.
 *
 * @param accountPosition how far the account's common updates were handled, as {@link
 *     AccountEvents#onAccountMoved} told it; null to begin now
 * @param channels each once
 */
public record WatchList(@Nullable String accountPosition, List<Watch> channels) {
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
    return dev.jobradar.telegram.updates.ChannelPosition.after(messageId).text();
  }
}

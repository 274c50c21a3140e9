package dev.jobradar.server.channels;

import dev.jobradar.server.account.ChannelRef;
import dev.jobradar.server.account.WatchMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a name means to one account.
 *
 * @param name as it is written in tasks
 * @param channel the channel's address for that account
 * @param title as it was when the name was resolved
 * @param broadcast whether only its owners write there
 * @param members how many it had then, null when Telegram did not tell
 * @param joined whether the account was a member, as far as known
 * @param feed how its posts come; null while it is not watched
 * @param position how far it was read; null to begin with its newest post
 * @param passedOver how many of its posts could never be read, at most
 * @param passedOverLast the id of the last of these; 0 when there is none
 * @param isProtected whether it forbids copies of its posts
 * @param former what it was called before; null when it was never renamed
 * @param resolvedAt when Telegram was asked
 */
public record KnownChannel(
    ChannelName name,
    ChannelRef channel,
    String title,
    boolean broadcast,
    @Nullable Integer members,
    boolean joined,
    @Nullable WatchMode feed,
    @Nullable String position,
    int passedOver,
    int passedOverLast,
    boolean isProtected,
    @Nullable Former former,
    Instant resolvedAt) {
  /**
   * What a channel was called before.
   *
   * @param name its name then
   * @param takenBy the title of the channel that has that name now; null for none, or not known
   * @param checked whether it was looked up who has it
   * @param since when it was renamed
   */
  public record Former(
      ChannelName name, @Nullable String takenBy, boolean checked, Instant since) {}
}

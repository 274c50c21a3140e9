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
    Instant resolvedAt) {}

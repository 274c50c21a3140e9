package dev.jobradar.server.account;

import org.jspecify.annotations.Nullable;

/**
 * A channel as one account sees it.
 *
 * @param channel its address
 * @param name its public name without {@code @}, as Telegram writes it; null when it has none now
 * @param title its title
 * @param broadcast whether only its owners write there
 * @param joined whether the account is a member
 * @param members how many members it has, null when Telegram does not tell
 */
public record SourceChannel(
    ChannelRef channel,
    @Nullable String name,
    String title,
    boolean broadcast,
    boolean joined,
    @Nullable Integer members) {}

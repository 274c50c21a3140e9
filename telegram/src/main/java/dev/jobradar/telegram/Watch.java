package dev.jobradar.telegram;

import dev.jobradar.telegram.updates.ChannelPosition;

/**
 * A channel to watch.
 *
 * @param peer which one
 * @param from where to start: its stored position, or one of {@link ChannelPosition#NEWEST} and
 *     {@link ChannelPosition#after}
 * @param inStep whether the account's stored position was handed out while the channel was watched
 *     (see {@link AccountUpdateBatch#watched}). The account's own difference then covers this
 *     channel; otherwise it costs a call of its own. When in doubt, false.
 */
public record Watch(ChannelPeer peer, ChannelPosition from, boolean inStep) {
  /** A channel that was not watched before, or for which this is unknown. */
  public static Watch of(ChannelPeer peer, ChannelPosition from) {
    return new Watch(peer, from, false);
  }
}

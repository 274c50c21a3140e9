package dev.jobradar.telegram;

import dev.jobradar.tl.api.InputChannel;
import dev.jobradar.tl.api.InputPeerChannel;

/**
 * A channel's address for one account. The hash is no use to another account
 * (core.telegram.org/api/peers#access-hash).
 *
 * @param id the channel's id, without the −100 prefix of the bot API
 * @param accessHash the account's right to address it
 */
public record ChannelPeer(long id, long accessHash) {
  InputPeerChannel asPeer() {
    return new InputPeerChannel(id, accessHash);
  }

  InputChannel asChannel() {
    return new InputChannel(id, accessHash);
  }

  @Override
  public String toString() {
    return "channel " + id;
  }
}

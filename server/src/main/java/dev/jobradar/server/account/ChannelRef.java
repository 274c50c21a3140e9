package dev.jobradar.server.account;

/**
 * A channel's address for one account; no use to another account.
 *
 * @param id Telegram's id of the channel
 * @param accessHash the account's right to address it
 */
public record ChannelRef(long id, long accessHash) {
  @Override
  public String toString() {
    return "channel " + id;
  }
}

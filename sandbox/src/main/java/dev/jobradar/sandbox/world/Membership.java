package dev.jobradar.sandbox.world;

/** An account in a channel. Guarded by the world's lock. */
final class Membership {

  final ChannelState channel;
  final int joinedAt;
  int readMaxId;

  Membership(ChannelState channel, int joinedAt) {
    this.channel = channel;
    this.joinedAt = joinedAt;
    this.readMaxId = channel.top();
  }
}

package dev.jobradar.sandbox.world;

/**
 * The number of a channel, positive (the bare one, without the -100 that bots see).
 *
 * @param value at most 997,852,516,352
 */
public record ChannelId(long value) implements Peer, Comparable<ChannelId> {

  @Override
  public int compareTo(ChannelId other) {
    return Long.compare(value, other.value);
  }
}

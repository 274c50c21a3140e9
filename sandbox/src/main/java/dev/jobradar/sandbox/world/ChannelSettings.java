package dev.jobradar.sandbox.world;

import org.jspecify.annotations.Nullable;

/**
 * What is to be changed of a channel; null leaves a thing as it is.
 *
 * @param group whether everybody writes in it (a supergroup)
 * @param noForwards whether its posts may not be forwarded or copied
 * @param linked for a channel the group in which its posts are discussed, for a group the channel
 */
public record ChannelSettings(
    @Nullable String title,
    @Nullable String about,
    @Nullable Boolean group,
    @Nullable Boolean noForwards,
    @Nullable ChannelId linked) {

  /** Changes nothing. */
  public static final ChannelSettings NONE = new ChannelSettings(null, null, null, null, null);

  public ChannelSettings titled(String name) {
    return new ChannelSettings(name, about, group, noForwards, linked);
  }

  public ChannelSettings asGroup() {
    return new ChannelSettings(title, about, true, noForwards, linked);
  }

  public ChannelSettings withNoForwards(boolean isProtected) {
    return new ChannelSettings(title, about, group, isProtected, linked);
  }

  public ChannelSettings linkedTo(ChannelId other) {
    return new ChannelSettings(title, about, group, noForwards, other);
  }
}

package dev.jobradar.server.delivery;

import dev.jobradar.server.channels.ChannelName;

/**
 * Where a message goes.
 *
 * @param text how it is stored: {@code self} or the public name of a channel
 */
record DeliveryTarget(String text) {
  /** The user's Saved Messages. No channel can have this name: names have five letters or more. */
  static final DeliveryTarget SELF = new DeliveryTarget("self");

  static DeliveryTarget channel(ChannelName name) {
    return new DeliveryTarget(name.value());
  }

  boolean isSelf() {
    return equals(SELF);
  }

  /** The channel's name; not for {@link #SELF}. */
  ChannelName channelName() {
    return new ChannelName(text);
  }

  /** What slow mode holds up. */
  String scope() {
    return "to " + text;
  }
}

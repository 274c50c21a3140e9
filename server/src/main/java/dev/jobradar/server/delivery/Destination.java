package dev.jobradar.server.delivery;

import dev.jobradar.server.tasks.SourceName;

/**
 * Where a message goes.
 *
 * @param text how it is stored: {@code self} or the public name of a channel
 */
record Destination(String text) {
  /** The user's Saved Messages. No channel can have this name: names have five letters or more. */
  static final Destination SELF = new Destination("self");

  static Destination channel(SourceName name) {
    return new Destination(name.value());
  }

  boolean isSelf() {
    return equals(SELF);
  }

  /** The channel's name; not for {@link #SELF}. */
  SourceName channelName() {
    return new SourceName(text);
  }

  /** What slow mode holds up. */
  String scope() {
    return "to " + text;
  }
}

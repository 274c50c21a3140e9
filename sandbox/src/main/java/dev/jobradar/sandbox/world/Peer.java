package dev.jobradar.sandbox.world;

/** Somebody or something that messages are exchanged with. */
public sealed interface Peer permits UserId, ChannelId {}

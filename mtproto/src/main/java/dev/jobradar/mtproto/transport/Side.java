package dev.jobradar.mtproto.transport;

/** Who sends a frame. */
enum Side {
  CLIENT,
  SERVER
}

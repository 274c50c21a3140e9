package dev.jobradar.mtproto.transport;

/** Values of a connection's first four bytes (the abridged transport has a single byte). */
enum FirstInt {
  INTERMEDIATE,
  PADDED_INTERMEDIATE,
  HTTP,
  TLS,
  OTHER;

  /** For the first four bytes as a little-endian number. */
  static FirstInt of(int value) {
    return switch (value) {
      case 0xeeeeeeee -> INTERMEDIATE;
      case 0xdddddddd -> PADDED_INTERMEDIATE;
      case 0x44414548 /* HEAD */, 0x54534f50 /* POST */, 0x20544547 /* GET_ */ -> HTTP;
      case 0x4954504f /* OPTI(ONS) */ -> HTTP;
      case 0x02010316 /* a TLS handshake record */ -> TLS;
      default -> OTHER;
    };
  }
}

package dev.jobradar.tl;

/** Ids of TL's own constructors (core.telegram.org/mtproto/serialize). */
final class TlIds {
  static final int VECTOR = 0x1cb5c415;
  static final int BOOL_TRUE = 0x997275b5;
  static final int BOOL_FALSE = 0xbc799737;

  private TlIds() {}
}

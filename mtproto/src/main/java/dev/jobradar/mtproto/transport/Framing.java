package dev.jobradar.mtproto.transport;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The four envelopes that MTProto packets travel in (core.telegram.org/mtproto/mtproto-transports).
 */
public enum Framing {
  /** A length of one byte, or four. */
  ABRIDGED,
  /** A length of four bytes. */
  INTERMEDIATE,
  /** A length of four bytes, and 0 to 15 random bytes after the packet. */
  PADDED_INTERMEDIATE,
  /** Length, number and checksum; knows no quick acknowledgement. */
  FULL;

  /**
   * The longest payload that a decoder takes when nothing else is said: 16 MiB, as long as TDLib
   * lets a packet be.
   */
  public static final int DEFAULT_MAX_PAYLOAD = 1 << 24;

  /** The bytes that a client sends first when it does not obfuscate. */
  byte[] preamble() {
    return switch (this) {
      case ABRIDGED -> new byte[] {(byte) 0xef};
      case INTERMEDIATE -> new byte[] {(byte) 0xee, (byte) 0xee, (byte) 0xee, (byte) 0xee};
      case PADDED_INTERMEDIATE -> new byte[] {(byte) 0xdd, (byte) 0xdd, (byte) 0xdd, (byte) 0xdd};
      case FULL -> new byte[0];
    };
  }

  /**
   * The four bytes that stand for it in an obfuscated header, as a number.
   *
   * @throws IllegalArgumentException for {@link #FULL}, which has none
   */
  int protocolId() {
    return switch (this) {
      case ABRIDGED -> 0xefefefef;
      case INTERMEDIATE -> 0xeeeeeeee;
      case PADDED_INTERMEDIATE -> 0xdddddddd;
      case FULL ->
          throw new IllegalArgumentException(
              "the full transport cannot be obfuscated: it has no id");
    };
  }

  /** The one with that id in an obfuscated header, or null. */
  static @Nullable Framing ofProtocolId(int id) {
    return switch (id) {
      case 0xefefefef -> ABRIDGED;
      case 0xeeeeeeee -> INTERMEDIATE;
      case 0xdddddddd -> PADDED_INTERMEDIATE;
      default -> null;
    };
  }

  /** Reads what {@code sender} sends. */
  FrameDecoder decoder(Side sender, int maxPayload) {
    return switch (this) {
      case ABRIDGED -> new AbridgedDecoder(sender, maxPayload);
      case INTERMEDIATE -> new IntermediateDecoder(sender, maxPayload);
      case PADDED_INTERMEDIATE -> new PaddedIntermediateDecoder(sender, maxPayload);
      case FULL -> new FullDecoder(sender, maxPayload);
    };
  }

  /** Writes what {@code sender} sends, without the preamble. */
  FrameEncoder encoder(Side sender, RandomGenerator random) {
    return switch (this) {
      case ABRIDGED -> new AbridgedEncoder(sender);
      case INTERMEDIATE -> new IntermediateEncoder(sender);
      case PADDED_INTERMEDIATE -> new PaddedIntermediateEncoder(sender, random);
      case FULL -> new FullEncoder(sender);
    };
  }
}

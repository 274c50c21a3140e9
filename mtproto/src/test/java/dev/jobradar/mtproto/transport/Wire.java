package dev.jobradar.mtproto.transport;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Bytes as tests write them, and decoders fed with them. */
final class Wire {
  private Wire() {}

  static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  static String hex(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** A message of so many bytes: 00 01 02 and on, so it counts as encrypted. */
  static byte[] message(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  /** Everything that a decoder makes of a stream which arrives in pieces of at most this size. */
  static List<Frame> decode(FrameDecoder decoder, byte[] stream, int piece) {
    List<Frame> frames = new ArrayList<>();
    int at = 0;
    while (at < stream.length) {
      at += put(decoder.wanted(), stream, at, Math.min(piece, stream.length - at));
      Frame frame = decoder.advance();
      if (frame != null) {
        frames.add(frame);
      }
    }
    return frames;
  }

  /** The same when the stream arrives in two pieces. */
  static List<Frame> decodeSplit(FrameDecoder decoder, byte[] stream, int first) {
    List<Frame> frames = new ArrayList<>();
    int at = 0;
    while (at < stream.length) {
      int end = at < first ? first : stream.length;
      at += put(decoder.wanted(), stream, at, end - at);
      Frame frame = decoder.advance();
      if (frame != null) {
        frames.add(frame);
      }
    }
    return frames;
  }

  static int put(ByteBuffer wanted, byte[] stream, int at, int available) {
    int count = Math.min(wanted.remaining(), available);
    wanted.put(stream, at, count);
    return count;
  }
}

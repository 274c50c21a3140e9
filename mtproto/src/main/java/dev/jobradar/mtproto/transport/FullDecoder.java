package dev.jobradar.mtproto.transport;

import dev.jobradar.mtproto.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Every number and checksum is checked; a wrong one ends the connection, as it does at Telegram's
 * servers [mtproto/mtproto-transports#full].
 */
final class FullDecoder extends LengthPrefixedDecoder {
  static final int ENVELOPE = 12;
  static final int HEADER = 8;

  private final Side sender;
  private final int maxPayload;
  private int expectedNumber;

  FullDecoder(Side sender, int maxPayload) {
    super(HEADER, HEADER);
    this.sender = sender;
    this.maxPayload = maxPayload;
  }

  @Override
  @Nullable Frame headerRead(ByteBuffer header) {
    int length = header.getInt(0);
    int number = header.getInt(4);
    if (sender == Side.SERVER && length < -1 && number == length) {
      // Seen by Telethon's users: under flood control the bare code stands where the length should.
      nextFrame();
      return ShortPayload.error(length);
    }
    checkLength(length, ENVELOPE + 4, (long) maxPayload + ENVELOPE);
    if (number != expectedNumber) {
      throw new ProtocolException("packet number: got " + number + ", expected " + expectedNumber);
    }
    expectedNumber++;
    startBody(length - HEADER);
    return null;
  }

  @Override
  @Nullable Frame bodyRead(ByteBuffer header, byte[] body) {
    int payloadSize = body.length - 4;
    CRC32 crc = new CRC32();
    crc.update(header.duplicate().flip());
    crc.update(body, 0, payloadSize);
    if ((int) crc.getValue() != ShortPayload.intAt(body, payloadSize)) {
      throw new ProtocolException("packet checksum: the CRC32 is not that of the packet");
    }
    return ShortPayload.frameOf(sender, Arrays.copyOf(body, payloadSize), false);
  }
}

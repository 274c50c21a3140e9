package dev.jobradar.mtproto.crypto;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The one form of DER (ITU-T X.690) that a PKCS#1 public key needs: a SEQUENCE of positive
 * INTEGERs, up to 64 KB.
 */
final class Der {
  private static final int INTEGER = 0x02;
  private static final int SEQUENCE = 0x30;

  private final byte[] bytes;
  private int position;

  private Der(byte[] bytes) {
    this.bytes = bytes;
  }

  static byte[] writeSequence(BigInteger... numbers) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (BigInteger number : numbers) {
      writeElement(content, INTEGER, number.toByteArray());
    }
    ByteArrayOutputStream sequence = new ByteArrayOutputStream();
    writeElement(sequence, SEQUENCE, content.toByteArray());
    return sequence.toByteArray();
  }

  /**
   * @throws IllegalArgumentException when the bytes are anything else
   */
  static List<BigInteger> readSequence(byte[] bytes) {
    Der outer = new Der(bytes);
    Der inner = new Der(outer.readElement(SEQUENCE));
    outer.expectEnd();
    List<BigInteger> numbers = new ArrayList<>();
    while (inner.position < inner.bytes.length) {
      byte[] number = inner.readElement(INTEGER);
      if (number.length == 0 || number[0] < 0) {
        throw new IllegalArgumentException("DER: expected a positive INTEGER");
      }
      numbers.add(new BigInteger(number));
    }
    return numbers;
  }

  private static void writeElement(ByteArrayOutputStream out, int tag, byte[] content) {
    out.write(tag);
    int length = content.length;
    if (length >= 0x100) {
      out.write(0x82);
      out.write(length >>> 8);
    } else if (length >= 0x80) {
      out.write(0x81);
    }
    out.write(length);
    out.writeBytes(content);
  }

  private byte[] readElement(int tag) {
    int found = readByte();
    if (found != tag) {
      throw new IllegalArgumentException("DER: expected tag " + tag + ", got " + found);
    }
    int length = readLength();
    if (length > bytes.length - position) {
      throw new IllegalArgumentException(
          "DER: " + length + " bytes announced, " + (bytes.length - position) + " left");
    }
    byte[] content = new byte[length];
    System.arraycopy(bytes, position, content, 0, length);
    position += length;
    return content;
  }

  private int readLength() {
    int first = readByte();
    return switch (first) {
      case 0x81 -> readByte();
      case 0x82 -> readByte() << 8 | readByte();
      default -> {
        if (first >= 0x80) {
          throw new IllegalArgumentException("DER: length of a kind not supported: " + first);
        }
        yield first;
      }
    };
  }

  private int readByte() {
    if (position >= bytes.length) {
      throw new IllegalArgumentException("DER: ends after " + position + " bytes");
    }
    return bytes[position++] & 0xff;
  }

  private void expectEnd() {
    if (position != bytes.length) {
      throw new IllegalArgumentException("DER: " + (bytes.length - position) + " bytes too many");
    }
  }
}

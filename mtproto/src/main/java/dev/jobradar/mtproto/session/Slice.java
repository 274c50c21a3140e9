package dev.jobradar.mtproto.session;

import dev.jobradar.tl.TlException;
import dev.jobradar.tl.TlLimits;
import dev.jobradar.tl.TlReader;
import java.util.Arrays;
import java.util.Objects;

/**
 * A part of a byte array, read where it stands: a message's body inside a decrypted packet. Whoever
 * holds one must not write to the array.
 */
public final class Slice {
  private final byte[] bytes;
  private final int from;
  private final int to;

  /**
   * @throws IndexOutOfBoundsException when the range is not within the array
   */
  public Slice(byte[] bytes, int from, int to) {
    Objects.checkFromToIndex(from, to, bytes.length);
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /** The whole of an array. */
  public static Slice of(byte[] bytes) {
    return new Slice(bytes, 0, bytes.length);
  }

  /** A reader over it. */
  public TlReader reader() {
    return new TlReader(bytes, from, to, TlLimits.DEFAULT);
  }

  /**
   * The constructor id that it begins with; nothing is consumed.
   *
   * @throws TlException when it is shorter than that
   */
  public int constructorId() {
    return reader().readInt();
  }

  /** Its part from {@code offset} on. */
  public Slice from(int offset) {
    return part(offset, size());
  }

  /** Its part between two offsets. */
  public Slice part(int begin, int end) {
    Objects.checkFromToIndex(begin, end, size());
    return new Slice(bytes, from + begin, from + end);
  }

  /** Its length in bytes. */
  public int size() {
    return to - from;
  }

  /** A copy of the bytes. */
  public byte[] toByteArray() {
    return Arrays.copyOfRange(bytes, from, to);
  }

  /** Copies the bytes into {@code target} at {@code at}. */
  void copyTo(byte[] target, int at) {
    System.arraycopy(bytes, from, target, at, size());
  }

  @Override
  public String toString() {
    return size() + " bytes";
  }
}

package dev.jobradar.tl;

import java.util.Arrays;
import java.util.Objects;

/** An immutable byte string. Its {@link #toString} tells the size alone: it may be a secret. */
public final class Bytes {
  /** No bytes. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] value;

  private Bytes(byte[] value) {
    this.value = value;
  }

  /** A copy of an array. */
  public static Bytes of(byte... value) {
    return value.length == 0 ? EMPTY : new Bytes(value.clone());
  }

  /**
   * A copy of a part of an array.
   *
   * @throws IndexOutOfBoundsException if the array has no such part
   */
  public static Bytes of(byte[] array, int from, int to) {
    Objects.checkFromToIndex(from, to, array.length);
    return from == to ? EMPTY : new Bytes(Arrays.copyOfRange(array, from, to));
  }

  public int size() {
    return value.length;
  }

  public boolean isEmpty() {
    return value.length == 0;
  }

  /**
   * One byte.
   *
   * @throws IndexOutOfBoundsException unless 0 &le; index &lt; size
   */
  public byte get(int index) {
    return value[index];
  }

  /** A copy. */
  public byte[] toByteArray() {
    return value.clone();
  }

  /** Copies all bytes into an array from {@code offset} on. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(value, 0, target, offset, value.length);
  }

  /** The array itself, for readers within this package. */
  byte[] array() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return value.length + " bytes";
  }
}

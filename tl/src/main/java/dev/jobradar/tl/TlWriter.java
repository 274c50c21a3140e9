package dev.jobradar.tl;

import dev.jobradar.tl.TlException.Reason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/** Writes TL values into a growing array. Not safe for use by several threads at once. */
public final class TlWriter {
  /** The longest string that three bytes of length allow. */
  public static final int MAX_STRING_BYTES = (1 << 24) - 1;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG_BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int INITIAL_CAPACITY = 256;

  private byte[] data;
  private int size;

  public TlWriter() {
    this(INITIAL_CAPACITY);
  }

  /**
   * A writer with room for what is expected.
   *
   * @param capacity bytes expected, a hint
   */
  public TlWriter(int capacity) {
    data = new byte[Math.max(capacity, 16)];
  }

  public void writeInt(int value) {
    int at = grow(4);
    INT.set(data, at, value);
  }

  public void writeLong(long value) {
    int at = grow(8);
    LONG.set(data, at, value);
  }

  public void writeDouble(double value) {
    writeLong(Double.doubleToRawLongBits(value));
  }

  public void writeInt128(Int128 value) {
    int at = grow(Int128.SIZE);
    LONG_BIG_ENDIAN.set(data, at, value.high());
    LONG_BIG_ENDIAN.set(data, at + 8, value.low());
  }

  public void writeInt256(Int256 value) {
    int at = grow(Int256.SIZE);
    LONG_BIG_ENDIAN.set(data, at, value.first());
    LONG_BIG_ENDIAN.set(data, at + 8, value.second());
    LONG_BIG_ENDIAN.set(data, at + 16, value.third());
    LONG_BIG_ENDIAN.set(data, at + 24, value.fourth());
  }

  /** Bool, boxed. */
  public void writeBool(boolean value) {
    writeInt(value ? TlIds.BOOL_TRUE : TlIds.BOOL_FALSE);
  }

  /**
   * A byte string.
   *
   * @throws TlException if it is longer than {@link #MAX_STRING_BYTES}
   */
  public void writeBytes(Bytes value) {
    writeByteString(value.array());
  }

  /**
   * A string as UTF-8; half of a surrogate pair becomes {@code ?}.
   *
   * @throws TlException if it takes more than {@link #MAX_STRING_BYTES}
   */
  public void writeString(String value) {
    writeByteString(value.getBytes(StandardCharsets.UTF_8));
  }

  private void writeByteString(byte[] value) {
    int length = value.length;
    if (length > MAX_STRING_BYTES) {
      throw new TlException(
          Reason.LIMIT,
          "string of %d bytes, TL writes at most %d".formatted(length, MAX_STRING_BYTES));
    }
    int header = length < 254 ? 1 : 4;
    int padding = -(header + length) & 3;
    int at = grow(header + length + padding);
    if (header == 1) {
      data[at] = (byte) length;
    } else {
      INT.set(data, at, 254 | length << 8);
    }
    System.arraycopy(value, 0, data, at + header, length);
    Arrays.fill(data, at + header + length, size, (byte) 0);
  }

  /** Bytes as they are, without length or padding. */
  public void writeRawBytes(byte[] value) {
    int at = grow(value.length);
    System.arraycopy(value, 0, data, at, value.length);
  }

  /** A value with its id. */
  public void writeObject(TlObject value) {
    value.writeTo(this);
  }

  /** A boxed vector. */
  public <T> void writeVector(List<T> values, BiConsumer<TlWriter, ? super T> element) {
    writeInt(TlIds.VECTOR);
    writeBareVector(values, element);
  }

  /** A vector without its id. */
  public <T> void writeBareVector(List<T> values, BiConsumer<TlWriter, ? super T> element) {
    writeInt(values.size());
    for (T value : values) {
      element.accept(this, value);
    }
  }

  /** Bytes written so far. */
  public int size() {
    return size;
  }

  /** A copy of what was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(data, size);
  }

  /** Makes room and returns where it begins. */
  private int grow(int n) {
    int at = size;
    int needed = Math.addExact(at, n);
    if (needed > data.length) {
      int doubled = (int) Math.min(2L * data.length, Integer.MAX_VALUE - 8);
      data = Arrays.copyOf(data, Math.max(needed, doubled));
    }
    size = needed;
    return at;
  }
}

package dev.jobradar.tl;

import dev.jobradar.tl.TlException.Reason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Reads TL values from bytes. Every length and count is checked against the bytes that are there
 * and against {@link TlLimits} before memory is taken; whatever is wrong is a {@link TlException},
 * after which the reader is of no more use.
 *
 * <p>The array is read in place and must not change meanwhile; values read are copies. Not safe for
 * use by several threads at once.
 */
public final class TlReader {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG_BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] data;
  private final int end;
  private final TlLimits limits;
  private final UnpackBudget budget;
  private int position;
  private int depth;

  /** Reads a whole array within {@link TlLimits#DEFAULT}. */
  public TlReader(byte[] data) {
    this(data, 0, data.length, TlLimits.DEFAULT);
  }

  /** Reads a whole array. */
  public TlReader(byte[] data, TlLimits limits) {
    this(data, 0, data.length, limits);
  }

  /**
   * Reads a part of an array.
   *
   * @throws IndexOutOfBoundsException if the array has no such part
   */
  public TlReader(byte[] data, int from, int to, TlLimits limits) {
    this(data, from, to, limits, new UnpackBudget(limits.maxUnpackedBytes()), 0);
  }

  private TlReader(byte[] data, int from, int to, TlLimits limits, UnpackBudget budget, int depth) {
    Objects.checkFromToIndex(from, to, data.length);
    this.data = data;
    this.position = from;
    this.end = to;
    this.limits = limits;
    this.budget = budget;
    this.depth = depth;
  }

  public int readInt() {
    int at = advance(4);
    return (int) INT.get(data, at);
  }

  public long readLong() {
    int at = advance(8);
    return (long) LONG.get(data, at);
  }

  public double readDouble() {
    return Double.longBitsToDouble(readLong());
  }

  public Int128 readInt128() {
    int at = advance(Int128.SIZE);
    return new Int128(bigEndian(at), bigEndian(at + 8));
  }

  public Int256 readInt256() {
    int at = advance(Int256.SIZE);
    return new Int256(bigEndian(at), bigEndian(at + 8), bigEndian(at + 16), bigEndian(at + 24));
  }

  private long bigEndian(int at) {
    return (long) LONG_BIG_ENDIAN.get(data, at);
  }

  /** Bool, boxed. */
  public boolean readBool() {
    int id = readInt();
    return switch (id) {
      case TlIds.BOOL_TRUE -> true;
      case TlIds.BOOL_FALSE -> false;
      default -> throw TlException.unknownConstructor("Bool", id);
    };
  }

  /** A byte string. The bytes that fill it up to a multiple of four may have any value. */
  public Bytes readBytes() {
    int start = position;
    int length = readStringLength();
    int at = advance(length);
    skipPadding(start);
    return Bytes.of(data, at, at + length);
  }

  /**
   * A string. What is no valid UTF-8 reads as U+FFFD: one broken name among a hundred posts must
   * not make the whole answer unreadable. Read {@link #readBytes} where the bytes matter.
   */
  public String readString() {
    int start = position;
    int length = readStringLength();
    int at = advance(length);
    skipPadding(start);
    return new String(data, at, length, StandardCharsets.UTF_8);
  }

  private int readStringLength() {
    int length = data[advance(1)] & 0xff;
    if (length == 254) {
      int at = advance(3);
      length = (data[at] & 0xff) | (data[at + 1] & 0xff) << 8 | (data[at + 2] & 0xff) << 16;
    } else if (length == 255) {
      throw new TlException(Reason.MALFORMED, "string length starts with 255");
    }
    if (length > limits.maxStringBytes()) {
      throw new TlException(
          Reason.LIMIT,
          "string of %d bytes, at most %d are read".formatted(length, limits.maxStringBytes()));
    }
    return length;
  }

  private void skipPadding(int start) {
    advance(-(position - start) & 3);
  }

  /** A boxed vector; {@code element} reads one of at least four bytes. */
  public <T> List<T> readVector(Function<TlReader, ? extends T> element) {
    return readVector(4, element);
  }

  /**
   * A boxed vector.
   *
   * @param minElementSize bytes that an element takes at least
   * @return an immutable list
   */
  public <T> List<T> readVector(int minElementSize, Function<TlReader, ? extends T> element) {
    int id = readInt();
    if (id != TlIds.VECTOR) {
      throw TlException.unknownConstructor("Vector", id);
    }
    return readBareVector(minElementSize, element);
  }

  /**
   * A vector without its id.
   *
   * @param minElementSize bytes that an element takes at least, 1 or more
   * @return an immutable list
   */
  @SuppressWarnings("unchecked") // the array holds nothing but what element returned
  public <T> List<T> readBareVector(int minElementSize, Function<TlReader, ? extends T> element) {
    int count = readCount(minElementSize);
    Object[] values = new Object[count];
    for (int i = 0; i < count; i++) {
      values[i] = element.apply(this);
    }
    return (List<T>) List.of(values);
  }

  private int readCount(int minElementSize) {
    int count = readInt();
    if (count < 0) {
      throw new TlException(Reason.MALFORMED, "vector of " + count + " elements");
    }
    if (count > limits.maxVectorCount()) {
      throw new TlException(
          Reason.LIMIT,
          "vector of %d elements, at most %d are read".formatted(count, limits.maxVectorCount()));
    }
    if (count > remaining() / minElementSize) {
      throw new TlException(
          Reason.TRUNCATED,
          "vector of %d elements of %d bytes or more in %d bytes"
              .formatted(count, minElementSize, remaining()));
    }
    return count;
  }

  /**
   * The next {@code n} bytes as they are.
   *
   * @throws IllegalArgumentException if {@code n} is negative
   */
  public byte[] readRawBytes(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("n is negative: " + n);
    }
    int at = advance(n);
    return Arrays.copyOfRange(data, at, at + n);
  }

  /** The int at the position, without moving: the id of the boxed value that comes next. */
  public int peekInt() {
    require(4);
    return (int) INT.get(data, position);
  }

  /**
   * A reader of the next {@code n} bytes, behind which this one moves. It shares this reader's
   * depth and what is left to unpack.
   *
   * @throws IllegalArgumentException if {@code n} is negative
   */
  public TlReader slice(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("n is negative: " + n);
    }
    int at = advance(n);
    return new TlReader(data, at, at + n, limits, budget, depth);
  }

  /**
   * Reads a gzip_packed value with its id and returns a reader of what it holds, which shares what
   * is left to unpack and stands one level deeper.
   */
  public TlReader unpack() {
    int id = readInt();
    if (id != GzipPacked.ID) {
      throw TlException.unknownConstructor("gzip_packed", id);
    }
    int start = position;
    int length = readStringLength();
    int at = advance(length);
    skipPadding(start);
    byte[] unpacked = GzipPacked.inflate(data, at, at + length, budget.left());
    budget.take(unpacked.length);
    TlReader inner = new TlReader(unpacked, 0, unpacked.length, limits, budget, depth);
    inner.enter();
    return inner;
  }

  /** Notes that an object within the present one begins; each must be followed by a leave. */
  public void enter() {
    if (++depth > limits.maxDepth()) {
      throw new TlException(
          Reason.LIMIT, "objects nested deeper than " + limits.maxDepth() + " levels");
    }
  }

  /** Notes that the object entered last has been read. */
  public void leave() {
    depth--;
  }

  /** Index in the array of the next byte. */
  public int position() {
    return position;
  }

  /** Bytes not yet read. */
  public int remaining() {
    return end - position;
  }

  public TlLimits limits() {
    return limits;
  }

  /**
   * Checks that nothing is left.
   *
   * @throws TlException if bytes remain
   */
  public void expectEnd() {
    if (position != end) {
      throw new TlException(Reason.MALFORMED, remaining() + " bytes too many");
    }
  }

  private int advance(int n) {
    require(n);
    int at = position;
    position = at + n;
    return at;
  }

  private void require(int n) {
    if (n > end - position) {
      throw new TlException(
          Reason.TRUNCATED, "expected %d bytes or more, got %d".formatted(n, end - position));
    }
  }

  /** What gzip_packed values of one message may still unpack to. */
  private static final class UnpackBudget {
    private int left;

    UnpackBudget(int left) {
      this.left = left;
    }

    int left() {
      return left;
    }

    void take(int bytes) {
      left -= bytes;
    }
  }
}

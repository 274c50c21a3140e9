package dev.jobradar.mtproto.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Small numbers in byte arrays, least significant byte first, as TL lays them out. */
final class LittleEndian {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  static long getLong(byte[] bytes, int index) {
    return (long) LONGS.get(bytes, index);
  }

  static void setLong(byte[] bytes, int index, long value) {
    LONGS.set(bytes, index, value);
  }

  static int getInt(byte[] bytes, int index) {
    return (int) INTS.get(bytes, index);
  }

  static void setInt(byte[] bytes, int index, int value) {
    INTS.set(bytes, index, value);
  }
}

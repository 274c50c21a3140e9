package dev.jobradar.tl;

import dev.jobradar.tl.TlException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * {@code gzip_packed#3072cfa1 packed_data:string = Object}: a value packed with gzip
 * (core.telegram.org/mtproto/service_messages, "Packed Object"). It may stand for any boxed value;
 * {@link TlReader#unpack} reads it within a message.
 *
 * <p>The page says gzip, and gzip is what is written here. Read is zlib as well: mtcute 0.30.3
 * packs its requests so, and Telegram's servers take it.
 */
public final class GzipPacked {
  /** The constructor's id. */
  public static final int ID = 0x3072cfa1;

  private static final int CHUNK = 8192;

  private GzipPacked() {}

  /**
   * The bytes of the value that is packed.
   *
   * @param packed the field packed_data
   * @throws TlException if it is no gzip, or unpacks to more than {@link
   *     TlLimits#maxUnpackedBytes()}: unpacking stops where the limit is passed
   */
  public static byte[] unpack(Bytes packed, TlLimits limits) {
    return inflate(packed.array(), 0, packed.size(), limits.maxUnpackedBytes());
  }

  /** The field packed_data for the bytes of a boxed value. */
  public static Bytes pack(byte[] value) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(value.length / 2 + 32);
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(value);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return Bytes.of(packed.toByteArray());
  }

  /** Writes a boxed gzip_packed that holds the bytes of a boxed value. */
  public static void write(TlWriter writer, byte[] value) {
    writer.writeInt(ID);
    writer.writeBytes(pack(value));
  }

  static byte[] inflate(byte[] data, int from, int to, int max) {
    ByteArrayOutputStream unpacked = new ByteArrayOutputStream(Math.min(max, to - from));
    byte[] chunk = new byte[CHUNK];
    try (InputStream gzip = open(data, from, to)) {
      for (int n = gzip.read(chunk); n >= 0; n = gzip.read(chunk)) {
        if (n > max - unpacked.size()) {
          throw new TlException(
              Reason.LIMIT, "gzip_packed unpacks to more than the " + max + " bytes allowed");
        }
        unpacked.write(chunk, 0, n);
      }
    } catch (IOException e) {
      throw new TlException(Reason.MALFORMED, "gzip_packed holds no gzip", e);
    }
    return unpacked.toByteArray();
  }

  private static InputStream open(byte[] data, int from, int to) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(data, from, to - from);
    return isZlib(data, from, to) ? new InflaterInputStream(in) : new GZIPInputStream(in, CHUNK);
  }

  /** Whether it begins as RFC 1950 says: deflate in the low four bits, a multiple of 31 in all. */
  private static boolean isZlib(byte[] data, int from, int to) {
    if (to - from < 2) {
      return false;
    }
    int header = (data[from] & 0xff) << 8 | (data[from + 1] & 0xff);
    return (data[from] & 0x0f) == 8 && header % 31 == 0;
  }
}

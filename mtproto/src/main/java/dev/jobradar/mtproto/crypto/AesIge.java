package dev.jobradar.mtproto.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES in infinite garble extension mode, in place: cᵢ = E(pᵢ ⊕ cᵢ₋₁) ⊕ pᵢ₋₁
 * (core.telegram.org/mtproto/description). The IV is c₀ followed by p₀, 16 bytes each, as OpenSSL
 * has it. No cipher outlives the call. Safe for use by many threads.
 *
 * <p>The JDK has no IGE. Encryption is made of one CBC pass: with dᵢ = cᵢ ⊕ pᵢ₋₁ and qᵢ = pᵢ ⊕ pᵢ₋₂
 * (q₁ = p₁), d is q in CBC with c₀ as its IV, which the JDK does in one intrinsic. Decryption has
 * no such form, since every block waits for the plaintext before it: it goes block by block.
 */
public final class AesIge {
  /** Length of a block in bytes: what is encrypted or decrypted is a multiple of it. */
  public static final int BLOCK = 16;

  /** Length of an IV in bytes. */
  public static final int IV_SIZE = 2 * BLOCK;

  /** Bytes per CBC call: enough to make the call's own cost vanish, little enough for the cache. */
  private static final int CHUNK = 8192;

  private static final CipherPool CBC = new CipherPool("AES/CBC/NoPadding");
  private static final CipherPool ECB = new CipherPool("AES/ECB/NoPadding");
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private AesIge() {}

  /**
   * Encrypts {@code length} bytes of {@code data} in place.
   *
   * @param key 32 bytes (AES-128 and AES-192 work too; MTProto has no use for them)
   * @param iv 32 bytes
   * @param length a multiple of 16, zero included
   */
  public static void encrypt(byte[] key, byte[] iv, byte[] data, int from, int length) {
    check(iv, data, from, length);
    Cipher cbc = CBC.take();
    try {
      cbc.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv, 0, BLOCK));
      encrypt(cbc, iv, data, from, length);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("AES refused a key of " + key.length + " bytes", e);
    }
    CBC.giveBack(cbc);
  }

  /** As {@link #encrypt}, the other way. */
  public static void decrypt(byte[] key, byte[] iv, byte[] data, int from, int length) {
    check(iv, data, from, length);
    Cipher ecb = ECB.take();
    try {
      ecb.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"));
      decrypt(ecb, iv, data, from, length);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("AES refused a key of " + key.length + " bytes", e);
    }
    ECB.giveBack(ecb);
  }

  private static void encrypt(Cipher cbc, byte[] iv, byte[] data, int from, int length)
      throws GeneralSecurityException {
    byte[] chunk = new byte[Math.min(length, CHUNK)];
    // The plaintext two blocks back and one block back, for q; the one block back again, for c.
    long secondHigh = 0;
    long secondLow = 0;
    long firstHigh = getLong(iv, BLOCK);
    long firstLow = getLong(iv, BLOCK + 8);
    long maskHigh = firstHigh;
    long maskLow = firstLow;
    int end = from + length;
    for (int start = from; start < end; start += CHUNK) {
      int size = Math.min(CHUNK, end - start);
      for (int i = 0; i < size; i += BLOCK) {
        long high = getLong(data, start + i);
        long low = getLong(data, start + i + 8);
        setLong(chunk, i, high ^ secondHigh);
        setLong(chunk, i + 8, low ^ secondLow);
        secondHigh = firstHigh;
        secondLow = firstLow;
        firstHigh = high;
        firstLow = low;
      }
      cbc.update(chunk, 0, size, chunk, 0);
      for (int i = 0; i < size; i += BLOCK) {
        long high = getLong(data, start + i);
        long low = getLong(data, start + i + 8);
        setLong(data, start + i, getLong(chunk, i) ^ maskHigh);
        setLong(data, start + i + 8, getLong(chunk, i + 8) ^ maskLow);
        maskHigh = high;
        maskLow = low;
      }
    }
  }

  private static void decrypt(Cipher ecb, byte[] iv, byte[] data, int from, int length)
      throws GeneralSecurityException {
    // Two arrays: a block decrypted onto itself takes the JDK's slow path, 24 ns and not 15.
    byte[] in = new byte[BLOCK];
    byte[] out = new byte[BLOCK];
    long cipherHigh = getLong(iv, 0);
    long cipherLow = getLong(iv, 8);
    long plainHigh = getLong(iv, BLOCK);
    long plainLow = getLong(iv, BLOCK + 8);
    int end = from + length;
    for (int i = from; i < end; i += BLOCK) {
      long high = getLong(data, i);
      long low = getLong(data, i + 8);
      setLong(in, 0, high ^ plainHigh);
      setLong(in, 8, low ^ plainLow);
      ecb.update(in, 0, BLOCK, out, 0);
      plainHigh = getLong(out, 0) ^ cipherHigh;
      plainLow = getLong(out, 8) ^ cipherLow;
      setLong(data, i, plainHigh);
      setLong(data, i + 8, plainLow);
      cipherHigh = high;
      cipherLow = low;
    }
  }

  private static void check(byte[] iv, byte[] data, int from, int length) {
    if (iv.length != IV_SIZE) {
      throw new IllegalArgumentException("an IGE IV has 32 bytes, got " + iv.length);
    }
    Objects.checkFromIndexSize(from, length, data.length);
    if (length % BLOCK != 0) {
      throw new IllegalArgumentException("IGE works on whole blocks of 16 bytes, got " + length);
    }
  }

  private static long getLong(byte[] bytes, int index) {
    return (long) LONGS.get(bytes, index);
  }

  private static void setLong(byte[] bytes, int index, long value) {
    LONGS.set(bytes, index, value);
  }
}

package dev.jobradar.mtproto.keyexchange;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.crypto.AesKeyIv;
import dev.jobradar.mtproto.crypto.Hashes;
import dev.jobradar.tl.TlException;
import dev.jobradar.tl.TlLimits;
import dev.jobradar.tl.TlObject;
import dev.jobradar.tl.TlReader;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Function;

/**
 * A TL value with its hash, as both sides encrypt their halves of a Diffie-Hellman exchange
 * (core.telegram.org/mtproto/auth_key, steps 6 and 7): SHA1(value) + value + 0–15 random bytes.
 */
final class HashedData {
  private static final int BLOCK = 16;

  private HashedData() {}

  static byte[] encrypt(TlObject value, AesKeyIv key, SecureRandom random) {
    byte[] data = value.toByteArray();
    int size = Hashes.SHA1_SIZE + data.length;
    byte[] padding = new byte[-size & (BLOCK - 1)];
    random.nextBytes(padding);
    byte[] hashed = Arrays.copyOf(Hashes.sha1(data), size + padding.length);
    System.arraycopy(data, 0, hashed, Hashes.SHA1_SIZE, data.length);
    System.arraycopy(padding, 0, hashed, size, padding.length);
    key.encrypt(hashed, 0, hashed.length);
    return hashed;
  }

  /**
   * Decrypts and verifies such a value.
   *
   * @param name what to call it in an error
   * @throws ProtocolException when it is not made so
   */
  static <T> T decrypt(String name, byte[] encrypted, AesKeyIv key, Function<TlReader, T> reader) {
    if (encrypted.length % BLOCK != 0) {
      throw new ProtocolException(
          name + ": expected a length divisible by 16, got " + encrypted.length);
    }
    key.decrypt(encrypted, 0, encrypted.length);
    return verify(name, encrypted, BLOCK - 1, reader);
  }

  /**
   * Verifies a value that was decrypted already.
   *
   * @param maxPadding the most bytes that may follow the value
   * @throws ProtocolException when its hash does not match or more follows
   */
  static <T> T verify(String name, byte[] hashed, int maxPadding, Function<TlReader, T> reader) {
    if (hashed.length < Hashes.SHA1_SIZE) {
      throw new ProtocolException(name + ": expected 20 bytes or more, got " + hashed.length);
    }
    TlReader data = new TlReader(hashed, Hashes.SHA1_SIZE, hashed.length, TlLimits.DEFAULT);
    T value;
    try {
      value = reader.apply(data);
    } catch (TlException e) {
      throw new ProtocolException(name + ": " + e.getMessage(), e);
    }
    byte[] hash = Hashes.sha1(Arrays.copyOfRange(hashed, Hashes.SHA1_SIZE, data.position()));
    if (!MessageDigest.isEqual(hash, Arrays.copyOf(hashed, Hashes.SHA1_SIZE))) {
      throw new ProtocolException(name + ": its SHA-1 does not match");
    }
    if (data.remaining() > maxPadding) {
      throw new ProtocolException(
          name + ": expected at most " + maxPadding + " bytes behind it, got " + data.remaining());
    }
    return value;
  }
}

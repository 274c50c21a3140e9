package dev.jobradar.mtproto.keyexchange;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.crypto.AesKeyIv;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.crypto.Hashes;
import dev.jobradar.tl.Int128;
import dev.jobradar.tl.Int256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The three nonces of one exchange, once all are known, and what follows from them
 * (core.telegram.org/mtproto/auth_key).
 *
 * @param nonce the client's, public
 * @param serverNonce the server's, public
 * @param newNonce the client's secret
 */
record Nonces(Int128 nonce, Int128 serverNonce, Int256 newNonce) {
  /**
   * Which answer a new_nonce_hash belongs to: different numbers keep one from passing for another.
   */
  enum Answer {
    OK(1),
    RETRY(2),
    FAIL(3);

    private final byte number;

    Answer(int number) {
      this.number = (byte) number;
    }
  }

  /** Checks that a message belongs to the exchange whose public nonces these are. */
  static void check(
      String name, Int128 nonce, Int128 serverNonce, Int128 gotNonce, Int128 gotServerNonce) {
    if (!nonce.equals(gotNonce)) {
      throw new ProtocolException(name + ": expected nonce " + nonce + ", got " + gotNonce);
    }
    if (!serverNonce.equals(gotServerNonce)) {
      throw new ProtocolException(
          name + ": expected server_nonce " + serverNonce + ", got " + gotServerNonce);
    }
  }

  /** Checks that a message belongs to this exchange. */
  void check(String name, Int128 gotNonce, Int128 gotServerNonce) {
    check(name, nonce, serverNonce, gotNonce, gotServerNonce);
  }

  /** tmp_aes_key and tmp_aes_iv. */
  AesKeyIv aesKeyIv() {
    return AesKeyIv.ofNonces(newNonce.toByteArray(), serverNonce.toByteArray());
  }

  /** The key's first salt: the first 8 bytes of new_nonce and server_nonce, combined. */
  long firstSalt() {
    return Long.reverseBytes(newNonce.first() ^ serverNonce.high());
  }

  /** new_nonce_hash of server_DH_params_fail: the low 128 bits of new_nonce's SHA-1. */
  Int128 hash() {
    return low128(Hashes.sha1(newNonce.toByteArray()));
  }

  /** new_nonce_hash1, 2 or 3. */
  Int128 hash(Answer answer, AuthKey key) {
    byte[] auxHash =
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(key.auxHash())
            .array();
    return low128(Hashes.sha1(newNonce.toByteArray(), new byte[] {answer.number}, auxHash));
  }

  private static Int128 low128(byte[] sha1) {
    return Int128.of(Arrays.copyOfRange(sha1, Hashes.SHA1_SIZE - Int128.SIZE, Hashes.SHA1_SIZE));
  }
}

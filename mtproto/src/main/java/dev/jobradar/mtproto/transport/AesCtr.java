package dev.jobradar.mtproto.transport;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-CTR whose counter runs on from call to call; the same operation both ways. */
final class AesCtr {
  private final Cipher cipher;

  AesCtr(byte[] key, byte[] iv) {
    try {
      cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES/CTR/NoPadding", e);
    }
  }

  /** Encrypts or decrypts in place. */
  void apply(byte[] bytes, int offset, int length) {
    try {
      cipher.update(bytes, offset, length, bytes, offset);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("CTR writes as many bytes as it reads", e);
    }
  }
}

package dev.jobradar.mtproto.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import javax.crypto.Cipher;

/**
 * The private half of a server's RSA-2048 key. Immutable, safe for use by many threads; {@link
 * #toString} names its fingerprint only.
 */
public final class RsaPrivateKey {
  private static final String LABEL = "PRIVATE KEY";

  private final RSAPrivateCrtKey key;
  private final RsaPublicKey publicKey;

  private RsaPrivateKey(RSAPrivateCrtKey key) {
    this.key = key;
    this.publicKey = new RsaPublicKey(key.getModulus(), key.getPublicExponent());
  }

  /**
   * A new key, with 65537 as its exponent. Its fingerprint never begins with a zero digit: mtcute
   * writes a server's fingerprints without leading zeros and would not find such a key.
   */
  public static RsaPrivateKey generate(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(8 * RsaPublicKey.SIZE, random);
      RsaPrivateKey key;
      do {
        key = new RsaPrivateKey((RSAPrivateCrtKey) generator.generateKeyPair().getPrivate());
      } while (key.publicKey.fingerprint() >>> 60 == 0);
      return key;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK makes no RSA keys", e);
    }
  }

  /**
   * Reads a PKCS#8 key from PEM ({@code BEGIN PRIVATE KEY}).
   *
   * @throws IllegalArgumentException when there is none, or none that is an RSA-2048 key
   */
  public static RsaPrivateKey fromPem(String text) {
    byte[] der = Pem.read(LABEL, text).getFirst();
    try {
      if (KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der))
          instanceof RSAPrivateCrtKey key) {
        return new RsaPrivateKey(key);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the PEM block holds no RSA private key", e);
    }
    throw new IllegalArgumentException("the PEM block holds an RSA key without its primes");
  }

  /** The key as PKCS#8 in PEM ({@code BEGIN PRIVATE KEY}): a secret. */
  public String toPem() {
    return Pem.write(LABEL, key.getEncoded());
  }

  /** The half that clients are given. */
  public RsaPublicKey publicKey() {
    return publicKey;
  }

  /**
   * RSA without any padding of its own: number^d mod n, blinded by the JDK.
   *
   * @param number 256 bytes, less than the modulus
   */
  byte[] apply(byte[] number) {
    if (number.length != RsaPublicKey.SIZE || !publicKey.accepts(number)) {
      throw new IllegalArgumentException("expected 256 bytes below the modulus");
    }
    try {
      Cipher rsa = Cipher.getInstance("RSA/ECB/NoPadding");
      rsa.init(Cipher.DECRYPT_MODE, key);
      return rsa.doFinal(number);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK refused its own RSA key", e);
    }
  }

  @Override
  public String toString() {
    return "RsaPrivateKey[" + RsaPublicKey.format(publicKey.fingerprint()) + "]";
  }
}

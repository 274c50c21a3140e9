package dev.jobradar.sandbox.state;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** The sandbox's RSA key, and its parts as PEM. */
public final class RsaKeys {

  private static final int BITS = 2048;
  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "RSA PUBLIC KEY";

  private RsaKeys() {}

  /** A new key of 2048 bits, which is what RSA_PAD is made for (mtproto/auth_key). */
  public static RSAPrivateCrtKey generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      return (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK makes RSA keys", e);
    }
  }

  /** The key in a file, which is made with a new one where there is none. */
  static RSAPrivateCrtKey loadOrMake(Path path) throws IOException {
    if (Files.exists(path)) {
      return parse(path, Files.readString(path, StandardCharsets.US_ASCII));
    }
    RSAPrivateCrtKey key = generate();
    OwnerOnly.write(path, pem(PRIVATE, key.getEncoded()));
    return key;
  }

  private static RSAPrivateCrtKey parse(Path path, String pem) {
    try {
      String base64 = pem.replaceAll("-----(BEGIN|END) " + PRIVATE + "-----", "");
      byte[] der = Base64.getMimeDecoder().decode(base64);
      KeyFactory factory = KeyFactory.getInstance("RSA");
      return (RSAPrivateCrtKey) factory.generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new StateException(path + " holds no RSA key", e);
    }
  }

  /** The public part as clients take it: {@code BEGIN RSA PUBLIC KEY}, PKCS #1. */
  public static String publicPem(RSAPrivateCrtKey key) {
    ByteArrayOutputStream numbers = new ByteArrayOutputStream();
    integer(numbers, key.getModulus());
    integer(numbers, key.getPublicExponent());
    ByteArrayOutputStream sequence = new ByteArrayOutputStream();
    element(sequence, 0x30, numbers.toByteArray());
    return pem(PUBLIC, sequence.toByteArray());
  }

  private static void integer(ByteArrayOutputStream out, BigInteger value) {
    element(out, 0x02, value.toByteArray());
  }

  /** A DER element: its tag, its length in the shortest form, its content (X.690). */
  private static void element(ByteArrayOutputStream out, int tag, byte[] content) {
    out.write(tag);
    int length = content.length;
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
    out.writeBytes(content);
  }

  private static String pem(String name, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + name + "-----\n" + base64 + "\n-----END " + name + "-----\n";
  }
}

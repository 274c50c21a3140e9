package dev.jobradar.mtproto.transport;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The secret of an MTProxy, as proxy links carry it: 16 bytes, or 17 of which the first, {@code
 * dd}, asks for the padded intermediate transport. Longer ones that begin with {@code ee} (TLS
 * emulation) are refused.
 */
public final class ProxySecret {
  private static final int KEY_SIZE = 16;

  private final byte[] key;
  private final boolean padded;

  private ProxySecret(byte[] key, boolean padded) {
    this.key = key;
    this.padded = padded;
  }

  /**
   * Reads a secret from its bytes.
   *
   * @throws IllegalArgumentException when it is none, or one for TLS emulation; no message shows it
   */
  public static ProxySecret of(byte[] secret) {
    if (secret.length > KEY_SIZE && secret[0] == (byte) 0xee) {
      throw new IllegalArgumentException(
          "MTProxy secrets that begin with ee (fake TLS) are not supported, use one with dd");
    }
    // Any byte in front asks for padding [mtproto/mtproto-transports#transport-obfuscation].
    return switch (secret.length) {
      case KEY_SIZE -> new ProxySecret(secret.clone(), false);
      case KEY_SIZE + 1 -> new ProxySecret(Arrays.copyOfRange(secret, 1, secret.length), true);
      default ->
          throw new IllegalArgumentException(
              "MTProxy secret: got " + secret.length + " bytes, expected 16 or 17");
    };
  }

  /**
   * Reads a secret as links and configurations spell it: hexadecimal or base64url.
   *
   * @throws IllegalArgumentException when it is none, or one for TLS emulation; no message shows it
   */
  public static ProxySecret parse(String text) {
    return of(bytes(text));
  }

  private static byte[] bytes(String text) {
    try {
      if (text.matches("([0-9a-fA-F]{2})+")) {
        return HexFormat.of().parseHex(text);
      }
      return Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_'));
    } catch (IllegalArgumentException hidesTheText) {
      throw new IllegalArgumentException("MTProxy secret: expected hexadecimal or base64");
    }
  }

  byte[] key() {
    return key.clone();
  }

  /** The transport that it asks for. */
  public Framing framing() {
    return padded ? Framing.PADDED_INTERMEDIATE : Framing.INTERMEDIATE;
  }

  @Override
  public String toString() {
    return "ProxySecret[" + framing() + "]";
  }
}

package dev.jobradar.mtproto.transport;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.crypto.AesCtr;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The 64 bytes that open an obfuscated connection, and the ciphers that follow from them
 * [mtproto/mtproto-transports#transport-obfuscation].
 *
 * @param wire the bytes as they are sent
 * @param framing the transport named in it
 * @param dc the data centre named in it, as a proxy reads it; without a proxy it means nothing
 * @param fromClient for what the client sends after the header
 * @param fromServer for what the server sends
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and gone once the header is sent
record ObfuscatedHeader(
    byte[] wire, Framing framing, int dc, AesCtr fromClient, AesCtr fromServer) {
  static final int SIZE = 64;

  private static final int KEY = 8;
  private static final int IV = 40;
  private static final int PROTOCOL = 56;
  private static final int DC = 60;

  /**
   * Makes a client's header.
   *
   * @param dc the data centre for a proxy, or null for random bytes in its place
   */
  static ObfuscatedHeader generate(
      Framing framing, @Nullable Short dc, @Nullable ProxySecret secret, RandomGenerator random) {
    byte[] clear = new byte[SIZE];
    ByteBuffer view = ByteBuffer.wrap(clear).order(ByteOrder.LITTLE_ENDIAN);
    do {
      random.nextBytes(clear);
    } while (looksLikeAnotherProtocol(view));
    view.putInt(PROTOCOL, framing.protocolId());
    if (dc != null) {
      view.putShort(DC, dc);
    }
    AesCtr fromClient = fromClient(clear, secret);
    byte[] wire = clear.clone();
    fromClient.apply(wire, 0, SIZE);
    System.arraycopy(clear, 0, wire, 0, PROTOCOL);
    return new ObfuscatedHeader(
        wire, framing, view.getShort(DC), fromClient, fromServer(clear, secret));
  }

  /**
   * Reads a client's header as the server.
   *
   * @throws ProtocolException when it names no known transport
   */
  static ObfuscatedHeader read(byte[] wire, @Nullable ProxySecret secret) {
    AesCtr fromClient = fromClient(wire, secret);
    byte[] clear = wire.clone();
    fromClient.apply(clear, 0, SIZE);
    ByteBuffer view = ByteBuffer.wrap(clear).order(ByteOrder.LITTLE_ENDIAN);
    Framing framing = Framing.ofProtocolId(view.getInt(PROTOCOL));
    if (framing == null) {
      throw new ProtocolException("the first 64 bytes are no known transport's");
    }
    return new ObfuscatedHeader(
        wire, framing, view.getShort(DC), fromClient, fromServer(wire, secret));
  }

  /** Whether a server could take these first bytes for those of another protocol. */
  private static boolean looksLikeAnotherProtocol(ByteBuffer header) {
    return header.get(0) == (byte) 0xef
        || FirstInt.of(header.getInt(0)) != FirstInt.OTHER
        || header.getInt(4) == 0;
  }

  private static AesCtr fromClient(byte[] header, @Nullable ProxySecret secret) {
    return cipher(header, secret);
  }

  private static AesCtr fromServer(byte[] header, @Nullable ProxySecret secret) {
    byte[] reversed = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      reversed[i] = header[SIZE - 1 - i];
    }
    return cipher(reversed, secret);
  }

  private static AesCtr cipher(byte[] header, @Nullable ProxySecret secret) {
    byte[] key = Arrays.copyOfRange(header, KEY, IV);
    return new AesCtr(
        secret == null ? key : sha256(key, secret.key()), Arrays.copyOfRange(header, IV, PROTOCOL));
  }

  private static byte[] sha256(byte[] first, byte[] second) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(first);
      return digest.digest(second);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

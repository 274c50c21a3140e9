package dev.jobradar.mtproto.transport;

import dev.jobradar.mtproto.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Finds out on the server how a client speaks, from its first 1, 4, 8 or 64 bytes. Used like a
 * {@link FrameDecoder}: fill {@link #wanted}, call {@link #advance}, until it returns something.
 * Never takes a byte more than it needs. Not safe for use by several threads at once.
 */
public final class TransportDetector {
  private final RandomGenerator random;
  private final int maxPayload;
  private final @Nullable ProxySecret secret;
  private final ByteBuffer first =
      ByteBuffer.allocate(ObfuscatedHeader.SIZE).order(ByteOrder.LITTLE_ENDIAN).limit(1);

  /**
   * How a client speaks.
   *
   * @param framing the envelope of its packets
   * @param obfuscated whether they are encrypted once more
   * @param dc what stands for a data centre in an obfuscated header: meant only for proxies
   * @param codec for the rest of the connection, from the server's side
   */
  public record Detected(Framing framing, boolean obfuscated, int dc, Codec codec) {}

  /**
   * @param random for padding
   * @param maxPayload the longest payload to take from the client, in bytes
   * @param secret what obfuscated clients must know, as at an MTProxy; null at a data centre
   */
  public TransportDetector(RandomGenerator random, int maxPayload, @Nullable ProxySecret secret) {
    this.random = random;
    this.maxPayload = maxPayload;
    this.secret = secret;
  }

  /** The buffer to read into next; it has room for at least one byte. */
  public ByteBuffer wanted() {
    return first;
  }

  /**
   * Takes note of what was put into the buffer.
   *
   * @return how the client speaks, or null when more bytes are needed
   * @throws ProtocolException when it speaks HTTP, TLS or nothing known
   */
  public @Nullable Detected advance() {
    if (first.hasRemaining()) {
      return null;
    }
    return switch (first.limit()) {
      case 1 -> first.get(0) == (byte) 0xef ? plain(Framing.ABRIDGED) : more(4);
      case 4 ->
          switch (FirstInt.of(first.getInt(0))) {
            case INTERMEDIATE -> plain(Framing.INTERMEDIATE);
            case PADDED_INTERMEDIATE -> plain(Framing.PADDED_INTERMEDIATE);
            case HTTP -> throw new ProtocolException("the client speaks HTTP, expected MTProto");
            case TLS -> throw new ProtocolException("the client speaks TLS, expected MTProto");
            case OTHER -> more(FullDecoder.HEADER);
          };
      // The full transport has no preamble; its first packet has the number 0.
      case FullDecoder.HEADER -> first.getInt(4) == 0 ? full() : more(ObfuscatedHeader.SIZE);
      default -> obfuscated();
    };
  }

  private @Nullable Detected more(int size) {
    first.limit(size);
    return null;
  }

  private Detected plain(Framing framing) {
    return detected(framing, framing.decoder(Side.CLIENT, maxPayload));
  }

  private Detected full() {
    FrameDecoder decoder = Framing.FULL.decoder(Side.CLIENT, maxPayload);
    decoder.wanted().put(first.flip());
    decoder.advance();
    return detected(Framing.FULL, decoder);
  }

  private Detected detected(Framing framing, FrameDecoder decoder) {
    return new Detected(
        framing, false, 0, new Codec(decoder, framing.encoder(Side.SERVER, random)));
  }

  private Detected obfuscated() {
    ObfuscatedHeader header = ObfuscatedHeader.read(first.array().clone(), secret);
    Framing framing = header.framing();
    Codec codec =
        new Codec(
            new ObfuscatedDecoder(framing.decoder(Side.CLIENT, maxPayload), header.fromClient()),
            new ObfuscatedEncoder(framing.encoder(Side.SERVER, random), header.fromServer()));
    return new Detected(framing, true, header.dc(), codec);
  }
}

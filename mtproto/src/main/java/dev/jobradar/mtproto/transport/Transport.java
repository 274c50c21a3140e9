package dev.jobradar.mtproto.transport;

import java.util.random.RandomGenerator;

/** A client's transport protocol. Immutable; {@link #open} gives a codec for each connection. */
public sealed interface Transport {

  /**
   * A codec for one connection, from the client's side.
   *
   * @param random for headers and padding; a {@link java.security.SecureRandom} outside of tests
   * @param maxPayload the longest payload to take from the server, in bytes
   */
  Codec open(RandomGenerator random, int maxPayload);

  /** A codec that takes payloads of up to {@link Framing#DEFAULT_MAX_PAYLOAD}. */
  default Codec open(RandomGenerator random) {
    return open(random, Framing.DEFAULT_MAX_PAYLOAD);
  }

  /**
   * The bare framing.
   *
   * @param framing the envelope
   */
  record Plain(Framing framing) implements Transport {
    @Override
    public Codec open(RandomGenerator random, int maxPayload) {
      return new Codec(
          framing.decoder(Side.SERVER, maxPayload),
          new PrefixedEncoder(framing.preamble(), framing.encoder(Side.CLIENT, random)));
    }
  }

  /**
   * Hidden from simple filters, straight to a data centre.
   *
   * @param framing the envelope inside; not {@link Framing#FULL}
   */
  record Obfuscated(Framing framing) implements Transport {
    /**
     * @throws IllegalArgumentException for the full transport
     */
    public Obfuscated {
      framing.protocolId();
    }

    @Override
    public Codec open(RandomGenerator random, int maxPayload) {
      return codec(ObfuscatedHeader.generate(framing, null, null, random), random, maxPayload);
    }
  }

  /**
   * Through an MTProxy.
   *
   * @param secret the proxy's secret, which also chooses the envelope
   * @param dc the data centre to be connected with: its number, plus 10,000 for a test data centre,
   *     negative for a media one
   */
  record Proxied(ProxySecret secret, short dc) implements Transport {
    @Override
    public Codec open(RandomGenerator random, int maxPayload) {
      return codec(
          ObfuscatedHeader.generate(secret.framing(), dc, secret, random), random, maxPayload);
    }
  }

  private static Codec codec(ObfuscatedHeader header, RandomGenerator random, int maxPayload) {
    Framing framing = header.framing();
    return new Codec(
        new ObfuscatedDecoder(framing.decoder(Side.SERVER, maxPayload), header.fromServer()),
        new PrefixedEncoder(
            header.wire(),
            new ObfuscatedEncoder(framing.encoder(Side.CLIENT, random), header.fromClient())));
  }
}

package dev.jobradar.mtproto.keyexchange;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.crypto.RsaPublicKey;
import dev.jobradar.mtproto.session.MessageIds;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's side of one key exchange, over one connection. {@link #start} gives the first packet;
 * each packet of the server's goes to {@link #receive}, until the key is made. After any exception
 * it cannot be used any more: close the connection and start over on a new one.
 *
 * <p>Not thread-safe.
 */
public final class ClientKeyExchange {
  private final MessageIds ids = new MessageIds();
  private final ClientStep.Context context;
  private @Nullable ClientStep step;

  /**
   * @param settings what kind of key, and with whom
   * @param random a cryptographically secure source
   */
  public ClientKeyExchange(Settings settings, SecureRandom random) {
    this.context = new ClientStep.Context(settings, random);
  }

  /**
   * What a client asks for.
   *
   * @param serverKeys the RSA keys that the server may prove itself with; at least one
   * @param dc the data centre that is being talked to
   * @param lifetime how long a temporary key is to live, whole seconds; null for a permanent one
   */
  public record Settings(
      List<RsaPublicKey> serverKeys, ExchangeDc dc, @Nullable Duration lifetime) {
    /** Copies the list. */
    public Settings {
      serverKeys = List.copyOf(serverKeys);
      if (serverKeys.isEmpty()) {
        throw new IllegalArgumentException("no RSA key to know the server by");
      }
      if (lifetime != null
          && (!lifetime.equals(lifetime.truncatedTo(ChronoUnit.SECONDS))
              || lifetime.toSeconds() < 1
              || lifetime.toSeconds() > Integer.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "a temporary key lives for 1 to 2^31-1 whole seconds, got " + lifetime);
      }
    }

    /** For a permanent key. */
    public static Settings permanent(List<RsaPublicKey> serverKeys, ExchangeDc dc) {
      return new Settings(serverKeys, dc, null);
    }

    /** For a temporary key, which is to be bound to a permanent one afterwards. */
    public static Settings temporary(
        List<RsaPublicKey> serverKeys, ExchangeDc dc, Duration lifetime) {
      return new Settings(serverKeys, dc, lifetime);
    }
  }

  /** What to do after a packet. */
  public sealed interface Outcome {
    /**
     * Send this packet and wait for the next.
     *
     * @param packet not copied
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Send(byte[] packet) implements Outcome {}

    /** The key is made. */
    record Done(KeyExchangeResult result) implements Outcome {}
  }

  /**
   * The first packet.
   *
   * @param now the local time, for the message's id
   * @throws IllegalStateException when it was asked for before
   */
  public byte[] start(long now) {
    if (step != null) {
      throw new IllegalStateException("a key exchange is started once");
    }
    ClientStep.AwaitingResPq first = ClientStep.start(context);
    step = first;
    return packet(first, now);
  }

  /**
   * Takes a packet from the server.
   *
   * @param now the local time
   * @throws ProtocolException when it breaks a rule, or the server says that the exchange failed
   * @throws IllegalStateException when no packet is expected
   */
  public Outcome receive(byte[] packet, long now) {
    if (!(step instanceof ClientStep.Waiting waiting)) {
      throw new IllegalStateException("no answer is expected");
    }
    // Should this fail, nothing is expected any more.
    step = new ClientStep.Failed();
    ClientStep next = waiting.receive(UnencryptedMessage.fromServer(packet), now);
    step = next;
    return switch (next) {
      case ClientStep.Waiting further -> new Outcome.Send(packet(further, now));
      case ClientStep.Finished(KeyExchangeResult result) -> new Outcome.Done(result);
      case ClientStep.Failed() -> throw new IllegalStateException("steps fail by exceptions");
    };
  }

  private byte[] packet(ClientStep.Waiting waiting, long now) {
    return UnencryptedMessage.write(ids.next(now, MessageIds.Kind.CLIENT), waiting.query());
  }
}

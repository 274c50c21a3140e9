package dev.jobradar.mtproto.keyexchange;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.mtproto.crypto.RsaPrivateKey;
import dev.jobradar.mtproto.session.MessageIds;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.TlObject;
import dev.jobradar.tl.mtproto.MtprotoSchema;
import dev.jobradar.tl.mtproto.method.ReqDHParams;
import dev.jobradar.tl.mtproto.method.ReqPq;
import dev.jobradar.tl.mtproto.method.ReqPqMulti;
import dev.jobradar.tl.mtproto.method.SetClientDHParams;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A server's side of the key exchanges of one connection, one after another. Each packet without
 * encryption goes to {@link #receive}, which never throws for what a client did: it says what to
 * send.
 *
 * <p>A query that is repeated exactly is answered as before. One that breaks a rule ends the
 * exchange; the next req_pq_multi begins another, here as at any time. An exchange is forgotten 10
 * minutes after its beginning (core.telegram.org/mtproto/auth_key, "Error Handling").
 *
 * <p>Not thread-safe.
 */
public final class ServerKeyExchange {
  private final MessageIds ids = new MessageIds();
  private final Settings settings;
  private final SecureRandom random;
  private ServerStep step = new ServerStep.Idle();
  private @Nullable Exchange last;

  /**
   * @param random a cryptographically secure source
   */
  public ServerKeyExchange(Settings settings, SecureRandom random) {
    this.settings = settings;
    this.random = random;
  }

  /**
   * What a server is.
   *
   * @param keys its RSA keys, in the order in which they are offered; at least one
   * @param dcs the data centres that this server serves: a client that names another gets −444. One
   *     that stands for both environments, or serves media as well, lists each
   * @param keyIdTaken whether an authorisation key with this id exists already; asked at the end
   */
  public record Settings(List<RsaPrivateKey> keys, Set<ExchangeDc> dcs, LongPredicate keyIdTaken) {
    /** Copies list and set. */
    public Settings {
      keys = List.copyOf(keys);
      dcs = Set.copyOf(dcs);
      if (keys.isEmpty() || dcs.isEmpty()) {
        throw new IllegalArgumentException("a server has an RSA key and is some data centre");
      }
    }
  }

  /** What to do after a packet. */
  public sealed interface Outcome {
    /**
     * Send this packet.
     *
     * @param packet not copied
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Reply(byte[] packet) implements Outcome {}

    /**
     * A key is made: remember it, then send this packet.
     *
     * @param packet not copied
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Made(byte[] packet, ServerKeyExchangeResult key) implements Outcome {}

    /**
     * Send this transport error; the exchange is over.
     *
     * @param code 404 or 444, sent as its negative
     * @param reason which rule was broken, for the log: no secrets
     */
    record Refuse(int code, String reason) implements Outcome {}
  }

  /**
   * Takes a packet from the client.
   *
   * @param packet one that begins with a key id of zero ({@link UnencryptedMessage#isUnencrypted})
   * @param now the server's time
   */
  public Outcome receive(byte[] packet, long now) {
    try {
      TlMethod<?> query =
          UnencryptedMessage.fromClient(packet).read("query", MtprotoSchema::readMethod);
      if (last != null && last.query.equals(query)) {
        return new Outcome.Reply(packet(last.answer, now));
      }
      return advance(query, now);
    } catch (ProtocolException e) {
      return refuse(TransportException.AUTH_KEY_NOT_FOUND, e);
    } catch (ServerStep.WrongDcException e) {
      return refuse(TransportException.INVALID_DC, e);
    }
  }

  private Outcome advance(TlMethod<?> query, long now) {
    ServerStep.Reaction reaction =
        switch (query) {
          case ReqPqMulti begin -> ServerStep.begin(settings, random, begin.nonce(), now);
          case ReqPq begin -> ServerStep.begin(settings, random, begin.nonce(), now);
          case ReqDHParams params -> step.receive(params, now);
          case SetClientDHParams params -> step.receive(params, now);
          default ->
              throw new ProtocolException(
                  "expected a query of a key exchange, got "
                      + MtprotoSchema.nameOf(query.constructorId()));
        };
    step = reaction.next();
    last = new Exchange(query, reaction.answer());
    byte[] packet = packet(reaction.answer(), now);
    ServerKeyExchangeResult made = reaction.made();
    return made == null ? new Outcome.Reply(packet) : new Outcome.Made(packet, made);
  }

  private Outcome refuse(int code, RuntimeException reason) {
    step = new ServerStep.Idle();
    last = null;
    return new Outcome.Refuse(code, String.valueOf(reason.getMessage()));
  }

  private byte[] packet(TlObject answer, long now) {
    return UnencryptedMessage.write(ids.next(now, MessageIds.Kind.SERVER_REPLY), answer);
  }

  /** The last query and its answer, to be repeated. */
  private record Exchange(TlMethod<?> query, TlObject answer) {}
}

package dev.jobradar.mtproto.session;

import dev.jobradar.mtproto.crypto.RsaPrivateKey;
import dev.jobradar.mtproto.crypto.RsaPublicKey;
import dev.jobradar.mtproto.keyexchange.ExchangeDc;
import dev.jobradar.mtproto.keyexchange.ServerKeyExchange;
import dev.jobradar.mtproto.keyexchange.ServerKeyExchange.Outcome;
import dev.jobradar.mtproto.session.HostileServer.Reply;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A server that answers key exchanges at random with whatever keeps a client from its key. */
final class HostileKeyExchange {
  /** What a server does with a packet of a key exchange. */
  enum Reaction {
    /** What it should. */
    EXCHANGE,
    /** {@code dh_gen_retry} for ever: each key exists already. */
    TAKEN,
    /** A byte of the answer is another one: nonces, hashes, {@code pq}, constructors. */
    GARBLED,
    /** The answer ends early. */
    CUT_SHORT,
    DENY,
    WRONG_DC,
    TOO_MANY,
    SILENCE,
    HANG_UP
  }

  static final ExchangeDc DC = ExchangeDc.production(2);
  private static final RsaPrivateKey RSA = RsaPrivateKey.generate(new SecureRandom());

  private final Random draw;
  private final List<Reaction> reactions;
  private final SecureRandom random = new SecureRandom();
  private ServerKeyExchange honest = exchange(false);
  private ServerKeyExchange taken = exchange(true);
  private boolean usesTaken;

  HostileKeyExchange(Random draw, List<Reaction> reactions) {
    this.draw = draw;
    this.reactions = List.copyOf(reactions);
  }

  static List<RsaPublicKey> serverKeys() {
    return List.of(RSA.publicKey());
  }

  private ServerKeyExchange exchange(boolean keysAreTaken) {
    return new ServerKeyExchange(
        new ServerKeyExchange.Settings(List.of(RSA), Set.of(DC), id -> keysAreTaken), random);
  }

  /** A new connection. */
  void connected() {
    honest = exchange(false);
    taken = exchange(true);
    usesTaken = reactions.contains(Reaction.TAKEN);
  }

  /** What it says, null for nothing. */
  @Nullable Reply react(byte[] packet, long now) {
    return switch (reactions.get(draw.nextInt(reactions.size()))) {
      case EXCHANGE, TAKEN -> answer(packet, now);
      case GARBLED -> {
        Reply reply = answer(packet, now);
        if (reply instanceof Reply.Packet(byte[] bytes) && bytes.length > 20) {
          bytes[20 + draw.nextInt(bytes.length - 20)] ^= (byte) (1 + draw.nextInt(255));
        }
        yield reply;
      }
      case CUT_SHORT -> {
        Reply reply = answer(packet, now);
        yield reply instanceof Reply.Packet(byte[] bytes)
            ? new Reply.Packet(java.util.Arrays.copyOf(bytes, draw.nextInt(bytes.length)))
            : reply;
      }
      case DENY -> new Reply.TransportError(404);
      case WRONG_DC -> new Reply.TransportError(444);
      case TOO_MANY -> new Reply.TransportError(429);
      case SILENCE -> null;
      case HANG_UP -> new Reply.Closed();
    };
  }

  private Reply answer(byte[] packet, long now) {
    return switch ((usesTaken ? taken : honest).receive(packet, now)) {
      case Outcome.Reply(byte[] bytes) -> new Reply.Packet(bytes);
      case Outcome.Made(byte[] bytes, var key) -> new Reply.Packet(bytes);
      case Outcome.Refuse(int code, String reason) -> new Reply.TransportError(code);
    };
  }
}

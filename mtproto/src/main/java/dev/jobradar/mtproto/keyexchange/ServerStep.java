package dev.jobradar.mtproto.keyexchange;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.crypto.BigEndian;
import dev.jobradar.mtproto.crypto.DhGroup;
import dev.jobradar.mtproto.crypto.DhSecret;
import dev.jobradar.mtproto.crypto.Hashes;
import dev.jobradar.mtproto.crypto.PrimeFactors;
import dev.jobradar.mtproto.crypto.RsaPad;
import dev.jobradar.mtproto.crypto.RsaPrivateKey;
import dev.jobradar.mtproto.keyexchange.Nonces.Answer;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.Int128;
import dev.jobradar.tl.TlException;
import dev.jobradar.tl.TlObject;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.mtproto.ClientDHInnerData;
import dev.jobradar.tl.mtproto.DhGenFail;
import dev.jobradar.tl.mtproto.DhGenOk;
import dev.jobradar.tl.mtproto.DhGenRetry;
import dev.jobradar.tl.mtproto.PQInnerData;
import dev.jobradar.tl.mtproto.PQInnerDataDc;
import dev.jobradar.tl.mtproto.PQInnerDataTemp;
import dev.jobradar.tl.mtproto.PQInnerDataTempDc;
import dev.jobradar.tl.mtproto.ResPQ;
import dev.jobradar.tl.mtproto.ServerDHInnerData;
import dev.jobradar.tl.mtproto.ServerDHParamsOk;
import dev.jobradar.tl.mtproto.TypePQInnerData;
import dev.jobradar.tl.mtproto.method.ReqDHParams;
import dev.jobradar.tl.mtproto.method.SetClientDHParams;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a server stands in a key exchange: a value with just what is known by then. A step takes a
 * query and gives its answer and the next step, or throws {@link ProtocolException} (or {@link
 * WrongDcException}), upon which the exchange is over.
 */
sealed interface ServerStep {
  /** How many secrets a client may draw because its key's id is taken. */
  int MAX_ATTEMPTS = 5;

  /** How long an exchange is remembered, from its first query on. */
  Duration LIFETIME = Duration.ofMinutes(10);

  /**
   * What a query brings about.
   *
   * @param made the key, when this was the last step
   */
  record Reaction(ServerStep next, TlObject answer, @Nullable ServerKeyExchangeResult made) {}

  /** What stays the same throughout one exchange. */
  record Context(ServerKeyExchange.Settings settings, SecureRandom random, long begun) {
    void checkAge(long now) {
      if (now - begun > LIFETIME.toMillis()) {
        throw new ProtocolException("the exchange began more than 10 minutes ago");
      }
    }
  }

  /** The client means another data centre than this. */
  final class WrongDcException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongDcException(ExchangeDc got) {
      super("dc: the client means " + got);
    }
  }

  /** Begins an exchange: steps 1 and 2. */
  static Reaction begin(
      ServerKeyExchange.Settings settings, SecureRandom random, Int128 nonce, long now) {
    byte[] serverNonce = new byte[Int128.SIZE];
    random.nextBytes(serverNonce);
    AwaitingReqDhParams next =
        new AwaitingReqDhParams(
            new Context(settings, random, now),
            nonce,
            Int128.of(serverNonce),
            PrimeFactors.generate(random));
    ResPQ answer =
        new ResPQ(
            nonce,
            next.serverNonce,
            Bytes.of(BigEndian.writeShortest(next.factors.product())),
            settings.keys().stream().map(key -> key.publicKey().fingerprint()).toList());
    return new Reaction(next, answer, null);
  }

  /** Takes step 5. */
  default Reaction receive(ReqDHParams query, long now) {
    throw new ProtocolException("req_DH_params: not expected now");
  }

  /** Takes step 7. */
  default Reaction receive(SetClientDHParams query, long now) {
    throw new ProtocolException("set_client_DH_params: not expected now");
  }

  /** No exchange is under way. */
  record Idle() implements ServerStep {}

  /** Step 2 was answered; step 5 is awaited. */
  record AwaitingReqDhParams(
      Context context, Int128 nonce, Int128 serverNonce, PrimeFactors factors)
      implements ServerStep {
    @Override
    public Reaction receive(ReqDHParams query, long now) {
      context.checkAge(now);
      Nonces.check("req_DH_params", nonce, serverNonce, query.nonce(), query.serverNonce());
      checkNumber("req_DH_params: p", factors.p(), query.p());
      checkNumber("req_DH_params: q", factors.q(), query.q());
      TypePQInnerData inner =
          decrypt(query.encryptedData().toByteArray(), key(query.publicKeyFingerprint()));
      Nonces.check("p_q_inner_data", nonce, serverNonce, inner.nonce(), inner.serverNonce());
      checkNumber("p_q_inner_data: pq", factors.product(), inner.pq());
      checkNumber("p_q_inner_data: p", factors.p(), inner.p());
      checkNumber("p_q_inner_data: q", factors.q(), inner.q());
      Duration lifetime = checkKind(inner);

      Nonces nonces = new Nonces(nonce, serverNonce, inner.newNonce());
      DhSecret secret = DhGroup.TELEGRAM.newSecret(context.random);
      ServerDHInnerData answer =
          new ServerDHInnerData(
              nonce,
              serverNonce,
              DhGroup.TELEGRAM.generator(),
              Bytes.of(BigEndian.write(DhGroup.TELEGRAM.prime(), DhGroup.SIZE)),
              Bytes.of(secret.publicBytes()),
              (int) Math.floorDiv(now, 1000L));
      byte[] encrypted = HashedData.encrypt(answer, nonces.aesKeyIv(), context.random);
      return new Reaction(
          new AwaitingClientDhParams(context, nonces, lifetime, secret, 0, 1),
          new ServerDHParamsOk(nonce, serverNonce, Bytes.of(encrypted)),
          null);
    }

    private RsaPrivateKey key(long fingerprint) {
      for (RsaPrivateKey key : context.settings.keys()) {
        if (key.publicKey().fingerprint() == fingerprint) {
          return key;
        }
      }
      throw new ProtocolException(
          "req_DH_params: no RSA key here has the fingerprint that was chosen");
    }

    private static TypePQInnerData decrypt(byte[] encrypted, RsaPrivateKey key) {
      byte[] padded;
      try {
        padded = RsaPad.decrypt(encrypted, key);
      } catch (ProtocolException e) {
        return decryptOlder(encrypted, key, e);
      }
      try {
        return TypePQInnerData.readFrom(new TlReader(padded));
      } catch (TlException e) {
        throw new ProtocolException("p_q_inner_data: " + e.getMessage(), e);
      }
    }

    /** Telethon encrypts as it was done before RSA_PAD. */
    private static TypePQInnerData decryptOlder(
        byte[] encrypted, RsaPrivateKey key, ProtocolException noRsaPad) {
      try {
        byte[] hashed = RsaPad.decryptOlder(encrypted, key);
        return HashedData.verify(
            "p_q_inner_data", hashed, hashed.length - Hashes.SHA1_SIZE, TypePQInnerData::readFrom);
      } catch (ProtocolException e) {
        noRsaPad.addSuppressed(e);
        throw noRsaPad;
      }
    }

    /** Checks the data centre where it is named; GramJS sends the older form, without it. */
    private @Nullable Duration checkKind(TypePQInnerData inner) {
      return switch (inner) {
        case PQInnerDataDc permanent -> {
          checkDc(permanent.dc());
          yield null;
        }
        case PQInnerDataTempDc temporary -> {
          checkDc(temporary.dc());
          yield lifetime(temporary.expiresIn());
        }
        case PQInnerData permanent -> null;
        case PQInnerDataTemp temporary -> lifetime(temporary.expiresIn());
      };
    }

    private void checkDc(int wireValue) {
      ExchangeDc dc = ExchangeDc.ofWireValue(wireValue);
      if (!context.settings.dcs().contains(dc)) {
        throw new WrongDcException(dc);
      }
    }

    private static Duration lifetime(int expiresIn) {
      if (expiresIn <= 0) {
        throw new ProtocolException(
            "p_q_inner_data: expected expires_in above 0, got " + expiresIn);
      }
      return Duration.ofSeconds(expiresIn);
    }

    private static void checkNumber(String name, long expected, Bytes got) {
      if (!BigEndian.read(got.toByteArray()).equals(BigInteger.valueOf(expected))) {
        throw new ProtocolException(name + ": expected " + expected + ", got another number");
      }
    }
  }

  /**
   * Step 6 was answered; step 7 is awaited.
   *
   * @param lifetime of a temporary key, else null
   * @param secret a
   * @param retryId what the client is to repeat: auth_key_aux_hash of the last attempt, 0 at first
   * @param attempt which attempt of the client's is awaited, from 1
   */
  record AwaitingClientDhParams(
      Context context,
      Nonces nonces,
      @Nullable Duration lifetime,
      DhSecret secret,
      long retryId,
      int attempt)
      implements ServerStep {
    @Override
    public Reaction receive(SetClientDHParams query, long now) {
      context.checkAge(now);
      nonces.check("set_client_DH_params", query.nonce(), query.serverNonce());
      ClientDHInnerData inner =
          HashedData.decrypt(
              "client_DH_inner_data",
              query.encryptedData().toByteArray(),
              nonces.aesKeyIv(),
              ClientDHInnerData::readFrom);
      nonces.check("client_DH_inner_data", inner.nonce(), inner.serverNonce());
      if (inner.retryId() != retryId) {
        throw new ProtocolException(
            "client_DH_inner_data: retry_id is not that of attempt " + attempt);
      }
      AuthKey key = secret.agree("g_b", BigEndian.read(inner.gB().toByteArray()));
      // An id of zero means "not encrypted": no key may have it.
      if (key.id() == 0 || context.settings.keyIdTaken().test(key.id())) {
        return refuse(key);
      }
      return new Reaction(
          new Idle(),
          new DhGenOk(nonces.nonce(), nonces.serverNonce(), nonces.hash(Answer.OK, key)),
          new ServerKeyExchangeResult(key, nonces.firstSalt(), lifetime));
    }

    private Reaction refuse(AuthKey key) {
      if (attempt >= MAX_ATTEMPTS) {
        return new Reaction(
            new Idle(),
            new DhGenFail(nonces.nonce(), nonces.serverNonce(), nonces.hash(Answer.FAIL, key)),
            null);
      }
      return new Reaction(
          new AwaitingClientDhParams(context, nonces, lifetime, secret, key.auxHash(), attempt + 1),
          new DhGenRetry(nonces.nonce(), nonces.serverNonce(), nonces.hash(Answer.RETRY, key)),
          null);
    }
  }
}

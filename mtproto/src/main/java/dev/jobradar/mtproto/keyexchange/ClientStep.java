package dev.jobradar.mtproto.keyexchange;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.crypto.BigEndian;
import dev.jobradar.mtproto.crypto.DhGroup;
import dev.jobradar.mtproto.crypto.DhSecret;
import dev.jobradar.mtproto.crypto.PrimeFactors;
import dev.jobradar.mtproto.crypto.RsaPad;
import dev.jobradar.mtproto.crypto.RsaPublicKey;
import dev.jobradar.mtproto.keyexchange.Nonces.Answer;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.Int128;
import dev.jobradar.tl.Int256;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.mtproto.ClientDHInnerData;
import dev.jobradar.tl.mtproto.DhGenFail;
import dev.jobradar.tl.mtproto.DhGenOk;
import dev.jobradar.tl.mtproto.DhGenRetry;
import dev.jobradar.tl.mtproto.PQInnerDataDc;
import dev.jobradar.tl.mtproto.PQInnerDataTempDc;
import dev.jobradar.tl.mtproto.ResPQ;
import dev.jobradar.tl.mtproto.ServerDHInnerData;
import dev.jobradar.tl.mtproto.ServerDHParamsFail;
import dev.jobradar.tl.mtproto.ServerDHParamsOk;
import dev.jobradar.tl.mtproto.TypePQInnerData;
import dev.jobradar.tl.mtproto.method.ReqDHParams;
import dev.jobradar.tl.mtproto.method.ReqPqMulti;
import dev.jobradar.tl.mtproto.method.SetClientDHParams;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/**
 * Where a client stands in a key exchange: a value with just what is known by then. A step takes
 * the server's answer and gives the next step, or throws {@link ProtocolException}.
 */
sealed interface ClientStep {
  /** How often a client draws another secret because the server says that its key exists. */
  int MAX_ATTEMPTS = 5;

  /** What stays the same throughout. */
  record Context(ClientKeyExchange.Settings settings, SecureRandom random) {
    Int128 randomInt128() {
      return Int128.of(randomBytes(Int128.SIZE));
    }

    Int256 randomInt256() {
      return Int256.of(randomBytes(Int256.SIZE));
    }

    private byte[] randomBytes(int size) {
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      return bytes;
    }
  }

  /** The step that every exchange begins with. */
  static AwaitingResPq start(Context context) {
    return new AwaitingResPq(context, context.randomInt128());
  }

  /** A step that has a query to send, and an answer to wait for. */
  sealed interface Waiting extends ClientStep {
    TlMethod<?> query();

    ClientStep receive(UnencryptedMessage answer, long now);
  }

  /** Step 1 is sent; step 2 is awaited. */
  record AwaitingResPq(Context context, Int128 nonce) implements Waiting {
    @Override
    public ReqPqMulti query() {
      return new ReqPqMulti(nonce);
    }

    @Override
    public ClientStep receive(UnencryptedMessage answer, long now) {
      ResPQ resPq = answer.read("resPQ", query()::readResult);
      if (!nonce.equals(resPq.nonce())) {
        throw new ProtocolException("resPQ: expected nonce " + nonce + ", got " + resPq.nonce());
      }
      RsaPublicKey key = chooseKey(resPq.serverPublicKeyFingerprints());
      PrimeFactors factors = PrimeFactors.of(readPq(resPq.pq()));
      Bytes p = Bytes.of(BigEndian.writeShortest(factors.p()));
      Bytes q = Bytes.of(BigEndian.writeShortest(factors.q()));
      Nonces nonces = new Nonces(nonce, resPq.serverNonce(), context.randomInt256());
      TypePQInnerData inner = innerData(resPq.pq(), p, q, nonces);
      byte[] encrypted = RsaPad.encrypt(inner.toByteArray(), key, context.random());
      return new AwaitingDhParams(
          context,
          nonces,
          new ReqDHParams(
              nonce, nonces.serverNonce(), p, q, key.fingerprint(), Bytes.of(encrypted)));
    }

    private RsaPublicKey chooseKey(List<Long> fingerprints) {
      for (long fingerprint : fingerprints) {
        for (RsaPublicKey key : context.settings.serverKeys()) {
          if (key.fingerprint() == fingerprint) {
            return key;
          }
        }
      }
      throw new ProtocolException(
          "resPQ: the server has the RSA keys "
              + fingerprints.stream().map(RsaPublicKey::format).toList()
              + ", expected one of "
              + context.settings.serverKeys().stream()
                  .map(key -> RsaPublicKey.format(key.fingerprint()))
                  .toList());
    }

    private static long readPq(Bytes pq) {
      BigInteger number = BigEndian.read(pq.toByteArray());
      if (number.bitLength() > 63) {
        throw new ProtocolException("pq: expected at most 63 bits, got " + number.bitLength());
      }
      return number.longValueExact();
    }

    private TypePQInnerData innerData(Bytes pq, Bytes p, Bytes q, Nonces nonces) {
      int dc = context.settings.dc().wireValue();
      Duration lifetime = context.settings.lifetime();
      return lifetime == null
          ? new PQInnerDataDc(pq, p, q, nonce, nonces.serverNonce(), nonces.newNonce(), dc)
          : new PQInnerDataTempDc(
              pq,
              p,
              q,
              nonce,
              nonces.serverNonce(),
              nonces.newNonce(),
              dc,
              Math.toIntExact(lifetime.toSeconds()));
    }
  }

  /** Step 5 is sent; step 6 is awaited. */
  record AwaitingDhParams(Context context, Nonces nonces, ReqDHParams query) implements Waiting {
    @Override
    public ClientStep receive(UnencryptedMessage answer, long now) {
      return switch (answer.read("server_DH_params", query::readResult)) {
        case ServerDHParamsOk ok -> receive(ok, now);
        case ServerDHParamsFail fail -> throw failure(fail);
      };
    }

    private ClientStep receive(ServerDHParamsOk ok, long now) {
      nonces.check("server_DH_params_ok", ok.nonce(), ok.serverNonce());
      ServerDHInnerData inner =
          HashedData.decrypt(
              "server_DH_inner_data",
              ok.encryptedAnswer().toByteArray(),
              nonces.aesKeyIv(),
              ServerDHInnerData::readFrom);
      nonces.check("server_DH_inner_data", inner.nonce(), inner.serverNonce());
      DhGroup group =
          DhGroup.verify(
              BigEndian.read(inner.dhPrime().toByteArray()), inner.g(), context.random());
      BigInteger gA = BigEndian.read(inner.gA().toByteArray());
      long serverTime = Duration.ofSeconds(Integer.toUnsignedLong(inner.serverTime())).toMillis();
      return AwaitingDhGen.attempt(
          new Agreement(context, nonces, group, gA, serverTime - now), 1, 0);
    }

    private ProtocolException failure(ServerDHParamsFail fail) {
      nonces.check("server_DH_params_fail", fail.nonce(), fail.serverNonce());
      if (!nonces.hash().equals(fail.newNonceHash())) {
        return new ProtocolException("server_DH_params_fail: its new_nonce_hash does not match");
      }
      return new ProtocolException("server_DH_params_fail: the server refused the exchange");
    }
  }

  /**
   * What both sides have agreed on before the client draws its secret.
   *
   * @param gA the server's public value
   * @param timeOffset the server's time minus the local time, in milliseconds
   */
  record Agreement(Context context, Nonces nonces, DhGroup group, BigInteger gA, long timeOffset) {}

  /**
   * Step 7 is sent; step 9 is awaited.
   *
   * @param key the key, should the server accept it
   * @param attempt how many secrets were drawn, this one included
   */
  record AwaitingDhGen(Agreement agreement, AuthKey key, int attempt, SetClientDHParams query)
      implements Waiting {
    static AwaitingDhGen attempt(Agreement agreement, int attempt, long retryId) {
      Nonces nonces = agreement.nonces;
      SecureRandom random = agreement.context.random();
      DhSecret secret = agreement.group.newSecret(random);
      AuthKey key = secret.agree("g_a", agreement.gA);
      byte[] encrypted =
          HashedData.encrypt(
              new ClientDHInnerData(
                  nonces.nonce(), nonces.serverNonce(), retryId, Bytes.of(secret.publicBytes())),
              nonces.aesKeyIv(),
              random);
      return new AwaitingDhGen(
          agreement,
          key,
          attempt,
          new SetClientDHParams(nonces.nonce(), nonces.serverNonce(), Bytes.of(encrypted)));
    }

    @Override
    public ClientStep receive(UnencryptedMessage answer, long now) {
      return switch (answer.read("set_client_DH_params_answer", query::readResult)) {
        case DhGenOk(Int128 nonce, Int128 serverNonce, Int128 hash) -> {
          check(Answer.OK, nonce, serverNonce, hash);
          yield new Finished(
              new KeyExchangeResult(key, agreement.nonces.firstSalt(), agreement.timeOffset));
        }
        case DhGenRetry(Int128 nonce, Int128 serverNonce, Int128 hash) -> {
          check(Answer.RETRY, nonce, serverNonce, hash);
          if (attempt >= MAX_ATTEMPTS) {
            throw new ProtocolException(
                "dh_gen_retry: the server refused " + attempt + " keys, expected one to do");
          }
          yield attempt(agreement, attempt + 1, key.auxHash());
        }
        case DhGenFail(Int128 nonce, Int128 serverNonce, Int128 hash) -> {
          check(Answer.FAIL, nonce, serverNonce, hash);
          throw new ProtocolException("dh_gen_fail: the server gave the exchange up");
        }
      };
    }

    private void check(Answer answer, Int128 nonce, Int128 serverNonce, Int128 hash) {
      String name =
          switch (answer) {
            case OK -> "dh_gen_ok";
            case RETRY -> "dh_gen_retry";
            case FAIL -> "dh_gen_fail";
          };
      agreement.nonces.check(name, nonce, serverNonce);
      if (!agreement.nonces.hash(answer, key).equals(hash)) {
        throw new ProtocolException(name + ": its new_nonce_hash does not match");
      }
    }
  }

  /** The key is made. */
  record Finished(KeyExchangeResult result) implements ClientStep {}

  /** An answer broke a rule. */
  record Failed() implements ClientStep {}
}

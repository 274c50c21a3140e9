package dev.jobradar.mtproto.keyexchange;

import dev.jobradar.mtproto.crypto.AesIge;
import dev.jobradar.mtproto.crypto.AesKeyIv;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.crypto.BigEndian;
import dev.jobradar.mtproto.crypto.Hashes;
import dev.jobradar.mtproto.crypto.PrimeFactors;
import dev.jobradar.mtproto.crypto.RsaPublicKey;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.Int128;
import dev.jobradar.tl.Int256;
import dev.jobradar.tl.TlObject;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.mtproto.ClientDHInnerData;
import dev.jobradar.tl.mtproto.PQInnerDataDc;
import dev.jobradar.tl.mtproto.ResPQ;
import dev.jobradar.tl.mtproto.ServerDHInnerData;
import dev.jobradar.tl.mtproto.ServerDHParamsOk;
import dev.jobradar.tl.mtproto.method.ReqDHParams;
import dev.jobradar.tl.mtproto.method.ReqPqMulti;
import dev.jobradar.tl.mtproto.method.SetClientDHParams;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A client that keeps every rule but the one that a test changes: each field is a place where its
 * queries can be altered, and what depends on the alteration is computed after it. It has an
 * RSA_PAD of its own.
 */
final class FakeClient {
  private static final SecureRandom RANDOM = FakeServer.RANDOM;

  final Int128 nonce = Int128.random(RANDOM);
  final Int256 newNonce = Int256.random(RANDOM);

  /** p_q_inner_data, before it is encrypted. */
  UnaryOperator<TlObject> inner = UnaryOperator.identity();

  /** Reversed data and hash, before AES within RSA_PAD. */
  UnaryOperator<byte[]> rsaPadded = UnaryOperator.identity();

  /** In place of RSA_PAD: 256 bytes for RSA. */
  @Nullable UnaryOperator<byte[]> otherPadding;

  UnaryOperator<byte[]> encryptedData = UnaryOperator.identity();
  UnaryOperator<ReqDHParams> reqDhParams = UnaryOperator.identity();
  @Nullable BigInteger gB;
  long retryId;

  /** client_DH_inner_data, before it is hashed. */
  UnaryOperator<TlObject> dhInner = UnaryOperator.identity();

  /** SHA1 + data + padding, before it is encrypted. */
  UnaryOperator<byte[]> hashed = UnaryOperator.identity();

  UnaryOperator<byte[]> encryptedDh = UnaryOperator.identity();
  UnaryOperator<SetClientDHParams> setClientDhParams = UnaryOperator.identity();

  /** What goes over the wire, by the number of the query from 1. */
  FakeServer.PacketChange packet = (number, bytes) -> bytes;

  private @Nullable ResPQ resPq;
  private @Nullable ServerDHInnerData serverInner;
  private @Nullable AuthKey key;

  private int queries;
  private long lastMessageId = 0x6000_0000_0000_0000L;

  byte[] reqPqMulti() {
    return send(new ReqPqMulti(nonce));
  }

  byte[] reqDhParams(byte[] answer) {
    resPq = ResPQ.readFrom(body(answer));
    PrimeFactors factors =
        PrimeFactors.of(BigEndian.read(resPq.pq().toByteArray()).longValueExact());
    Bytes p = Bytes.of(BigEndian.writeShortest(factors.p()));
    Bytes q = Bytes.of(BigEndian.writeShortest(factors.q()));
    TlObject data =
        inner.apply(new PQInnerDataDc(resPq.pq(), p, q, nonce, resPq.serverNonce(), newNonce, 2));
    RsaPublicKey rsa = FakeServer.RSA.publicKey();
    byte[] number =
        otherPadding == null
            ? rsaPad(data.toByteArray(), rsa)
            : otherPadding.apply(data.toByteArray());
    byte[] encrypted =
        BigEndian.write(BigEndian.read(number).modPow(rsa.exponent(), rsa.modulus()), 256);
    return send(
        reqDhParams.apply(
            new ReqDHParams(
                nonce,
                resPq.serverNonce(),
                p,
                q,
                rsa.fingerprint(),
                Bytes.of(encryptedData.apply(encrypted)))));
  }

  byte[] setClientDhParams(byte[] answer) {
    ServerDHParamsOk ok = ServerDHParamsOk.readFields(afterId(answer));
    byte[] data = ok.encryptedAnswer().toByteArray();
    aes().decrypt(data, 0, data.length);
    TlReader reader = new TlReader(data);
    reader.readRawBytes(20);
    serverInner = ServerDHInnerData.readFrom(reader);
    return setClientDhParams();
  }

  /** Once more with another secret. */
  byte[] setClientDhParams() {
    ServerDHInnerData server = serverInner();
    BigInteger prime = BigEndian.read(server.dhPrime().toByteArray());
    BigInteger secret = new BigInteger(2048, RANDOM);
    BigInteger publicValue = gB != null ? gB : BigInteger.valueOf(server.g()).modPow(secret, prime);
    BigInteger shared = BigEndian.read(server.gA().toByteArray()).modPow(secret, prime);
    key = new AuthKey(BigEndian.write(shared, 256));
    TlObject answer =
        dhInner.apply(
            new ClientDHInnerData(
                nonce, serverNonce(), retryId, Bytes.of(FakeServer.unsigned(publicValue))));
    byte[] data = hashed.apply(FakeServer.hashed(answer.toByteArray()));
    aes().encrypt(data, 0, data.length);
    return send(
        setClientDhParams.apply(
            new SetClientDHParams(nonce, serverNonce(), Bytes.of(encryptedDh.apply(data)))));
  }

  byte[] send(TlObject query) {
    byte[] body = query.toByteArray();
    queries++;
    lastMessageId += 4;
    return packet.change(queries, FakeServer.packet(0, lastMessageId, body.length, body));
  }

  AuthKey key() {
    return Objects.requireNonNull(key);
  }

  /** What the server sent within server_DH_params_ok. */
  ServerDHInnerData serverInner() {
    return Objects.requireNonNull(serverInner);
  }

  Int128 serverNonce() {
    return Objects.requireNonNull(resPq).serverNonce();
  }

  /** new_nonce_hash1, 2 or 3. */
  Int128 hash(int number) {
    byte[] keyHash = Hashes.sha1(key().toByteArray());
    byte[] hash =
        Hashes.sha1(newNonce.toByteArray(), new byte[] {(byte) number}, Arrays.copyOf(keyHash, 8));
    return Int128.of(Arrays.copyOfRange(hash, 4, 20));
  }

  static TlReader body(byte[] packet) {
    TlReader reader = new TlReader(packet);
    reader.readRawBytes(20);
    return reader;
  }

  private static TlReader afterId(byte[] packet) {
    TlReader reader = body(packet);
    reader.readInt();
    return reader;
  }

  private AesKeyIv aes() {
    return AesKeyIv.ofNonces(newNonce.toByteArray(), serverNonce().toByteArray());
  }

  private byte[] rsaPad(byte[] data, RsaPublicKey rsa) {
    byte[] padded = Arrays.copyOf(data, 192);
    while (true) {
      byte[] tempKey = Int256.random(RANDOM).toByteArray();
      byte[] hashedData = new byte[224];
      for (int i = 0; i < 192; i++) {
        hashedData[i] = padded[191 - i];
      }
      System.arraycopy(Hashes.sha256(tempKey, padded), 0, hashedData, 192, 32);
      hashedData = rsaPadded.apply(hashedData);
      AesIge.encrypt(tempKey, new byte[32], hashedData, 0, 224);
      byte[] number = new byte[256];
      byte[] mask = Hashes.sha256(hashedData);
      for (int i = 0; i < 32; i++) {
        number[i] = (byte) (tempKey[i] ^ mask[i]);
      }
      System.arraycopy(hashedData, 0, number, 32, 224);
      if (BigEndian.read(number).compareTo(rsa.modulus()) < 0) {
        return number;
      }
    }
  }

  /** The padding before RSA_PAD: 0, SHA-1, data, random bytes. */
  static byte[] olderPadding(byte[] data) {
    byte[] number = new byte[256];
    System.arraycopy(Hashes.sha1(data), 0, number, 1, 20);
    System.arraycopy(data, 0, number, 21, data.length);
    byte[] random = new byte[256 - 21 - data.length];
    RANDOM.nextBytes(random);
    System.arraycopy(random, 0, number, 21 + data.length, random.length);
    return number;
  }
}

package dev.jobradar.mtproto.keyexchange;

import dev.jobradar.mtproto.crypto.AesKeyIv;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.crypto.BigEndian;
import dev.jobradar.mtproto.crypto.DhGroup;
import dev.jobradar.mtproto.crypto.Hashes;
import dev.jobradar.mtproto.crypto.RsaPad;
import dev.jobradar.mtproto.crypto.RsaPrivateKey;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.Int128;
import dev.jobradar.tl.Int256;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.TlObject;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.mtproto.ClientDHInnerData;
import dev.jobradar.tl.mtproto.DhGenFail;
import dev.jobradar.tl.mtproto.DhGenOk;
import dev.jobradar.tl.mtproto.DhGenRetry;
import dev.jobradar.tl.mtproto.MtprotoSchema;
import dev.jobradar.tl.mtproto.ResPQ;
import dev.jobradar.tl.mtproto.ServerDHInnerData;
import dev.jobradar.tl.mtproto.ServerDHParamsOk;
import dev.jobradar.tl.mtproto.TypePQInnerData;
import dev.jobradar.tl.mtproto.TypeServerDHParams;
import dev.jobradar.tl.mtproto.method.ReqDHParams;
import dev.jobradar.tl.mtproto.method.ReqPqMulti;
import dev.jobradar.tl.mtproto.method.SetClientDHParams;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A server that keeps every rule but the one that a test changes: each field is a place where its
 * answers can be altered, and what depends on the alteration is computed after it.
 */
final class FakeServer {
  static final SecureRandom RANDOM = new SecureRandom();
  static final RsaPrivateKey RSA = RsaPrivateKey.generate(RANDOM);
  static final int SERVER_TIME = 1_800_000_000;

  /** p, q and pq of core.telegram.org/mtproto/samples-auth_key. */
  private static final long PQ = 1_468_428_376_148_703_121L;

  UnaryOperator<ResPQ> resPq = UnaryOperator.identity();
  BigInteger prime = DhGroup.TELEGRAM.prime();
  int generator = DhGroup.TELEGRAM.generator();
  @Nullable BigInteger gA;

  /** server_DH_inner_data, before it is hashed. */
  UnaryOperator<TlObject> inner = UnaryOperator.identity();

  /** SHA1 + answer + padding, before it is encrypted. */
  UnaryOperator<byte[]> hashed = UnaryOperator.identity();

  UnaryOperator<byte[]> encryptedAnswer = UnaryOperator.identity();
  UnaryOperator<TypeServerDHParams> dhParams = UnaryOperator.identity();

  /** The last answer, by the number of the attempt from 1. */
  LastAnswer last = (attempt, server) -> server.ok();

  /** What goes over the wire, by the number of the answer from 1. */
  PacketChange packet = (number, bytes) -> bytes;

  Int128 nonce = new Int128(0, 0);
  final Int128 serverNonce = Int128.random(RANDOM);
  private @Nullable TypePQInnerData clientInner;
  private @Nullable ClientDHInnerData clientDhInner;
  private @Nullable AuthKey key;

  private final BigInteger a = new BigInteger(2048, RANDOM);
  private int answers;
  private int attempts;
  private long lastMessageId = 0x6000_0000_0000_0001L;

  interface LastAnswer {
    TlObject answer(int attempt, FakeServer server);
  }

  interface PacketChange {
    byte[] change(int number, byte[] packet);
  }

  byte[] answer(byte[] request) {
    TlReader reader = new TlReader(request);
    reader.readRawBytes(20);
    TlMethod<?> query = MtprotoSchema.readMethod(reader);
    byte[] body =
        switch (query) {
          case ReqPqMulti begin -> {
            nonce = begin.nonce();
            yield resPq.apply(validResPq()).toByteArray();
          }
          case ReqDHParams params -> dhParams.apply(dhParams(params)).toByteArray();
          case SetClientDHParams params -> {
            agree(params);
            attempts++;
            yield last.answer(attempts, this).toByteArray();
          }
          default -> throw new AssertionError("unexpected " + query);
        };
    answers++;
    lastMessageId += 4;
    return packet.change(answers, packet(0, lastMessageId, body.length, body));
  }

  static byte[] packet(long authKeyId, long messageId, int length, byte[] body) {
    return ByteBuffer.allocate(20 + body.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(authKeyId)
        .putLong(messageId)
        .putInt(length)
        .put(body)
        .array();
  }

  private ResPQ validResPq() {
    return new ResPQ(
        nonce,
        serverNonce,
        Bytes.of(BigInteger.valueOf(PQ).toByteArray()),
        List.of(1L, RSA.publicKey().fingerprint()));
  }

  private TypeServerDHParams dhParams(ReqDHParams params) {
    byte[] padded = RsaPad.decrypt(params.encryptedData().toByteArray(), RSA);
    clientInner = TypePQInnerData.readFrom(new TlReader(padded));
    BigInteger publicValue = gA != null ? gA : BigInteger.valueOf(generator).modPow(a, prime);
    TlObject answer =
        inner.apply(
            new ServerDHInnerData(
                nonce,
                serverNonce,
                generator,
                Bytes.of(unsigned(prime)),
                Bytes.of(unsigned(publicValue)),
                SERVER_TIME));
    byte[] data = hashed.apply(hashed(answer.toByteArray()));
    aes().encrypt(data, 0, data.length);
    return new ServerDHParamsOk(nonce, serverNonce, Bytes.of(encryptedAnswer.apply(data)));
  }

  /** SHA1 + data + as much padding as there must be. */
  static byte[] hashed(byte[] data) {
    int size = 20 + data.length;
    byte[] result = Arrays.copyOf(Hashes.sha1(data), (size + 15) / 16 * 16);
    System.arraycopy(data, 0, result, 20, data.length);
    return result;
  }

  private void agree(SetClientDHParams params) {
    byte[] data = params.encryptedData().toByteArray();
    aes().decrypt(data, 0, data.length);
    TlReader reader = new TlReader(data);
    reader.readRawBytes(20);
    clientDhInner = ClientDHInnerData.readFrom(reader);
    BigInteger gB = BigEndian.read(clientDhInner().gB().toByteArray());
    key = new AuthKey(BigEndian.write(gB.modPow(a, prime), 256));
  }

  DhGenOk ok() {
    return new DhGenOk(nonce, serverNonce, hash(1));
  }

  DhGenRetry retry() {
    return new DhGenRetry(nonce, serverNonce, hash(2));
  }

  DhGenFail fail() {
    return new DhGenFail(nonce, serverNonce, hash(3));
  }

  /** new_nonce_hash1, 2 or 3. */
  Int128 hash(int number) {
    byte[] keyHash = Hashes.sha1(key().toByteArray());
    byte[] hash =
        Hashes.sha1(
            newNonce().toByteArray(), new byte[] {(byte) number}, Arrays.copyOf(keyHash, 8));
    return Int128.of(Arrays.copyOfRange(hash, 4, 20));
  }

  AuthKey key() {
    return Objects.requireNonNull(key);
  }

  /** What the client sent within req_DH_params. */
  TypePQInnerData clientInner() {
    return Objects.requireNonNull(clientInner);
  }

  /** What the client sent within set_client_DH_params. */
  ClientDHInnerData clientDhInner() {
    return Objects.requireNonNull(clientDhInner);
  }

  Int256 newNonce() {
    return clientInner().newNonce();
  }

  private AesKeyIv aes() {
    return AesKeyIv.ofNonces(newNonce().toByteArray(), serverNonce.toByteArray());
  }

  static byte[] unsigned(BigInteger number) {
    return BigEndian.write(number, Math.max(1, (number.bitLength() + 7) / 8));
  }
}

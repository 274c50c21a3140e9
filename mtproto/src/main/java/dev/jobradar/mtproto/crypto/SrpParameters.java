package dev.jobradar.mtproto.crypto;

import dev.jobradar.mtproto.ProtocolException;
import java.math.BigInteger;
import java.security.SecureRandom;

/**
 * What is public about a two-step password: Telegram's variant of SRP 6a with SHA-256 and PBKDF2
 * (core.telegram.org/api/srp, {@code
 * passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow}). Client and server share it.
 * Immutable, safe for use by many threads.
 *
 * <p>Names are the page's: x is the password's hash, v = g^x its verifier, k = H(p | g), u = H(g_a
 * | g_b); numbers are hashed as 2,048 bits.
 */
public final class SrpParameters {
  private static final int ITERATIONS = 100_000;

  private final byte[] salt1;
  private final byte[] salt2;
  private final DhGroup group;

  /**
   * @param group g and p, verified
   */
  public SrpParameters(byte[] salt1, byte[] salt2, DhGroup group) {
    this.salt1 = salt1.clone();
    this.salt2 = salt2.clone();
    this.group = group;
  }

  public byte[] salt1() {
    return salt1.clone();
  }

  public byte[] salt2() {
    return salt2.clone();
  }

  public DhGroup group() {
    return group;
  }

  /**
   * What a server keeps in place of the password: v, 256 bytes; also new_password_hash of a
   * password that is being set. Takes about 0.1 s.
   *
   * @param password UTF-8
   */
  public byte[] verifier(byte[] password) {
    return BigEndian.write(group.power(hash(password)), DhGroup.SIZE);
  }

  /**
   * The client's proof that it knows the password. Takes about 0.1 s.
   *
   * @param password UTF-8
   * @param srpB g_b, as account.getPassword brought it
   * @throws ProtocolException when g_b is not one that a client may answer
   */
  public SrpAnswer answer(byte[] password, byte[] srpB, SecureRandom random) {
    BigInteger gB = BigEndian.read(srpB);
    group.verifyPublic("srp_B", gB);
    BigInteger x = hash(password);
    BigInteger base = gB.subtract(maskedVerifier(group.power(x))).mod(group.prime());
    group.verifyPublic("srp_B - k*v", base);
    DhSecret secret = group.newSecret(random);
    BigInteger u = scrambler(secret.publicBytes(), fixed(gB));
    BigInteger shared = base.modPow(secret.exponent().add(u.multiply(x)), group.prime());
    byte[] gA = secret.publicBytes();
    return new SrpAnswer(gA, proof(gA, fixed(gB), shared));
  }

  /**
   * The server's side of one attempt: draws b, and knows afterwards whether an answer was right.
   *
   * @param verifier v, from {@link #verifier}
   */
  public SrpChallenge challenge(byte[] verifier, SecureRandom random) {
    BigInteger v = BigEndian.read(verifier);
    while (true) {
      DhSecret secret = group.newSecret(random);
      BigInteger gB = maskedVerifier(v).add(secret.publicValue()).mod(group.prime());
      if (group.isGoodPublic(gB)) {
        return new SrpChallenge(this, v, secret.exponent(), fixed(gB));
      }
    }
  }

  /** k·v mod p. */
  private BigInteger maskedVerifier(BigInteger v) {
    BigInteger k = BigEndian.read(Hashes.sha256(fixed(group.prime()), fixedGenerator()));
    return k.multiply(v).mod(group.prime());
  }

  /** u. */
  static BigInteger scrambler(byte[] gA, byte[] gB) {
    return BigEndian.read(Hashes.sha256(gA, gB));
  }

  /** M1, which the server computes in the same way and compares. */
  byte[] proof(byte[] gA, byte[] gB, BigInteger shared) {
    byte[] groupHash = Hashes.sha256(fixed(group.prime()));
    byte[] generatorHash = Hashes.sha256(fixedGenerator());
    for (int i = 0; i < groupHash.length; i++) {
      groupHash[i] ^= generatorHash[i];
    }
    return Hashes.sha256(
        groupHash,
        Hashes.sha256(salt1),
        Hashes.sha256(salt2),
        gA,
        gB,
        Hashes.sha256(fixed(shared)));
  }

  /** PH2, as a number: x. */
  private BigInteger hash(byte[] password) {
    byte[] primary = salted(salted(password, salt1), salt2);
    byte[] derived = Pbkdf2.hmacSha512(primary, salt1, ITERATIONS, 64);
    return BigEndian.read(salted(derived, salt2));
  }

  private static byte[] salted(byte[] data, byte[] salt) {
    return Hashes.sha256(salt, data, salt);
  }

  private byte[] fixedGenerator() {
    return fixed(BigInteger.valueOf(group.generator()));
  }

  private static byte[] fixed(BigInteger number) {
    return BigEndian.write(number, DhGroup.SIZE);
  }

  @Override
  public String toString() {
    return "SrpParameters";
  }
}

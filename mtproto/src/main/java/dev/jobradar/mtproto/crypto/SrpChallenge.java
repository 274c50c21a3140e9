package dev.jobradar.mtproto.crypto;

import java.math.BigInteger;
import java.security.MessageDigest;

/**
 * A server's side of one attempt to enter a two-step password; from {@link
 * SrpParameters#challenge}. Immutable, safe for use by many threads; a server lets it be answered
 * once.
 */
public final class SrpChallenge {
  private final SrpParameters parameters;
  private final BigInteger verifier;
  private final BigInteger secret;
  private final byte[] gB;

  SrpChallenge(SrpParameters parameters, BigInteger verifier, BigInteger secret, byte[] gB) {
    this.parameters = parameters;
    this.verifier = verifier;
    this.secret = secret;
    this.gB = gB;
  }

  /** srp_B, also called g_b: 256 bytes, for the client. */
  public byte[] srpB() {
    return gB.clone();
  }

  /**
   * Whether the client knows the password.
   *
   * @param a A (g_a) as the client sent it
   * @param m1 M1 as the client sent it
   */
  public boolean accepts(byte[] a, byte[] m1) {
    DhGroup group = parameters.group();
    BigInteger gA = BigEndian.read(a);
    if (!group.isGoodPublic(gA)) {
      return false;
    }
    byte[] fixedA = BigEndian.write(gA, DhGroup.SIZE);
    BigInteger u = SrpParameters.scrambler(fixedA, gB);
    BigInteger base = gA.multiply(verifier.modPow(u, group.prime()));
    BigInteger shared = base.modPow(secret, group.prime());
    return MessageDigest.isEqual(parameters.proof(fixedA, gB, shared), m1);
  }

  @Override
  public String toString() {
    return "SrpChallenge";
  }
}

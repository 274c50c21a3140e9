package dev.jobradar.mtproto.crypto;

import dev.jobradar.mtproto.ProtocolException;
import java.math.BigInteger;

/**
 * One side's secret exponent of a Diffie-Hellman exchange with the public value that goes to the
 * other side; from {@link DhGroup#newSecret}. Immutable; shows neither in {@link #toString}.
 */
public final class DhSecret {
  private final DhGroup group;
  private final BigInteger exponent;
  private final BigInteger publicValue;

  DhSecret(DhGroup group, BigInteger exponent, BigInteger publicValue) {
    this.group = group;
    this.exponent = exponent;
    this.publicValue = publicValue;
  }

  /** g^secret mod p in 256 bytes, for the other side. */
  public byte[] publicBytes() {
    return BigEndian.write(publicValue, DhGroup.SIZE);
  }

  /**
   * The authorisation key: the other side's public value to the power of this secret.
   *
   * @param name what to call the other side's value in an error
   * @throws ProtocolException when that value is out of range ({@link DhGroup#verifyPublic})
   */
  public AuthKey agree(String name, BigInteger otherPublic) {
    group.verifyPublic(name, otherPublic);
    BigInteger shared = otherPublic.modPow(exponent, group.prime());
    return new AuthKey(BigEndian.write(shared, DhGroup.SIZE));
  }

  /** The exponent, for two-step passwords. */
  BigInteger exponent() {
    return exponent;
  }

  BigInteger publicValue() {
    return publicValue;
  }

  @Override
  public String toString() {
    return "DhSecret";
  }
}

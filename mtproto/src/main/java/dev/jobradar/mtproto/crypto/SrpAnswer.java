package dev.jobradar.mtproto.crypto;

/**
 * A client's proof that it knows a two-step password, the two fields of inputCheckPasswordSRP
 * (core.telegram.org/api/srp). Good for one attempt.
 */
public final class SrpAnswer {
  private final byte[] a;
  private final byte[] m1;

  SrpAnswer(byte[] a, byte[] m1) {
    this.a = a;
    this.m1 = m1;
  }

  /** A, also called g_a: 256 bytes. */
  public byte[] a() {
    return a.clone();
  }

  /** M1: 32 bytes. */
  public byte[] m1() {
    return m1.clone();
  }

  @Override
  public String toString() {
    return "SrpAnswer";
  }
}

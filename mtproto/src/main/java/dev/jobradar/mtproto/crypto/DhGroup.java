package dev.jobradar.mtproto.crypto;

import dev.jobradar.mtproto.ProtocolException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A safe 2048-bit prime and a generator of its subgroup of prime order, both verified: there is no
 * other way to get one. Immutable, safe for use by many threads.
 *
 * <p>The rules are those of core.telegram.org/mtproto/security_guidelines, "Validation of DH
 * parameters" and "g_a and g_b validation".
 */
public final class DhGroup {
  /** Length of the prime, of public values and of shared secrets, in bytes. */
  public static final int SIZE = 256;

  private static final int BITS = 8 * SIZE;

  /** Public values keep this far from 0 and from the prime. */
  private static final BigInteger MARGIN = BigInteger.ONE.shiftLeft(BITS - 64);

  /** Current dh_prime of Telegram, from core.telegram.org/mtproto/auth_key, step 6. */
  private static final BigInteger TELEGRAM_PRIME =
      new BigInteger(
          "C71CAEB9C6B1C9048E6C522F70F13F73980D40238E3E21C14934D037563D930F"
              + "48198A0AA7C14058229493D22530F4DBFA336F6E0AC925139543AED44CCE7C37"
              + "20FD51F69458705AC68CD4FE6B6B13ABDC9746512969328454F18FAF8C595F64"
              + "2477FE96BB2A941D5BCD1D4AC8CC49880708FA9B378E3C4F3A9060BEE67CF9A4"
              + "A4A695811051907E162753B56B0F6B410DBA74D8A84B2A14B3144E0EF1284754"
              + "FD17ED950D5965B4B9DD46582DB1178D169C6BC465B0D6FF9CA3928FEF5B9AE4"
              + "E418FC15E83EBEA0F87FA9FF5EED70050DED2849F47BF959D956850CE929851F"
              + "0D8115F635B105EE2E4E15D04B2454BF6F4FADF034B10403119CD8E3B92FCC5B",
          16);

  /** The group that Telegram uses: its current prime with generator 3. */
  public static final DhGroup TELEGRAM = new DhGroup(TELEGRAM_PRIME, 3);

  /**
   * Primes found safe so far. Testing one takes a second or so, and Telegram changes its own every
   * few years; a server that sends ever new ones gets them tested each time.
   */
  private static final Set<BigInteger> KNOWN_SAFE = ConcurrentHashMap.newKeySet();

  private static final int KNOWN_SAFE_LIMIT = 16;

  /** Miller-Rabin rounds with random bases; the guidelines ask for 15 at least. */
  private static final int ROUNDS = 16;

  private final BigInteger prime;
  private final int generator;

  private DhGroup(BigInteger prime, int generator) {
    this.prime = prime;
    this.generator = generator;
  }

  /**
   * The group of a prime and a generator that another party chose, verified.
   *
   * @param prime dh_prime: of 2,048 bits, prime, and (prime−1)/2 prime too
   * @param generator g, 2 to 7 and a quadratic residue modulo the prime
   * @param random bases of the primality test
   * @throws ProtocolException when one of these does not hold
   */
  public static DhGroup verify(BigInteger prime, int generator, SecureRandom random) {
    if (prime.signum() < 0 || prime.bitLength() != BITS) {
      throw new ProtocolException(
          "dh_prime: expected 2^2047 < p < 2^2048, got " + prime.bitLength() + " bits");
    }
    verifyGenerator(prime, generator);
    if (!prime.equals(TELEGRAM_PRIME) && !KNOWN_SAFE.contains(prime)) {
      verifySafePrime(prime, random);
      if (KNOWN_SAFE.size() < KNOWN_SAFE_LIMIT) {
        KNOWN_SAFE.add(prime);
      }
    }
    return new DhGroup(prime, generator);
  }

  private static void verifyGenerator(BigInteger prime, int generator) {
    boolean residue =
        switch (generator) {
          case 2 -> remainder(prime, 8) == 7;
          case 3 -> remainder(prime, 3) == 2;
          case 4 -> true;
          case 5 -> remainder(prime, 5) == 1 || remainder(prime, 5) == 4;
          case 6 -> remainder(prime, 24) == 19 || remainder(prime, 24) == 23;
          case 7 ->
              remainder(prime, 7) == 3 || remainder(prime, 7) == 5 || remainder(prime, 7) == 6;
          default -> throw new ProtocolException("g: expected 2 to 7, got " + generator);
        };
    if (!residue) {
      throw new ProtocolException("g: " + generator + " is no quadratic residue of dh_prime");
    }
  }

  private static int remainder(BigInteger number, int divisor) {
    return number.mod(BigInteger.valueOf(divisor)).intValue();
  }

  private static void verifySafePrime(BigInteger prime, SecureRandom random) {
    // The cheap half first: nearly every number that is not a safe prime fails here at once.
    BigInteger half = prime.shiftRight(1);
    if (!prime.testBit(0) || !half.isProbablePrime(1) || !prime.isProbablePrime(1)) {
      throw new ProtocolException("dh_prime: it and (p-1)/2 are not both prime");
    }
    if (!passesMillerRabin(prime, random) || !passesMillerRabin(half, random)) {
      throw new ProtocolException("dh_prime: it and (p-1)/2 are not both prime");
    }
  }

  /**
   * The JDK tests numbers of this size with two random bases and a Lucas sequence, which is made
   * for numbers met by chance; this one comes from a peer that may be hostile.
   */
  private static boolean passesMillerRabin(BigInteger number, SecureRandom random) {
    BigInteger minusOne = number.subtract(BigInteger.ONE);
    int twos = minusOne.getLowestSetBit();
    BigInteger odd = minusOne.shiftRight(twos);
    for (int round = 0; round < ROUNDS; round++) {
      BigInteger base = new BigInteger(number.bitLength() - 1, random).max(BigInteger.TWO);
      BigInteger power = base.modPow(odd, number);
      boolean passed = power.equals(BigInteger.ONE) || power.equals(minusOne);
      for (int i = 1; i < twos && !passed; i++) {
        power = power.multiply(power).mod(number);
        passed = power.equals(minusOne);
      }
      if (!passed) {
        return false;
      }
    }
    return true;
  }

  public BigInteger prime() {
    return prime;
  }

  public int generator() {
    return generator;
  }

  /** g^exponent mod p. */
  public BigInteger power(BigInteger exponent) {
    return BigInteger.valueOf(generator).modPow(exponent, prime);
  }

  /**
   * Verifies a public value that another party sent (g_a, g_b): in 2^1984 to p−2^1984, and so
   * within (1, p−1) as well.
   *
   * @param name what to call it in the error
   * @throws ProtocolException when it is not
   */
  public void verifyPublic(String name, BigInteger value) {
    if (!isGoodPublic(value)) {
      throw new ProtocolException(
          name + ": expected a number within 2^1984 and dh_prime - 2^1984, got another");
    }
  }

  /**
   * A fresh secret exponent of 2,048 bits whose public value {@link #verifyPublic} accepts.
   *
   * @param random a cryptographically secure source
   */
  public DhSecret newSecret(SecureRandom random) {
    while (true) {
      BigInteger exponent = new BigInteger(BITS, random);
      BigInteger publicValue = power(exponent);
      if (isGoodPublic(publicValue)) {
        return new DhSecret(this, exponent, publicValue);
      }
    }
  }

  boolean isGoodPublic(BigInteger value) {
    return value.compareTo(MARGIN) >= 0 && value.compareTo(prime.subtract(MARGIN)) <= 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DhGroup group
        && group.prime.equals(prime)
        && group.generator == generator;
  }

  @Override
  public int hashCode() {
    return 31 * prime.hashCode() + generator;
  }

  @Override
  public String toString() {
    return "DhGroup[g=" + generator + "]";
  }
}

package dev.jobradar.mtproto.crypto;

import dev.jobradar.mtproto.ProtocolException;
import java.math.BigInteger;
import java.security.SecureRandom;

/**
 * The two different odd primes that a server multiplied into pq
 * (core.telegram.org/mtproto/auth_key, step 3).
 *
 * @param p the smaller prime
 * @param q the greater prime
 */
public record PrimeFactors(long p, long q) {
  /** As great as their product's 63 bits allow. */
  private static final int PRIME_BITS = 31;

  /** Polynomials tried one after another; the first nearly always does. */
  private static final int ATTEMPTS = 20;

  /**
   * Steps of one attempt at most. Finding p takes about √p of them, so 2^17 or so where p has 31
   * bits: eight times as many without result mean another polynomial.
   */
  private static final int STEPS = 1 << 20;

  /** Factors below this are tried one by one. */
  private static final int SMALL = 256;

  /** Differences multiplied up between two greatest common divisors. */
  private static final int BATCH = 128;

  /**
   * Factors pq by Brent's form of Pollard's rho with Montgomery multiplication: a fraction of a
   * millisecond for the sizes that Telegram uses, and less than a second for anything.
   *
   * @param pq 1 to 2^63−1
   * @throws ProtocolException when pq is anything but the product of two different odd primes
   */
  public static PrimeFactors of(long pq) {
    if (pq < 15 || (pq & 1) == 0) {
      throw notASemiprime(pq, "even, or too small");
    }
    Montgomery arithmetic = new Montgomery(pq);
    if (arithmetic.isPrime()) {
      throw notASemiprime(pq, "a prime");
    }
    long factor = findFactor(pq, arithmetic);
    long cofactor = pq / factor;
    if (factor == cofactor) {
      throw notASemiprime(pq, "a square");
    }
    if (!new Montgomery(factor).isPrime() || !new Montgomery(cofactor).isPrime()) {
      throw notASemiprime(pq, "a product of more than two primes");
    }
    return new PrimeFactors(Math.min(factor, cofactor), Math.max(factor, cofactor));
  }

  /** Two different primes of 31 bits, for a server to multiply. */
  public static PrimeFactors generate(SecureRandom random) {
    long first = BigInteger.probablePrime(PRIME_BITS, random).longValueExact();
    long second;
    do {
      second = BigInteger.probablePrime(PRIME_BITS, random).longValueExact();
    } while (first == second);
    return new PrimeFactors(Math.min(first, second), Math.max(first, second));
  }

  /** pq. */
  public long product() {
    return p * q;
  }

  private static ProtocolException notASemiprime(long pq, String what) {
    return new ProtocolException(
        "pq: expected the product of two different odd primes, got " + what + ": " + pq);
  }

  private static long findFactor(long n, Montgomery arithmetic) {
    for (int small = 3; small < SMALL; small += 2) {
      if (n % small == 0) {
        return small;
      }
    }
    // Rho need not find the root of a square: look for that first.
    long root = (long) Math.sqrt((double) n);
    for (long candidate = root - 1; candidate <= root + 1; candidate++) {
      if (candidate > 1 && candidate * candidate == n) {
        return candidate;
      }
    }
    for (int constant = 1; constant <= ATTEMPTS; constant++) {
      long factor = rho(n, constant, arithmetic);
      if (factor != n) {
        return factor;
      }
    }
    throw notASemiprime(n, "a number that cannot be factored");
  }

  /** A proper factor of n, or n itself when this polynomial finds none. */
  private static long rho(long n, long constant, Montgomery arithmetic) {
    long hare = 2;
    long tortoise;
    long batchStart;
    long product = arithmetic.one();
    int power = 1;
    do {
      tortoise = hare;
      for (int i = 0; i < power; i++) {
        hare = arithmetic.squarePlus(hare, constant);
      }
      for (int done = 0; done < power; done += BATCH) {
        batchStart = hare;
        int size = Math.min(BATCH, power - done);
        for (int i = 0; i < size; i++) {
          hare = arithmetic.squarePlus(hare, constant);
          product = arithmetic.multiply(product, Math.abs(tortoise - hare));
        }
        long divisor = gcd(product, n);
        if (divisor == n) {
          return oneByOne(n, constant, arithmetic, tortoise, batchStart);
        }
        if (divisor > 1) {
          return divisor;
        }
      }
      power *= 2;
    } while (power < STEPS);
    return n;
  }

  /** Both factors turned up within one batch: take its steps singly. */
  private static long oneByOne(
      long n, long constant, Montgomery arithmetic, long tortoise, long start) {
    long hare = start;
    long divisor;
    do {
      hare = arithmetic.squarePlus(hare, constant);
      divisor = gcd(Math.abs(tortoise - hare), n);
    } while (divisor == 1);
    return divisor;
  }

  /** Greatest common divisor of {@code a} ≥ 0 and an odd {@code b}; gcd(0, b) = b. */
  private static long gcd(long a, long b) {
    if (a == 0) {
      return b;
    }
    long odd = b;
    long rest = a >> Long.numberOfTrailingZeros(a);
    while (rest != odd) {
      if (rest < odd) {
        long swap = rest;
        rest = odd;
        odd = swap;
      }
      rest -= odd;
      rest >>= Long.numberOfTrailingZeros(rest);
    }
    return odd;
  }
}

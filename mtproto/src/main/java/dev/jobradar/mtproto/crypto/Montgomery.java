package dev.jobradar.mtproto.crypto;

/**
 * Arithmetic modulo one odd number below 2^63 in Montgomery form: numbers stand for themselves
 * times 2^64, so that a product is reduced by two multiplications in place of a division. Not for
 * secrets: it branches on values.
 */
final class Montgomery {
  /** Strong-pseudoprime bases that leave no composite below 3.3·10^24 (Sorenson, Webster 2015). */
  private static final int[] WITNESSES = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37};

  private final long n;

  /** −1/n modulo 2^64. */
  private final long negativeInverse;

  /** 2^64 mod n: the Montgomery form of 1. */
  private final long one;

  /**
   * @param n odd, 3 to 2^63−1
   */
  Montgomery(long n) {
    if (n < 3 || (n & 1) == 0) {
      throw new IllegalArgumentException("expected an odd modulus of 3 or more, got " + n);
    }
    this.n = n;
    // Newton: n·n = 1 modulo 8, and each step doubles the correct bits: 3, 6, 12, 24, 48, 96.
    long inverse = n;
    for (int i = 0; i < 5; i++) {
      inverse *= 2 - n * inverse;
    }
    this.negativeInverse = -inverse;
    this.one = Long.remainderUnsigned(-n, n);
  }

  long one() {
    return one;
  }

  /** a·b/2^64 mod n, for factors in 0..n−1. */
  long multiply(long a, long b) {
    long low = a * b;
    long sum = Math.multiplyHigh(a, b) + Math.unsignedMultiplyHigh(low * negativeInverse, n);
    // The low halves add up to 0 modulo 2^64 and carry 1, unless both are 0.
    if (low != 0) {
      sum++;
    }
    return Long.compareUnsigned(sum, n) >= 0 ? sum - n : sum;
  }

  /** a·a/2^64 + constant mod n: some quadratic polynomial, which is all that rho asks for. */
  long squarePlus(long a, long constant) {
    long sum = multiply(a, a) + constant;
    return Long.compareUnsigned(sum, n) >= 0 ? sum - n : sum;
  }

  /** Whether n is prime: Miller and Rabin's test, certain for every n of 63 bits. */
  boolean isPrime() {
    int twos = Long.numberOfTrailingZeros(n - 1);
    long odd = (n - 1) >> twos;
    long minusOne = n - one;
    for (int witness : WITNESSES) {
      if (n == witness) {
        return true;
      }
      if (n % witness == 0 || !passes(witness, odd, twos, minusOne)) {
        return false;
      }
    }
    return true;
  }

  private boolean passes(int witness, long odd, int twos, long minusOne) {
    long power = power(toMontgomery(witness), odd);
    if (power == one || power == minusOne) {
      return true;
    }
    for (int i = 1; i < twos; i++) {
      power = multiply(power, power);
      if (power == minusOne) {
        return true;
      }
    }
    return false;
  }

  private long power(long base, long exponent) {
    long result = one;
    long square = base;
    for (long rest = exponent; rest != 0; rest >>= 1) {
      if ((rest & 1) != 0) {
        result = multiply(result, square);
      }
      square = multiply(square, square);
    }
    return result;
  }

  /** A small number in Montgomery form, by adding 1 up. */
  private long toMontgomery(int small) {
    long sum = 0;
    for (int i = 0; i < small; i++) {
      sum += one;
      if (Long.compareUnsigned(sum, n) >= 0) {
        sum -= n;
      }
    }
    return sum;
  }
}

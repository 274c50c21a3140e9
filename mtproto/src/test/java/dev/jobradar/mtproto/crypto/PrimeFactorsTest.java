package dev.jobradar.mtproto.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.ProtocolException;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PrimeFactorsTest {
  /**
   * core.telegram.org/mtproto/samples-auth_key (its present and its former value); mtcute,
   * crypto.test-utils.ts and factorization.test.ts.
   */
  @ParameterizedTest
  @CsvSource({
    "1468428376148703121, 1008949199, 1455403679",
    "1724114033281923457, 1229739323, 1402015859",
    "1512271926327123781, 1229741209, 1229748109",
    "2090522174869285481, 1112973847, 1878321023",
    "1470626929934143021, 1206429347, 1218991343",
    "2804275833720261793, 1555252417, 1803100129",
  })
  void published_products_are_factored(long pq, long p, long q) {
    assertThat(PrimeFactors.of(pq)).isEqualTo(new PrimeFactors(p, q));
  }

  @ParameterizedTest
  @CsvSource({
    "15, 3, 5",
    "21, 3, 7",
    "35, 5, 7",
    "143, 11, 13",
    // The greatest multiple of 7 that there is below 2^63.
    "9223372036854775331, 7, 1317624576693539333",
  })
  void extreme_products_are_factored(long pq, long p, long q) {
    assertThat(PrimeFactors.of(pq)).isEqualTo(new PrimeFactors(p, q));
  }

  @Test
  void products_of_all_sizes_are_factored() {
    Random random = new Random(42);
    for (int i = 0; i < 2000; i++) {
      int bits = 3 + random.nextInt(29);
      long p = BigInteger.probablePrime(bits, random).longValueExact();
      long q = BigInteger.probablePrime(63 - bits, random).longValueExact();
      if (p != q && p != 2 && q != 2) {
        assertThat(PrimeFactors.of(p * q))
            .isEqualTo(new PrimeFactors(Math.min(p, q), Math.max(p, q)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        Long.MIN_VALUE,
        -1,
        0,
        1,
        2,
        3,
        4,
        6,
        9,
        14,
        // Primes: small, of 31 bits, the greatest below 2^63.
        17,
        2_147_483_647L,
        9_223_372_036_854_775_783L,
        // Squares of primes: 257², (2^31−1)².
        66_049,
        4_611_686_014_132_420_609L,
        // Even; three primes, small and great; a cube; Carmichael numbers; 2^63−1 itself.
        9_223_372_036_854_775_806L,
        105,
        9_223_156_534_167_466_489L,
        9_223_253_290_108_583_207L,
        561,
        3_215_031_751L,
        9_223_372_036_854_775_807L,
      })
  void anything_but_two_different_odd_primes_is_refused(long pq) {
    assertThatThrownBy(() -> PrimeFactors.of(pq))
        .isInstanceOf(ProtocolException.class)
        .hasMessageStartingWith("pq: ");
  }

  @Test
  void refusal_takes_no_longer_than_an_answer() {
    // Bounded by the class's time-out: a thousand primes and squares of the greatest size.
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      long prime = BigInteger.probablePrime(63, random).longValueExact();
      long root = BigInteger.probablePrime(31, random).longValueExact();
      assertThatThrownBy(() -> PrimeFactors.of(prime)).isInstanceOf(ProtocolException.class);
      assertThatThrownBy(() -> PrimeFactors.of(root * root)).isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void primality_agrees_with_the_jdk() {
    Random random = new Random(9);
    for (int i = 0; i < 20_000; i++) {
      long n = (random.nextLong() >>> (1 + random.nextInt(60))) | 1;
      if (n >= 3) {
        assertThat(new Montgomery(n).isPrime())
            .as("%d", n)
            .isEqualTo(BigInteger.valueOf(n).isProbablePrime(60));
      }
    }
  }
}

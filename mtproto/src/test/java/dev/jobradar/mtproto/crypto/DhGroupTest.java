package dev.jobradar.mtproto.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.ProtocolException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DhGroupTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final BigInteger TELEGRAM = DhGroup.TELEGRAM.prime();

  /** RFC 3526, group 14: another safe prime of 2,048 bits; 2^2048 − 2^1984 − 1 + 2^64·(…). */
  private static final BigInteger RFC_3526 =
      new BigInteger(
          "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74"
              + "020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437"
              + "4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
              + "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF05"
              + "98DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB"
              + "9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
              + "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718"
              + "3995497CEA956AE515D2261898FA051015728E5A8AACAA68FFFFFFFFFFFFFFFF",
          16);

  @Test
  void telegrams_prime_is_a_safe_prime_of_2048_bits() {
    assertThat(TELEGRAM.bitLength()).isEqualTo(2048);
    assertThat(TELEGRAM.isProbablePrime(100)).isTrue();
    assertThat(TELEGRAM.shiftRight(1).isProbablePrime(100)).isTrue();
  }

  @Test
  void another_safe_prime_passes_the_tests() {
    assertThat(DhGroup.verify(RFC_3526, 2, RANDOM).prime()).isEqualTo(RFC_3526);
  }

  @Test
  void a_prime_that_was_tested_is_not_tested_again() {
    DhGroup.verify(RFC_3526, 2, RANDOM);

    // No more random bases are drawn.
    assertThatCode(() -> DhGroup.verify(RFC_3526, 2, new FixedRandom())).doesNotThrowAnyException();
    assertThatCode(() -> DhGroup.verify(TELEGRAM, 3, new FixedRandom())).doesNotThrowAnyException();
  }

  @Test
  void a_generator_passes_exactly_when_it_is_a_quadratic_residue() {
    for (BigInteger prime : new BigInteger[] {TELEGRAM, RFC_3526}) {
      for (int g = 2; g <= 7; g++) {
        int generator = g;
        // Euler's criterion in place of the table of residues.
        boolean residue =
            BigInteger.valueOf(g).modPow(prime.shiftRight(1), prime).equals(BigInteger.ONE);
        if (residue) {
          assertThatCode(() -> DhGroup.verify(prime, generator, RANDOM)).doesNotThrowAnyException();
        } else {
          assertThatThrownBy(() -> DhGroup.verify(prime, generator, RANDOM))
              .isInstanceOf(ProtocolException.class)
              .hasMessageContaining("residue");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1, 8, 9, 1337, Integer.MAX_VALUE})
  void a_generator_outside_2_to_7_is_refused(int g) {
    assertThatThrownBy(() -> DhGroup.verify(TELEGRAM, g, RANDOM))
        .isInstanceOf(ProtocolException.class)
        .hasMessageStartingWith("g: ");
  }

  static Stream<Arguments> badPrimes() {
    return Stream.of(
        Arguments.of("of 2,047 bits", DhGroupSamples.SAFE_2047),
        Arguments.of("of 2,049 bits", TELEGRAM.add(BigInteger.ONE.shiftLeft(2048))),
        Arguments.of("negative", TELEGRAM.negate()),
        Arguments.of("zero", BigInteger.ZERO),
        Arguments.of("2^2048 - 1", BigInteger.ONE.shiftLeft(2048).subtract(BigInteger.ONE)),
        Arguments.of("even", TELEGRAM.add(BigInteger.ONE)),
        Arguments.of("composite with a prime half", DhGroupSamples.COMPOSITE_PRIME_HALF),
        Arguments.of("prime with a composite half", DhGroupSamples.PRIME_COMPOSITE_HALF));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badPrimes")
  void what_is_no_safe_prime_of_2048_bits_is_refused(String what, BigInteger prime) {
    assertThatThrownBy(() -> DhGroup.verify(prime, 4, RANDOM))
        .as(what)
        .isInstanceOf(ProtocolException.class)
        .hasMessageStartingWith("dh_prime: ");
  }

  static Stream<Arguments> badPublicValues() {
    BigInteger margin = BigInteger.ONE.shiftLeft(1984);
    return Stream.of(
        Arguments.of(BigInteger.ZERO),
        Arguments.of(BigInteger.ONE),
        Arguments.of(BigInteger.TWO),
        Arguments.of(margin.subtract(BigInteger.ONE)),
        Arguments.of(TELEGRAM.subtract(margin).add(BigInteger.ONE)),
        Arguments.of(TELEGRAM.subtract(BigInteger.ONE)),
        Arguments.of(TELEGRAM),
        Arguments.of(TELEGRAM.add(margin.shiftLeft(1))));
  }

  @ParameterizedTest
  @MethodSource("badPublicValues")
  void a_public_value_near_0_or_the_prime_is_refused(BigInteger value) {
    assertThatThrownBy(() -> DhGroup.TELEGRAM.verifyPublic("g_a", value))
        .isInstanceOf(ProtocolException.class)
        .hasMessageStartingWith("g_a: ");
    DhSecret secret = DhGroup.TELEGRAM.newSecret(RANDOM);
    assertThatThrownBy(() -> secret.agree("g_b", value)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void a_public_value_at_the_margin_is_accepted() {
    BigInteger margin = BigInteger.ONE.shiftLeft(1984);

    assertThatCode(() -> DhGroup.TELEGRAM.verifyPublic("g_a", margin)).doesNotThrowAnyException();
    assertThatCode(() -> DhGroup.TELEGRAM.verifyPublic("g_a", TELEGRAM.subtract(margin)))
        .doesNotThrowAnyException();
  }

  @Test
  void telegrams_example_agrees_on_its_key() {
    byte[] answer = AuthKeySample.bytes("answer_with_hash");
    byte[] gA = new byte[256];
    System.arraycopy(answer, 324, gA, 0, 256);

    DhSecret secret = DhGroup.TELEGRAM.newSecret(new FixedRandom(AuthKeySample.bytes("b")));

    assertThat(secret.publicBytes()).isEqualTo(AuthKeySample.bytes("g_b"));
    assertThat(secret.agree("g_a", BigEndian.read(gA)))
        .isEqualTo(new AuthKey(AuthKeySample.bytes("auth_key")));
  }

  @Test
  void a_secret_whose_public_value_is_out_of_range_is_drawn_again() {
    byte[] zero = new byte[256];
    byte[] one = new byte[256];
    one[255] = 1;
    byte[] good = AuthKeySample.bytes("b");

    DhSecret secret = DhGroup.TELEGRAM.newSecret(new FixedRandom(zero, one, good));

    assertThat(secret.publicBytes()).isEqualTo(AuthKeySample.bytes("g_b"));
  }

  @Test
  void both_sides_agree_and_neither_shows_its_secret() {
    DhSecret a = DhGroup.TELEGRAM.newSecret(RANDOM);
    DhSecret b = DhGroup.TELEGRAM.newSecret(RANDOM);

    AuthKey ofA = a.agree("g_b", BigEndian.read(b.publicBytes()));
    AuthKey ofB = b.agree("g_a", BigEndian.read(a.publicBytes()));

    assertThat(ofA).isEqualTo(ofB);
    assertThat(a).hasToString("DhSecret");
  }
}

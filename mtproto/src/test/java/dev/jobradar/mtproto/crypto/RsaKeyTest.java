package dev.jobradar.mtproto.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RsaKeyTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @Test
  void every_key_that_telegram_has_named_has_its_known_fingerprint() throws IOException {
    String text = resource("telegram-rsa-keys.txt");
    List<String> names =
        Pattern.compile("(?m)^[0-9a-f]{16}$")
            .matcher(text)
            .results()
            .map(MatchResult::group)
            .toList();

    List<String> fingerprints = new ArrayList<>();
    for (RsaPublicKey key : RsaPublicKey.listFromPem(text)) {
      fingerprints.add(RsaPublicKey.format(key.fingerprint()));
    }

    assertThat(names).hasSize(10);
    assertThat(fingerprints).isEqualTo(names);
  }

  @Test
  void the_built_in_keys_are_the_ones_in_use() {
    assertThat(TelegramRsaKeys.PRODUCTION.fingerprint()).isEqualTo(0xd09d1d85de64fd85L);
    assertThat(TelegramRsaKeys.TEST.fingerprint()).isEqualTo(0xb25898df208d2603L);
  }

  @Test
  void a_public_key_is_written_as_telegram_publishes_it() throws IOException {
    String published = resource("telegram-rsa-keys.txt");

    for (RsaPublicKey key : RsaPublicKey.listFromPem(published)) {
      assertThat(published).contains(key.toPem());
      assertThat(RsaPublicKey.fromPem(key.toPem())).isEqualTo(key);
    }
  }

  @Test
  void a_pem_with_carriage_returns_and_text_around_is_read() {
    String pem = "Public key:\r\n" + TelegramRsaKeys.TEST.toPem().replace("\n", "\r\n") + "\r\n.";

    assertThat(RsaPublicKey.fromPem(pem)).isEqualTo(TelegramRsaKeys.TEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no key at all",
        "-----BEGIN RSA PUBLIC KEY-----\n-----END RSA PUBLIC KEY-----",
        "-----BEGIN RSA PUBLIC KEY-----\nMIIBCg\n-----END RSA PUBLIC KEY-----",
        "-----BEGIN RSA PUBLIC KEY-----\n!!!!\n-----END RSA PUBLIC KEY-----",
        // SEQUENCE of one INTEGER 3, of INTEGERs 3 and -1, of 15 and 3, with a byte too many.
        "-----BEGIN RSA PUBLIC KEY-----\nMAMCAQM=\n-----END RSA PUBLIC KEY-----",
        "-----BEGIN RSA PUBLIC KEY-----\nMAYCAQMCAf8=\n-----END RSA PUBLIC KEY-----",
        "-----BEGIN RSA PUBLIC KEY-----\nMAYCAQ8CAQM=\n-----END RSA PUBLIC KEY-----",
        "-----BEGIN RSA PUBLIC KEY-----\nMAYCAQ8CAQMA\n-----END RSA PUBLIC KEY-----",
        "-----BEGIN RSA PUBLIC KEY-----\nMIT/////\n-----END RSA PUBLIC KEY-----",
      })
  void what_is_no_rsa_2048_public_key_is_refused(String text) {
    assertThatThrownBy(() -> RsaPublicKey.fromPem(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_modulus_or_exponent_of_another_kind_is_refused() {
    BigInteger modulus = TelegramRsaKeys.PRODUCTION.modulus();
    BigInteger exponent = TelegramRsaKeys.PRODUCTION.exponent();

    assertThatThrownBy(() -> new RsaPublicKey(modulus.shiftRight(1), exponent))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RsaPublicKey(modulus.shiftLeft(1), exponent))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RsaPublicKey(modulus.negate(), exponent))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RsaPublicKey(modulus, BigInteger.ONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RsaPublicKey(modulus, BigInteger.valueOf(65_536)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_private_key_survives_its_pem_and_undoes_its_public_half() {
    RsaPrivateKey key = RsaPrivateKey.generate(RANDOM);
    byte[] number = new byte[256];
    RANDOM.nextBytes(number);
    number[0] = 0;

    RsaPrivateKey read = RsaPrivateKey.fromPem(key.toPem());

    assertThat(read.publicKey()).isEqualTo(key.publicKey());
    assertThat(read.apply(key.publicKey().apply(number))).isEqualTo(number);
  }

  @Test
  void a_private_key_shows_only_its_fingerprint() {
    RsaPrivateKey key = RsaPrivateKey.generate(RANDOM);

    assertThat(key)
        .hasToString("RsaPrivateKey[" + RsaPublicKey.format(key.publicKey().fingerprint()) + "]");
  }

  @Test
  void a_generated_fingerprint_has_all_sixteen_digits() {
    for (int i = 0; i < 3; i++) {
      long fingerprint = RsaPrivateKey.generate(RANDOM).publicKey().fingerprint();
      assertThat(Long.toHexString(fingerprint)).hasSize(16);
    }
  }

  @Test
  void a_private_key_of_another_kind_is_refused() {
    assertThatThrownBy(() -> RsaPrivateKey.fromPem(TelegramRsaKeys.TEST.toPem()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            RsaPrivateKey.fromPem("-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = RsaKeyTest.class.getResourceAsStream("/dev/jobradar/mtproto/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}

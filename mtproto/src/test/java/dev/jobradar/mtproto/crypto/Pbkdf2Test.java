package dev.jobradar.mtproto.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Pbkdf2Test {
  /**
   * RFC 6070's inputs with SHA-512 in place of SHA-1, as many libraries test them and Python's
   * hashlib computes them; the last is mtcute's (crypto.test-utils.ts).
   */
  @ParameterizedTest
  @CsvSource({
    "password, salt, 1,"
        + "867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252"
        + "c02d470a285a0501bad999bfe943c08f050235d7d68b1da55e63f73b60a57fce",
    "password, salt, 2,"
        + "e1d9c16aa681708a45f5c7c4e215ceb66e011a2e9f0040713f18aefdb866d53c"
        + "f76cab2868a39b9f7840edce4fef5a82be67335c77a6068e04112754f27ccf4e",
    "password, salt, 4096,"
        + "d197b1b33db0143e018b12f3d1d1479e6cdebdcc97c5c0f87f6902e072f457b5"
        + "143f30602641b3d55cd335988cb36b84376060ecd532e039b742a239434af2d5",
    "passwordPASSWORDpassword, saltSALTsaltSALTsaltSALTsaltSALTsalt, 4096,"
        + "8c0511f4c6e597c6ac6315d8f0362e225f3c501495ba23b868c005174dc4ee71"
        + "115b59f9e60cd9532fa33e0f75aefe30225c583a186cd82bd4daea9724a3d3b8",
    "pbkdf2 test, some salt, 10,"
        + "e43276cfa27f135f261cec8ddcf593fd74ec251038e459c165461f2308f3a723"
        + "5e0744ee1aed9710b00db28d1a2112e20fea3601c60e770ac57ffe6b33ca8be1",
  })
  void published_vectors_hold(String password, String salt, int iterations, String expected) {
    assertThat(Pbkdf2.hmacSha512(ascii(password), ascii(salt), iterations, 64))
        .isEqualTo(HexFormat.of().parseHex(expected));
  }

  @Test
  void a_key_longer_than_the_hash_continues_and_a_shorter_one_is_its_start() {
    byte[] one = Pbkdf2.hmacSha512(ascii("password"), ascii("salt"), 2, 64);
    byte[] longer = Pbkdf2.hmacSha512(ascii("password"), ascii("salt"), 2, 100);
    byte[] shorter = Pbkdf2.hmacSha512(ascii("password"), ascii("salt"), 2, 20);

    assertThat(longer).hasSize(100).startsWith(one);
    assertThat(one).startsWith(shorter);
    // Bytes 64 to 100, from Python's hashlib.
    assertThat(HexFormat.of().formatHex(longer, 64, 100)).isEqualTo(SECOND_BLOCK);
  }

  @Test
  void no_iterations_or_no_bytes_are_refused() {
    assertThatThrownBy(() -> Pbkdf2.hmacSha512(ascii("p"), ascii("s"), 0, 64))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Pbkdf2.hmacSha512(ascii("p"), ascii("s"), 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static final String SECOND_BLOCK =
      "473e311ad827b68945f4e2dddb204c78e40e2495141e411cd272d020640d673cd34aa29f";

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

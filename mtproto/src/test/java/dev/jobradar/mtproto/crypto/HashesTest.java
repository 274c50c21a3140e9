package dev.jobradar.mtproto.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vectors of FIPS 180-2, appendices A and B. */
class HashesTest {
  @ParameterizedTest
  @CsvSource({
    "'', da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "abc, a9993e364706816aba3e25717850c26c9cd0d89d",
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq,"
        + " 84983e441c3bd26ebaae4aa1f95129e5e54670f1",
  })
  void sha1_gives_the_published_hashes(String text, String hash) {
    assertThat(hex(Hashes.sha1(ascii(text)))).isEqualTo(hash);
  }

  @ParameterizedTest
  @CsvSource({
    "'', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq,"
        + " 248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
  })
  void sha256_gives_the_published_hashes(String text, String hash) {
    assertThat(hex(Hashes.sha256(ascii(text)))).isEqualTo(hash);
  }

  @Test
  void a_million_letters_hash_as_published() {
    byte[] letters = ascii("a".repeat(1_000_000));

    assertThat(hex(Hashes.sha1(letters))).isEqualTo("34aa973cd4c4daa4f61eeb2bdbad27316534016f");
    assertThat(hex(Hashes.sha256(letters)))
        .isEqualTo("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  }

  @Test
  void parts_hash_as_the_whole() {
    assertThat(Hashes.sha1(ascii("a"), ascii(""), ascii("bc")))
        .isEqualTo(Hashes.sha1(ascii("abc")));
    assertThat(Hashes.sha256(ascii("ab"), ascii("c"))).isEqualTo(Hashes.sha256(ascii("abc")));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}

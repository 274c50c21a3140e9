package dev.jobradar.mtproto.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AesCtrTest {
  /** NIST SP 800-38A, F.5.5 CTR-AES256.Encrypt. */
  private static final byte[] NIST_KEY =
      hex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");

  private static final byte[] NIST_COUNTER = hex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");

  private static final byte[] NIST_PLAIN =
      hex(
          "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
              + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");

  private static final byte[] NIST_ENCRYPTED =
      hex(
          "601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5"
              + "2b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6");

  @Test
  void the_nist_vector_holds_both_ways() {
    byte[] data = NIST_PLAIN.clone();
    new AesCtr(NIST_KEY, NIST_COUNTER).apply(data, 0, data.length);
    assertThat(data).isEqualTo(NIST_ENCRYPTED);

    new AesCtr(NIST_KEY, NIST_COUNTER).apply(data, 0, data.length);
    assertThat(data).isEqualTo(NIST_PLAIN);
  }

  /** mtcute, packages/core/src/utils/crypto/crypto.test-utils.ts. */
  @Test
  void the_stream_runs_on_from_call_to_call() {
    AesCtr stream =
        new AesCtr(
            hex("d450aae0bf0060a4af1044886b42a13f7c506b35255d134a7e87ab3f23a9493b"),
            hex("0182de2bd789c295c3c6c875c5e9e190"));
    String[] expected = {
      "df5647dbb70bc393f2fb05b72f42286f",
      "3917147082672516b3177150129bc579",
      "2a7a9089270a5de45d5e3dd399cac725",
      "56d085217771398ac13583de4d677dd8",
      "cc639b488126cf36e79c4515e8012b92",
      "01384d100646cd562cc5586ec3f8f8c4",
    };
    for (String encrypted : expected) {
      byte[] data = hex("7baae571e4c2f4cfadb1931d5923aca7");
      stream.apply(data, 0, data.length);
      assertThat(data).isEqualTo(hex(encrypted));
    }
  }

  /**
   * TDLib, tdutils/test/crypto.cpp: CRC-32 of the result, with a counter that overflows as well.
   */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "1, 1141589763, 2053451992",
    "31, 596296607, 1384063362",
    "32, 3673001485, 3266188502",
    "33, 2302125528, 2893295118",
    "9999, 330967191, 780356167",
    "10000, 2047392231, 1904947434",
    "10001, 3537459563, 2043402406",
    "999999, 307747798, 472080809",
    "1000001, 2149598133, 1807109488",
  })
  void tdlibs_vectors_hold(int length, long expected, long expectedFromTheLastCounter) {
    TdlibNumbers numbers = new TdlibNumbers(length);
    byte[] plain = numbers.next(length);
    byte[] key = numbers.next(32);
    byte[] counter = numbers.next(16);
    byte[] lastCounter = new byte[16];
    Arrays.fill(lastCounter, (byte) 0xff);

    assertThat(crcOfEncrypted(plain, key, counter)).isEqualTo(expected);
    assertThat(crcOfEncrypted(plain, key, lastCounter)).isEqualTo(expectedFromTheLastCounter);
  }

  @Test
  void pieces_of_any_size_give_what_the_whole_gives() {
    Random random = new Random(7);
    byte[] whole = new byte[5000];
    random.nextBytes(whole);
    byte[] pieces = whole.clone();
    byte[] counter = hex("fffffffffffffffffffffffffffffff0");

    new AesCtr(NIST_KEY, counter).apply(whole, 0, whole.length);
    AesCtr stream = new AesCtr(NIST_KEY, counter);
    for (int at = 0; at < pieces.length; ) {
      int size = Math.min(random.nextInt(40), pieces.length - at);
      stream.apply(pieces, at, size);
      at += size;
    }

    assertThat(pieces).isEqualTo(whole);
  }

  @Test
  void the_low_half_of_the_counter_carries_into_the_high_half() {
    byte[] counter = hex("0000000000000001ffffffffffffffff");
    byte[] twoBlocks = new byte[32];
    byte[] second = new byte[16];

    AesCtr stream = new AesCtr(NIST_KEY, counter);
    stream.apply(twoBlocks, 0, 16);
    stream.apply(twoBlocks, 16, 16);
    new AesCtr(NIST_KEY, hex("00000000000000020000000000000000")).apply(second, 0, 16);

    assertThat(Arrays.copyOfRange(twoBlocks, 16, 32)).isEqualTo(second);
  }

  @Test
  void wrong_sizes_are_refused() {
    assertThatThrownBy(() -> new AesCtr(new byte[16], new byte[16]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AesCtr(new byte[32], new byte[12]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AesCtr(NIST_KEY, NIST_COUNTER).apply(new byte[8], 4, 5))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static long crcOfEncrypted(byte[] plain, byte[] key, byte[] counter) {
    byte[] data = plain.clone();
    new AesCtr(key, counter).apply(data, 0, data.length);
    CRC32 crc = new CRC32();
    crc.update(data);
    return crc.getValue();
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  /** The linear congruential generator that fills TDLib's test data. */
  private static final class TdlibNumbers {
    private int seed;

    TdlibNumbers(int seed) {
      this.seed = seed;
    }

    byte[] next(int size) {
      byte[] bytes = new byte[size];
      for (int i = 0; i < size; i++) {
        seed = seed * 123457567 + 987651241;
        bytes[i] = (byte) (seed >>> 23);
      }
      return bytes;
    }
  }
}

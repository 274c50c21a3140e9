package dev.jobradar.mtproto.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AesIgeTest {
  private static final String COUNTING =
      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

  /**
   * 1 and 2: OpenSSL, test/igetest.c (AES-128). 3 and 4: grammers, grammers-crypto/src/lib.rs. 5:
   * mtcute, packages/core/src/utils/crypto/crypto.test-utils.ts.
   */
  @ParameterizedTest
  @CsvSource({
    "000102030405060708090a0b0c0d0e0f,"
        + COUNTING
        + ",0000000000000000000000000000000000000000000000000000000000000000,"
        + "1a8519a6557be652e9da8e43da4ef4453cf456b4ca488aa383c79c98b34797cb",
    "5468697320697320616e20696d706c65,"
        + "6d656e746174696f6e206f6620494745206d6f646520666f72204f70656e5353,"
        + "99706487a1cde613bc6de0b6f24b1c7aa448c8b9c3403e3467a8cad89340f53b,"
        + "4c2e204c6574277320686f70652042656e20676f74206974207269676874210a",
    COUNTING
        + ","
        + COUNTING
        + ","
        + COUNTING
        + ",e28112a53e5c89c7b1ea8071c133699fd4e86b26c4bac9fc5af1ab8ce27a44a4",
    COUNTING
        + ","
        + COUNTING
        + ",e5777afacd7b2c16f7ac40cae61ef603fee6098fb8a8860ab9ee672cd7e5bacc,"
        + COUNTING,
    "5468697320697320616e20696d706c655468697320697320616e20696d706c65,"
        + "6d656e746174696f6e206f6620494745206d6f646520666f72204f70656e5353,"
        + "99706487a1cde613bc6de0b6f24b1c7aa448c8b9c3403e3467a8cad89340f53b,"
        + "792ea8ae577b1a66cb3bd92679b8030ca54ee631976bd3a04547fdcb4639fa69",
  })
  void published_vectors_hold_both_ways(String key, String iv, String plain, String encrypted) {
    byte[] data = bytes(plain);
    AesIge.encrypt(bytes(key), bytes(iv), data, 0, data.length);
    assertThat(data).isEqualTo(bytes(encrypted));

    AesIge.decrypt(bytes(key), bytes(iv), data, 0, data.length);
    assertThat(data).isEqualTo(bytes(plain));
  }

  @Test
  void the_answer_of_telegrams_example_decrypts() {
    byte[] data = AuthKeySample.bytes("encrypted_answer");

    AesIge.decrypt(
        AuthKeySample.bytes("tmp_aes_key"),
        AuthKeySample.bytes("tmp_aes_iv"),
        data,
        0,
        data.length);

    assertThat(data).isEqualTo(AuthKeySample.bytes("answer_with_hash"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 32, 48, 144, 1024, 8176, 8192, 8208, 16_384, 16_400, 100_000})
  void every_length_agrees_with_the_definition_applied_block_by_block(int length) throws Exception {
    Random random = new Random(length);
    byte[] key = random(random, 32);
    byte[] iv = random(random, 32);
    byte[] plain = random(random, length);
    byte[] expected = byTheDefinition(key, iv, plain);

    byte[] data = plain.clone();
    AesIge.encrypt(key, iv, data, 0, length);
    assertThat(data).isEqualTo(expected);

    AesIge.decrypt(key, iv, data, 0, length);
    assertThat(data).isEqualTo(plain);
  }

  @Test
  void only_the_given_range_is_touched() throws Exception {
    Random random = new Random(1);
    byte[] key = random(random, 32);
    byte[] iv = random(random, 32);
    byte[] around = random(random, 8300);
    byte[] data = around.clone();

    AesIge.encrypt(key, iv, data, 7, 8272);

    byte[] expected = byTheDefinition(key, iv, Arrays.copyOfRange(around, 7, 8279));
    assertThat(Arrays.copyOfRange(data, 7, 8279)).isEqualTo(expected);
    assertThat(Arrays.copyOf(data, 7)).isEqualTo(Arrays.copyOf(around, 7));
    assertThat(Arrays.copyOfRange(data, 8279, 8300))
        .isEqualTo(Arrays.copyOfRange(around, 8279, 8300));

    AesIge.decrypt(key, iv, data, 7, 8272);
    assertThat(data).isEqualTo(around);
  }

  @Test
  void what_is_not_whole_blocks_in_the_array_is_refused() {
    byte[] key = new byte[32];
    byte[] iv = new byte[32];
    byte[] data = new byte[32];

    assertThatThrownBy(() -> AesIge.encrypt(key, iv, data, 0, 31))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AesIge.decrypt(key, iv, data, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AesIge.encrypt(key, iv, data, 1, 32))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> AesIge.decrypt(key, iv, data, -16, 16))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> AesIge.encrypt(key, new byte[16], data, 0, 16))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AesIge.decrypt(new byte[31], iv, data, 0, 16))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(data).isEqualTo(new byte[32]);
  }

  @Test
  @Timeout(60)
  void many_threads_share_the_ciphers_without_mixing_their_keys() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> tasks =
          IntStream.range(0, 200).<Callable<Boolean>>mapToObj(i -> () -> agrees(i)).toList();
      for (var outcome : threads.invokeAll(tasks, 50, TimeUnit.SECONDS)) {
        assertThat(outcome.get()).isTrue();
      }
    }
  }

  private static boolean agrees(int seed) throws GeneralSecurityException {
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      byte[] key = random(random, 32);
      byte[] iv = random(random, 32);
      byte[] plain = random(random, 16 * (1 + random.nextInt(40)));
      byte[] data = plain.clone();
      AesIge.encrypt(key, iv, data, 0, data.length);
      boolean encrypted = Arrays.equals(data, byTheDefinition(key, iv, plain));
      AesIge.decrypt(key, iv, data, 0, data.length);
      if (!encrypted || !Arrays.equals(data, plain)) {
        return false;
      }
    }
    return true;
  }

  /** c = E(p ⊕ previous c) ⊕ previous p, written as the specification has it. */
  private static byte[] byTheDefinition(byte[] key, byte[] iv, byte[] plain)
      throws GeneralSecurityException {
    Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
    aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
    byte[] lastEncrypted = Arrays.copyOf(iv, 16);
    byte[] lastPlain = Arrays.copyOfRange(iv, 16, 32);
    byte[] result = new byte[plain.length];
    for (int at = 0; at < plain.length; at += 16) {
      byte[] block = Arrays.copyOfRange(plain, at, at + 16);
      lastEncrypted = xor(aes.doFinal(xor(block, lastEncrypted)), lastPlain);
      lastPlain = block;
      System.arraycopy(lastEncrypted, 0, result, at, 16);
    }
    return result;
  }

  private static byte[] xor(byte[] a, byte[] b) {
    byte[] result = new byte[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = (byte) (a[i] ^ b[i]);
    }
    return result;
  }

  private static byte[] random(Random random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}

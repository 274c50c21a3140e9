package dev.jobradar.mtproto.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCipherTest {
  private static final AuthKey COUNTING = countingKey();

  /** mtcute, packages/core/src/utils/crypto/mtproto.test.ts: one part of 32 bytes, eight times. */
  private static final AuthKey MTCUTE =
      new AuthKey(
          hex("98cb29c6ffa89e79da695a54f572e6cb101e81c688b63a4bf73c3622dec230e0".repeat(8)));

  private static final byte[] MTCUTE_MESSAGE_KEY = hex("25d701f2a29205526757825a99eb2d32");

  @Test
  void mtcutes_keys_to_the_server_are_derived() {
    AesKeyIv derived =
        MessageCipher.aesKeyIv(MTCUTE, MessageDirection.TO_SERVER, MTCUTE_MESSAGE_KEY);

    assertThat(derived.key())
        .isEqualTo(hex("af3f8e1ffa75f4c981eec33a3e5bbaa2ea48f9bb93e91597627eb1f67960a0c9"));
    assertThat(derived.iv())
        .isEqualTo(hex("9874d77f95155b35221bff94b7df4594c6996e2a62e44fcb7d93c8c4e41b79ee"));
  }

  @Test
  void mtcutes_keys_to_the_client_are_derived() {
    AesKeyIv derived =
        MessageCipher.aesKeyIv(MTCUTE, MessageDirection.TO_CLIENT, MTCUTE_MESSAGE_KEY);

    assertThat(derived.key())
        .isEqualTo(hex("d4b378e1e0525f10ff9d4c42807ccce5b30a033a8088c0b922b5259421751648"));
    assertThat(derived.iv())
        .isEqualTo(hex("4d7194f42f0135d2fd83050b403265b4c40ee3e9e9fba56f0f4d8ea6bcb121f5"));
  }

  /** grammers, grammers-crypto/src/lib.rs, calc_client_key. */
  @Test
  void grammers_keys_to_the_server_are_derived() {
    byte[] messageKey = hex("000102030405060708090a0b0c0d0e0f");

    AesKeyIv derived = MessageCipher.aesKeyIv(COUNTING, MessageDirection.TO_SERVER, messageKey);

    assertThat(derived.key())
        .isEqualTo(hex("704ed09c8b41668ae8f99d244738f71dbddc44469b6bbd4aa8573dd042bd059e"));
    assertThat(derived.iv())
        .isEqualTo(hex("4d266000a550edabbf4c7ce40fd0043cc92230184cd317a5cc9c2482fd3b9318"));
  }

  /** grammers, grammers-crypto/src/lib.rs, encrypt_client_data_v2. */
  @Test
  void a_published_message_to_the_server_is_sealed() {
    byte[] text =
        "Hello, world! This data should remain secure!".getBytes(StandardCharsets.US_ASCII);
    byte[] message = new byte[24 + 64];
    System.arraycopy(text, 0, message, 24, text.length);

    MessageCipher.seal(COUNTING, MessageDirection.TO_SERVER, message, 0, message.length);

    assertThat(message)
        .isEqualTo(
            hex(
                "32d1586ea457dfc8a81729d46db54019a2bfd7f744f9b96c4f716cfdc4477db2"
                    + "a2c15f6ddb85235fb9552f1d8407c6aaea00cc844c5a1bf6ac44b79b5edc2a23"
                    + "868b3d6073a590992c0f2975243d563ea180d218ee757c9a"));
  }

  /** grammers, grammers-crypto/src/lib.rs, decrypt_server_data_v2: a message from Telegram. */
  @Test
  void a_published_message_to_the_client_is_opened() {
    AuthKey key =
        new AuthKey(
            hex(
                "5d2e7d65f49ec28bd029a88761ea27b8a4c79f12226525443e7d7c596ef33035"
                    + "30db2107e89aa997c7a0164ab694187adeff156bd6ef7118a1962347753c0e7e"
                    + "89a0354b8ec364f9997e71bc6923fb86e8e43491e010606a6ce845e2fa019409"
                    + "77ef0aa32adf5a97dbf6d428ec0434d717a2d3ad19622cc05887642113c7965f"
                    + "fb862a3e3ccb0ab95addda57f89245dbd76b492348f8e94bd5a7c0e0b8480852"
                    + "3cfd1ea80b32fe9ad198bc2e103fceb7d52492ecc0273a28674bc923eee59265"
                    + "ab17a002df1f4aa2c59b819a5e5e1d105ec117336f5c76c6b187037d4b4270ce"
                    + "e9cc21071d97e9bca220c6d7b01b998cf2e5cdb9a50ecda1852a36e635690c8e"));
    byte[] message =
        hex(
            "7a7183c2c10e4f4df945fa9a9abd35e7c3840b61f045304f39674c19c0e20978"
                + "4f50f6226a073529d675c92cbf0bfa8c99a79b3f39c72a5d9a026d431ab7407c"
                + "a04ecc55187d6c45f17871524edd90cea02ed728e14d7cb18aea2a636158f094"
                + "59a9437710d894c79f368c4e8164b7647ea98612aefe942c5d92121acb8db02d"
                + "ccceb66d0f8720ac12a06db0582bfd955be34f365118e3bab8cd080ce6b45b28"
                + "eac56dcd2a29374e");

    assertThat(MessageCipher.open(key, MessageDirection.TO_CLIENT, message, 0, message.length))
        .isTrue();

    assertThat(HexFormat.of().formatHex(message, 24, message.length))
        .isEqualTo(
            "fc826a02248b28fd60f2c4822443ad6801f0c1c2918b305e0200000058000000"
                + "dcf8f1730200000001a8c1c2918b305e010000001c0000000809c29ec4fd33ad"
                + "918b305e18a88ea607ee5816fc826a02248b28fd01ccc1c2918b305e02000000"
                + "14000000c5737734c4fd33ad918b305e6408300000000000fce66704a3cd8ee9"
                + "d0ae6fab672c60c04a3f1fd4490e51f6");
  }

  @ParameterizedTest
  @EnumSource
  void what_is_sealed_is_opened_at_any_place_of_an_array(MessageDirection direction) {
    for (int blocks = 1; blocks < 70; blocks++) {
      byte[] around = random(blocks, 5 + 24 + 16 * blocks + 3);
      byte[] message = around.clone();
      int to = message.length - 3;

      MessageCipher.seal(COUNTING, direction, message, 5, to);
      assertThat(MessageCipher.authKeyId(message, 5)).isEqualTo(COUNTING.id());
      assertThat(Arrays.copyOfRange(message, 29, to))
          .isNotEqualTo(Arrays.copyOfRange(around, 29, to));

      assertThat(MessageCipher.open(COUNTING, direction, message, 5, to)).isTrue();
      assertThat(Arrays.copyOfRange(message, 29, message.length))
          .isEqualTo(Arrays.copyOfRange(around, 29, around.length));
      assertThat(Arrays.copyOf(message, 5)).isEqualTo(Arrays.copyOf(around, 5));
    }
  }

  @Test
  void every_changed_byte_is_noticed_and_nothing_of_the_text_remains() {
    byte[] sealed = sealed(MessageDirection.TO_CLIENT, 3);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 0x10;

      assertThat(
              MessageCipher.open(COUNTING, MessageDirection.TO_CLIENT, changed, 0, changed.length))
          .as("byte %d", i)
          .isFalse();
      if (i >= 8) {
        assertThat(Arrays.copyOfRange(changed, 24, changed.length)).containsOnly(0);
      }
    }
  }

  @Test
  void the_other_direction_or_another_key_does_not_open_a_message() {
    byte[] sealed = sealed(MessageDirection.TO_SERVER, 2);

    assertThat(
            MessageCipher.open(
                COUNTING, MessageDirection.TO_CLIENT, sealed.clone(), 0, sealed.length))
        .isFalse();
    assertThat(
            MessageCipher.open(
                MTCUTE, MessageDirection.TO_SERVER, sealed.clone(), 0, sealed.length))
        .isFalse();
    assertThat(MessageCipher.open(COUNTING, MessageDirection.TO_SERVER, sealed, 0, sealed.length))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 23, 24, 39, 41, 55})
  void a_length_that_no_message_has_does_not_open(int length) {
    byte[] message = Arrays.copyOf(sealed(MessageDirection.TO_SERVER, 2), length);

    assertThat(MessageCipher.open(COUNTING, MessageDirection.TO_SERVER, message, 0, length))
        .isFalse();
  }

  @Test
  void sealing_what_is_not_whole_blocks_is_refused() {
    assertThatThrownBy(
            () -> MessageCipher.seal(COUNTING, MessageDirection.TO_SERVER, new byte[47], 0, 47))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> MessageCipher.seal(COUNTING, MessageDirection.TO_SERVER, new byte[24], 0, 24))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> MessageCipher.seal(COUNTING, MessageDirection.TO_SERVER, new byte[40], 1, 41))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static byte[] sealed(MessageDirection direction, int blocks) {
    byte[] message = random(blocks, 24 + 16 * blocks);
    MessageCipher.seal(COUNTING, direction, message, 0, message.length);
    return message;
  }

  private static AuthKey countingKey() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return new AuthKey(bytes);
  }

  private static byte[] random(int seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}

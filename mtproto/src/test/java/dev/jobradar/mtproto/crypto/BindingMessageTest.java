package dev.jobradar.mtproto.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BindingMessageTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final AuthKey KEY = new AuthKey(counting(256));
  private static final byte[] BODY = counting(40);

  /** gotd/td, crypto/kdf_v1_test.go. */
  @Test
  void gotds_vectors_hold() {
    byte[] text = "bind-message-test-payload".getBytes(StandardCharsets.US_ASCII);
    AesKeyIv derived = BindingMessage.aesKeyIv(KEY, MessageDirection.TO_SERVER, counting(16));

    assertThat(BindingMessage.messageKey(text, text.length))
        .isEqualTo(hex("fc11a3669566de22b87f66550dc3de6d"));
    assertThat(derived.key())
        .isEqualTo(hex("17d7295ca9213d1ab656acdb1ad48b2ea7f3a8f7095098d5508b900bbd5fccfc"));
    assertThat(derived.iv())
        .isEqualTo(hex("2d7d16a65a84108e9805656caa474501cc580aa2edc33abfd0bfad785464d1c6"));
  }

  /** mtcute, packages/core/src/utils/crypto/mtproto.test.ts. */
  @Test
  void mtcutes_vectors_hold_both_ways() {
    AuthKey key =
        new AuthKey(
            hex("98cb29c6ffa89e79da695a54f572e6cb101e81c688b63a4bf73c3622dec230e0".repeat(8)));
    byte[] messageKey = hex("25d701f2a29205526757825a99eb2d32");
    AesKeyIv toServer = BindingMessage.aesKeyIv(key, MessageDirection.TO_SERVER, messageKey);
    AesKeyIv toClient = BindingMessage.aesKeyIv(key, MessageDirection.TO_CLIENT, messageKey);

    assertThat(toServer.key())
        .isEqualTo(hex("1fc7b40b1d9ffbdaf4d652525a748864259698f89214abf27c0d36cb9d4cd5db"));
    assertThat(toServer.iv())
        .isEqualTo(hex("7251fbda39ec5e6e089f15ded5963b03d6d8d0f7078898431fc7b40b1d9ffbda"));
    assertThat(toClient.key())
        .isEqualTo(hex("af0e4e01318654be40ab42b125909d43b44bdeef571ff1a5dfb81474ae26d467"));
    assertThat(toClient.iv())
        .isEqualTo(hex("15c9ba6021d2c5cf04f0842540ae216a970b4eac8f46ef01af0e4e01318654be"));
  }

  @Test
  void a_sealed_message_has_the_documented_layout() {
    byte[] random = new byte[16 + 64];
    Arrays.fill(random, (byte) 0xcd);
    byte[] sealed =
        new BindingMessage(0x0112233445566774L, BODY).seal(KEY, new FixedRandom(random));

    assertThat(sealed).hasSize(24 + 80);
    ByteBuffer head = ByteBuffer.wrap(sealed).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(head.getLong(0)).isEqualTo(KEY.id());
    byte[] messageKey = Arrays.copyOfRange(sealed, 8, 24);
    byte[] plain = Arrays.copyOfRange(sealed, 24, sealed.length);
    BindingMessage.aesKeyIv(KEY, MessageDirection.TO_SERVER, messageKey).decrypt(plain, 0, 80);
    ByteBuffer inside = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(Arrays.copyOf(plain, 16)).containsOnly(0xcd);
    assertThat(inside.getLong(16)).isEqualTo(0x0112233445566774L);
    assertThat(inside.getInt(24)).isZero();
    assertThat(inside.getInt(28)).isEqualTo(40);
    assertThat(Arrays.copyOfRange(plain, 32, 72)).isEqualTo(BODY);
    assertThat(messageKey)
        .isEqualTo(Arrays.copyOfRange(Hashes.sha1(Arrays.copyOf(plain, 72)), 4, 20));
  }

  @Test
  void a_sealed_message_is_opened() {
    for (int size = 0; size < 70; size++) {
      byte[] sealed = new BindingMessage(4, counting(size)).seal(KEY, RANDOM);

      BindingMessage opened = BindingMessage.open(KEY, sealed);

      assertThat(opened.messageId()).isEqualTo(4);
      assertThat(opened.body()).isEqualTo(counting(size));
    }
  }

  @Test
  void every_changed_byte_is_noticed() {
    byte[] sealed = new BindingMessage(4, counting(48)).seal(KEY, RANDOM);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> BindingMessage.open(KEY, changed))
          .as("byte %d", i)
          .isInstanceOf(ProtocolException.class);
    }
  }

  /** Each breaks one rule and is well-formed otherwise. */
  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of("msg_key", sealPlain(KEY.id(), 0, 40, 72, 80, true)),
        Arguments.of("id of its key", sealPlain(KEY.id() + 1, 0, 40, 72, 80, false)),
        Arguments.of("seqno", sealPlain(KEY.id(), 1, 40, 72, 80, false)),
        Arguments.of("padding", sealPlain(KEY.id(), 0, 40, 72, 96, false)),
        Arguments.of("msg_key", sealPlain(KEY.id(), 0, 49, 80, 80, false)),
        Arguments.of("msg_key", sealPlain(KEY.id(), 0, -1, 80, 80, false)),
        Arguments.of("length", new byte[24 + 16]),
        Arguments.of("length", new byte[24 + 81]),
        Arguments.of("length", new byte[0]));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void a_message_that_breaks_one_rule_is_refused(String rule, byte[] sealed) {
    assertThatThrownBy(() -> BindingMessage.open(KEY, sealed))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining(rule);
  }

  @Test
  void the_helper_of_these_rows_makes_good_messages_too() {
    BindingMessage opened = BindingMessage.open(KEY, sealPlain(KEY.id(), 0, 40, 72, 80, false));

    assertThat(opened.body()).hasSize(40);
  }

  private static byte[] sealPlain(
      long keyId, int seqno, int length, int hashed, int size, boolean wrongKey) {
    ByteBuffer plain = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    plain.putLong(16, 4).putInt(24, seqno).putInt(28, length);
    byte[] messageKey = BindingMessage.messageKey(plain.array(), hashed);
    if (wrongKey) {
      messageKey[0] ^= 1;
    }
    BindingMessage.aesKeyIv(KEY, MessageDirection.TO_SERVER, messageKey)
        .encrypt(plain.array(), 0, size);
    return ByteBuffer.allocate(24 + size)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(keyId)
        .put(messageKey)
        .put(plain.array())
        .array();
  }

  private static byte[] counting(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}

package dev.jobradar.mtproto.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class AuthKeyTest {
  private static final byte[] BYTES = AuthKeySample.bytes("auth_key");

  @Test
  void ids_are_the_two_ends_of_the_keys_hash() {
    AuthKey key = new AuthKey(BYTES);
    ByteBuffer hash = ByteBuffer.wrap(Hashes.sha1(BYTES)).order(ByteOrder.LITTLE_ENDIAN);

    assertThat(key.auxHash()).isEqualTo(hash.getLong(0));
    assertThat(key.id()).isEqualTo(hash.getLong(12));
  }

  /** grammers, grammers-crypto/src/auth_key.rs: the key 0, 1, 2 … 255. */
  @Test
  void published_hashes_hold() {
    byte[] counting = new byte[256];
    for (int i = 0; i < counting.length; i++) {
      counting[i] = (byte) i;
    }
    ByteBuffer id = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);

    id.putLong(0, new AuthKey(counting).id());

    assertThat(HexFormat.of().formatHex(id.array())).isEqualTo("32d1586ea457dfc8");
  }

  /** new_nonce_hash1 of Telegram's example holds the auxiliary hash. */
  @Test
  void the_auxiliary_hash_is_that_of_telegrams_example() {
    byte[] aux =
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(new AuthKey(BYTES).auxHash())
            .array();

    byte[] hash = Hashes.sha1(AuthKeySample.bytes("new_nonce"), new byte[] {1}, aux);

    byte[] dhGenOk = AuthKeySample.bytes("dh_gen_ok");
    assertThat(Arrays.copyOfRange(hash, 4, 20)).isEqualTo(Arrays.copyOfRange(dhGenOk, 36, 52));
  }

  @Test
  void equal_bytes_are_equal_keys() {
    byte[] other = BYTES.clone();
    other[100] ^= 1;

    assertThat(new AuthKey(BYTES)).isEqualTo(new AuthKey(BYTES.clone()));
    assertThat(new AuthKey(BYTES)).hasSameHashCodeAs(new AuthKey(BYTES.clone()));
    assertThat(new AuthKey(BYTES)).isNotEqualTo(new AuthKey(other)).isNotEqualTo(null);
  }

  @Test
  void a_key_is_not_changed_from_outside() {
    byte[] given = BYTES.clone();
    AuthKey key = new AuthKey(given);

    given[0] ^= 1;
    key.toByteArray()[0] ^= 1;

    assertThat(key.toByteArray()).isEqualTo(BYTES);
  }

  @Test
  void it_shows_its_id_and_nothing_of_the_key() {
    AuthKey key = new AuthKey(BYTES);

    assertThat(key).hasToString("AuthKey[" + HexFormat.of().toHexDigits(key.id()) + "]");
  }

  @Test
  void another_length_is_refused() {
    assertThatThrownBy(() -> new AuthKey(new byte[255]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AuthKey(new byte[257]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

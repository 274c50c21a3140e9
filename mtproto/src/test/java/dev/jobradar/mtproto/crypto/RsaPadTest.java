package dev.jobradar.mtproto.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.ProtocolException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RsaPadTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final RsaPrivateKey KEY = RsaPrivateKey.generate(RANDOM);

  /** gotd/td, crypto/rsa_pad_test.go: 144 times 'a', all random bytes zero. */
  @Test
  void a_published_vector_holds() {
    byte[] data = new byte[144];
    Arrays.fill(data, (byte) 'a');

    byte[] encrypted =
        RsaPad.encrypt(data, TelegramRsaKeys.PRODUCTION, new FixedRandom(new byte[48 + 32]));

    assertThat(HexFormat.of().formatHex(encrypted))
        .isEqualTo(
            "bf68719e836806b040cd261ecaf66eb3c4ba19f3bbea3031b2e6cf29167bab647201d101b291dc"
                + "5b716a42e789a38d947fe59e9bcce8f30ef46a946743ea8b6babbce7fc0afc46b802aa453e83"
                + "471d82a4dfad83f971f350b4b4fb474cd1c48fdf427e4b5fecce9ec3178ae7dac3985856fdef"
                + "a21d6fdc5e0e0fd8a57bc4f51580d637d372be8d87c9aa3fde8e6f8287bcb3be846aadcdd594"
                + "65375479e248f62ed438f9804fbe36d41ca906243a5f740f3937949aa149ba8a8b8e68b3f3e1"
                + "e3cd3f946387520e21eee55845e1f015a919a22f6a72bfaecd2cae946c91983b41f9ffabe979"
                + "63bbde8f30eaf5fd3c5b8cecab8711bd269e441b6084f385726ff0");
  }

  @Test
  void what_was_encrypted_is_decrypted() {
    // About one draw in four is not below the modulus and is drawn again.
    for (int size = 1; size <= 144; size++) {
      byte[] data = new byte[size];
      RANDOM.nextBytes(data);

      byte[] encrypted = RsaPad.encrypt(data, KEY.publicKey(), RANDOM);

      assertThat(encrypted).hasSize(256);
      assertThat(RsaPad.decrypt(encrypted, KEY)).startsWith(data).hasSize(192);
    }
  }

  @Test
  void a_number_not_below_the_modulus_is_drawn_again() {
    byte[] padding = new byte[192];
    byte[][] tempKeys = new byte[64][32];
    for (int i = 0; i < tempKeys.length; i++) {
      Arrays.fill(tempKeys[i], (byte) i);
    }
    int refused = 0;
    while (!KEY.publicKey().accepts(RsaPad.wrap(padding, tempKeys[refused]))) {
      refused++;
    }
    byte[][] parts = new byte[refused + 2][];
    parts[0] = padding;
    System.arraycopy(tempKeys, 0, parts, 1, refused + 1);

    byte[] encrypted = RsaPad.encrypt(new byte[0], KEY.publicKey(), new FixedRandom(parts));

    assertThat(KEY.apply(encrypted)).isEqualTo(RsaPad.wrap(padding, tempKeys[refused]));
  }

  @Test
  void more_than_144_bytes_are_refused() {
    assertThatThrownBy(() -> RsaPad.encrypt(new byte[145], KEY.publicKey(), RANDOM))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(RsaPad.encrypt(new byte[144], KEY.publicKey(), RANDOM)).hasSize(256);
  }

  @Test
  void one_changed_bit_is_refused() {
    byte[] encrypted = RsaPad.encrypt(new byte[10], KEY.publicKey(), RANDOM);
    encrypted[255] ^= 1;

    assertThatThrownBy(() -> RsaPad.decrypt(encrypted, KEY))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("hash");
  }

  @Test
  void another_length_or_a_number_beyond_the_modulus_is_refused() {
    byte[] tooGreat = new byte[256];
    Arrays.fill(tooGreat, (byte) 0xff);

    assertThatThrownBy(() -> RsaPad.decrypt(new byte[255], KEY))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("255");
    assertThatThrownBy(() -> RsaPad.decrypt(new byte[257], KEY))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> RsaPad.decrypt(tooGreat, KEY))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("modulus");
  }
}

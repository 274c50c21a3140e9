package dev.jobradar.telegram.session;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.crypto.AuthKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** Session strings with one made-up key, written by other people's clients. */
final class SessionSamples {
  static final byte[] KEY_BYTES = keyBytes();
  static final AuthKey KEY = new AuthKey(KEY_BYTES);
  static final SignedInUser USER = new SignedInUser(6_000_000_001L, false);
  static final SignedInUser BOT = new SignedInUser(1_234_567_890, true);

  private static final Properties STRINGS = load();

  private SessionSamples() {}

  static String string(String name) {
    return Objects.requireNonNull(STRINGS.getProperty(name), name);
  }

  static SavedSession session(int dc) {
    return SavedSession.of(new DcId(dc), false, KEY);
  }

  private static byte[] keyBytes() {
    byte[] key = new byte[AuthKey.SIZE];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (7 * i + 3);
    }
    return key;
  }

  private static Properties load() {
    Properties strings = new Properties();
    try (InputStream in = SessionSamples.class.getResourceAsStream("session-strings.properties")) {
      strings.load(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return strings;
  }
}

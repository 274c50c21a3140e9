package dev.jobradar.mtproto.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Properties;

/** The worked example of core.telegram.org/mtproto/samples-auth_key. */
public final class AuthKeySample {
  private static final Properties VALUES = load();

  private AuthKeySample() {}

  /** A value of the example, by its name in auth-key-sample.properties. */
  public static byte[] bytes(String name) {
    return HexFormat.of().parseHex(text(name));
  }

  /** A value that is a decimal number. */
  public static int number(String name) {
    return Integer.parseInt(text(name));
  }

  private static String text(String name) {
    String value = VALUES.getProperty(name);
    if (value == null) {
      throw new IllegalArgumentException("the example has no " + name);
    }
    return value;
  }

  private static Properties load() {
    Properties values = new Properties();
    try (InputStream in =
        AuthKeySample.class.getResourceAsStream(
            "/dev/jobradar/mtproto/auth-key-sample.properties")) {
      values.load(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return values;
  }
}

package dev.jobradar.telegram.session;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.crypto.AuthKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What the layouts have in common. */
final class Layouts {
  /** Accounts live on data centres 1 to 5; others hold files. */
  private static final int LAST_DC = 5;

  private Layouts() {}

  static boolean isDc(int number) {
    return number >= 1 && number <= LAST_DC;
  }

  static DcId dc(SessionFormat format, int number) {
    if (!isDc(number)) {
      throw SessionStringException.damaged(format, "no such data centre");
    }
    return new DcId(number);
  }

  static @Nullable AuthKey key(ByteBuffer in) {
    byte[] key = new byte[AuthKey.SIZE];
    in.get(key);
    return key(key);
  }

  /** The key, or null for zeros, which clients write before anybody has signed in. */
  static @Nullable AuthKey key(byte[] key) {
    for (byte b : key) {
      if (b != 0) {
        return new AuthKey(key);
      }
    }
    return null;
  }

  static int unsigned(byte b) {
    return Byte.toUnsignedInt(b);
  }

  /** The address as a number: a name would be looked up by whoever reads the string. */
  static InetAddress ip(SessionFormat format, InetSocketAddress address) {
    InetAddress ip = address.getAddress();
    if (ip == null) {
      throw SessionStringException.notWritable(format, "it needs an IP address, got a name");
    }
    return ip;
  }

  /** As text, without the interface's name that local IPv6 addresses carry. */
  static String ipText(SessionFormat format, InetSocketAddress address) {
    String text = ip(format, address).getHostAddress();
    int scope = text.indexOf('%');
    return scope < 0 ? text : text.substring(0, scope);
  }
}

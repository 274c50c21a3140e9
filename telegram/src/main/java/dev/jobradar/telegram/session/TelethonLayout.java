package dev.jobradar.telegram.session;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.crypto.AuthKey;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Telethon's layout ({@code telethon/sessions/string.py}): data centre u8, address of 4 or 16
 * bytes, port u16, key; big-endian.
 */
final class TelethonLayout {
  static final int IPV4_SIZE = size(4);
  static final int IPV6_SIZE = size(16);

  private TelethonLayout() {}

  private static int size(int address) {
    return 1 + address + Short.BYTES + AuthKey.SIZE;
  }

  static SavedSession read(byte[] data) {
    DcId dc = Layouts.dc(SessionFormat.TELETHON, Layouts.unsigned(data[0]));
    ByteBuffer key = ByteBuffer.wrap(data, data.length - AuthKey.SIZE, AuthKey.SIZE);
    return new SavedSession(dc, false, Layouts.key(key), null, null);
  }

  static byte[] write(SavedSession session, InetSocketAddress address, byte[] key) {
    byte[] ip = Layouts.ip(SessionFormat.TELETHON, address).getAddress();
    return ByteBuffer.allocate(size(ip.length))
        .put((byte) session.dc().value())
        .put(ip)
        .putShort((short) address.getPort())
        .put(key)
        .array();
  }
}

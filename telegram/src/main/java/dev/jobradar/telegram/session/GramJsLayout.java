package dev.jobradar.telegram.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.crypto.AuthKey;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * GramJS's layout (npm {@code telegram}, {@code sessions/StringSession.js}): data centre u8, length
 * of the address i16, address in ASCII, port i16, key; big-endian. GramJS reads a port above 32,767
 * as a negative number.
 */
final class GramJsLayout {
  private static final int ADDRESS = 1 + Short.BYTES;
  private static final int WITHOUT_ADDRESS = ADDRESS + Short.BYTES + AuthKey.SIZE;

  private GramJsLayout() {}

  static boolean fits(byte[] data) {
    int address = data.length - WITHOUT_ADDRESS;
    if (address < 1 || ByteBuffer.wrap(data).getShort(1) != address) {
      return false;
    }
    for (int i = ADDRESS; i < ADDRESS + address; i++) {
      if (data[i] <= ' ' || data[i] > '~') {
        return false;
      }
    }
    return true;
  }

  static SavedSession read(byte[] data) {
    DcId dc = Layouts.dc(SessionFormat.GRAMJS, Layouts.unsigned(data[0]));
    ByteBuffer key = ByteBuffer.wrap(data, data.length - AuthKey.SIZE, AuthKey.SIZE);
    return new SavedSession(dc, false, Layouts.key(key), null, null);
  }

  static byte[] write(SavedSession session, InetSocketAddress address, byte[] key) {
    byte[] ip = Layouts.ipText(SessionFormat.GRAMJS, address).getBytes(US_ASCII);
    return ByteBuffer.allocate(WITHOUT_ADDRESS + ip.length)
        .put((byte) session.dc().value())
        .putShort((short) ip.length)
        .put(ip)
        .putShort((short) address.getPort())
        .put(key)
        .array();
  }
}

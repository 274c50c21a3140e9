package dev.jobradar.telegram.session;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.TlException;
import dev.jobradar.tl.TlLimits;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.TlWriter;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * mtcute's third layout (npm {@code @mtcute/core}, {@code highlevel/utils/string-session.js} and
 * {@code utils/dcs.js}): 3, then in TL flags, the main data centre, perhaps another for media,
 * perhaps the user, the key.
 */
final class MtcuteLayout {
  private static final byte VERSION = 3;

  private static final int HAS_USER = 1;
  private static final int TEST = 2;
  private static final int HAS_MEDIA_DC = 4;
  private static final int ALL_FLAGS = 7;

  private static final byte DC_VERSION = 2;
  private static final int DC_HEADER = 3;
  private static final int DC_IPV6 = 1;
  private static final int DC_TEST = 4;

  private MtcuteLayout() {}

  static boolean fits(byte[] data) {
    if (data.length <= Integer.BYTES || data[0] != VERSION) {
      return false;
    }
    int flags = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getInt(1);
    return (flags & ~ALL_FLAGS) == 0;
  }

  static SavedSession read(byte[] data) {
    try {
      return read(new TlReader(data, 1, data.length, TlLimits.DEFAULT));
    } catch (TlException showsWhatItRead) {
      throw SessionStringException.damaged(
          SessionFormat.MTCUTE, "it is cut off or holds what is no TL");
    }
  }

  private static SavedSession read(TlReader in) {
    int flags = in.readInt();
    Dc main = Dc.read(in.readBytes().toByteArray());
    Dc media = (flags & HAS_MEDIA_DC) != 0 ? Dc.read(in.readBytes().toByteArray()) : main;
    boolean marked = (flags & TEST) != 0;
    if (!marked && main.test != media.test) {
      throw SessionStringException.damaged(
          SessionFormat.MTCUTE, "one of its data centres is a test one, the other is not");
    }
    SignedInUser user = (flags & HAS_USER) != 0 ? user(in.readLong(), in.readBool()) : null;
    byte[] key = in.readBytes().toByteArray();
    in.expectEnd();
    if (key.length != AuthKey.SIZE) {
      throw SessionStringException.damaged(SessionFormat.MTCUTE, "its key has another length");
    }
    return new SavedSession(main.id, marked || main.test, Layouts.key(key), user, null);
  }

  private static @Nullable SignedInUser user(long id, boolean bot) {
    if (id < 0 || id > SignedInUser.MAX_ID) {
      throw SessionStringException.damaged(SessionFormat.MTCUTE, "no user id is that large");
    }
    return id == 0 ? null : new SignedInUser(id, bot);
  }

  static byte[] write(SavedSession session, InetSocketAddress address, byte[] key) {
    SignedInUser user = session.user();
    TlWriter out = new TlWriter();
    out.writeRawBytes(new byte[] {VERSION});
    out.writeInt(user == null ? 0 : HAS_USER);
    out.writeBytes(Bytes.of(Dc.write(session, address)));
    if (user != null) {
      out.writeLong(user.id());
      out.writeBool(user.bot());
    }
    out.writeBytes(Bytes.of(key));
    return out.toByteArray();
  }

  /** A data centre within it: version, number and flags in a byte each, address, port. */
  private record Dc(DcId id, boolean test) {
    static Dc read(byte[] data) {
      TlReader in = new TlReader(data);
      byte[] header = in.readRawBytes(DC_HEADER);
      in.readString();
      in.readInt();
      in.expectEnd();
      if (header[0] != 1 && header[0] != DC_VERSION) {
        throw SessionStringException.damaged(
            SessionFormat.MTCUTE, "its data centre has an unknown form");
      }
      return new Dc(
          Layouts.dc(SessionFormat.MTCUTE, Layouts.unsigned(header[1])),
          header[0] == DC_VERSION && (header[2] & DC_TEST) != 0);
    }

    static byte[] write(SavedSession session, InetSocketAddress address) {
      boolean ipv6 = Layouts.ip(SessionFormat.MTCUTE, address) instanceof Inet6Address;
      int flags = (ipv6 ? DC_IPV6 : 0) | (session.test() ? DC_TEST : 0);
      TlWriter out = new TlWriter();
      out.writeRawBytes(new byte[] {DC_VERSION, (byte) session.dc().value(), (byte) flags});
      out.writeString(Layouts.ipText(SessionFormat.MTCUTE, address));
      out.writeInt(address.getPort());
      return out.toByteArray();
    }
  }
}

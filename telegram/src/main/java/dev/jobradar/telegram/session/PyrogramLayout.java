package dev.jobradar.telegram.session;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.crypto.AuthKey;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Pyrogram's layouts ({@code pyrogram/storage/storage.py}): data centre u8, in the newest the
 * api_id u32, test flag, key, user id u32 or u64, bot flag; big-endian.
 */
enum PyrogramLayout {
  V1(SessionFormat.PYROGRAM_V1, false, Integer.BYTES),
  V1_64(SessionFormat.PYROGRAM_V1_64, false, Long.BYTES),
  V2(SessionFormat.PYROGRAM, true, Long.BYTES);

  private final SessionFormat format;
  private final boolean withApiId;
  private final int userSize;
  private final int keyAt;
  private final int size;

  PyrogramLayout(SessionFormat format, boolean withApiId, int userSize) {
    this.format = format;
    this.withApiId = withApiId;
    this.userSize = userSize;
    this.keyAt = 1 + (withApiId ? Integer.BYTES : 0) + 1;
    this.size = keyAt + AuthKey.SIZE + userSize + 1;
  }

  SessionFormat format() {
    return format;
  }

  boolean fits(byte[] data) {
    return data.length == size
        && Layouts.isDc(data[0])
        && isFlag(data[keyAt - 1])
        && isFlag(data[size - 1]);
  }

  private static boolean isFlag(byte b) {
    return b == 0 || b == 1;
  }

  SavedSession read(byte[] data) {
    ByteBuffer in = ByteBuffer.wrap(data);
    DcId dc = Layouts.dc(format, in.get());
    Integer apiId = withApiId ? apiId(in.getInt()) : null;
    boolean test = in.get() == 1;
    AuthKey key = Layouts.key(in);
    long user = userSize == Long.BYTES ? in.getLong() : Integer.toUnsignedLong(in.getInt());
    boolean bot = in.get() == 1;
    return new SavedSession(dc, test, key, user(user, bot), apiId);
  }

  /** TL knows an api_id as an int; 0 stands for none. */
  private @Nullable Integer apiId(int value) {
    if (value < 0) {
      throw SessionStringException.damaged(format, "no api_id is that large");
    }
    return value == 0 ? null : value;
  }

  /** Pyrogram writes 0 when no user is signed in. */
  private @Nullable SignedInUser user(long id, boolean bot) {
    if (id < 0 || id > SignedInUser.MAX_ID) {
      throw SessionStringException.damaged(format, "no user id is that large");
    }
    return id == 0 ? null : new SignedInUser(id, bot);
  }

  byte[] write(SavedSession session, byte[] key) {
    SignedInUser user = session.user();
    if (user == null) {
      // A made-up id would do for a while, and fail where Pyrogram relies on it.
      throw SessionStringException.notWritable(format, "the user id is not known");
    }
    ByteBuffer out = ByteBuffer.allocate(size).put((byte) session.dc().value());
    if (withApiId) {
      Integer apiId = session.apiId();
      if (apiId == null) {
        throw SessionStringException.notWritable(format, "the api_id is not known");
      }
      out.putInt(apiId);
    }
    out.put(flag(session.test())).put(key);
    if (userSize == Long.BYTES) {
      out.putLong(user.id());
    } else if (user.id() >>> Integer.SIZE == 0) {
      out.putInt((int) user.id());
    } else {
      throw SessionStringException.notWritable(format, "the user id is longer than 32 bits");
    }
    return out.put(flag(user.bot())).array();
  }

  private static byte flag(boolean value) {
    return (byte) (value ? 1 : 0);
  }
}

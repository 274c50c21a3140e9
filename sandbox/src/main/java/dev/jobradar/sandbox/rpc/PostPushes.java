package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.layer.LayerCodec;
import dev.jobradar.sandbox.world.ChannelInfo;
import dev.jobradar.sandbox.world.Post;
import dev.jobradar.sandbox.world.PostExtras;
import dev.jobradar.sandbox.world.Update;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.sandbox.world.World;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Updates of channels as they are pushed to their members. A post goes to thousands: it is written
 * once for each layer, and for every other member only the channel's access hash is put in its
 * place. What names anybody else is written for each member. Thread-safe.
 */
final class PostPushes {

  private final World world;
  private final UpdateViews updates;

  /** The update that is going out now. */
  private volatile @Nullable Going going;

  PostPushes(World world, UpdateViews updates) {
    this.world = world;
    this.updates = updates;
  }

  private record Going(Update update, Map<Integer, Written> byLayer) {}

  /** An update as it was written for one member, and where that member's access hash stands. */
  private static final class Written {
    final byte[] bytes;
    final int hashAt;

    Written(byte[] bytes, int hashAt) {
      this.bytes = bytes;
      this.hashAt = hashAt;
    }
  }

  /** The boxed updates for one member; empty if the layer cannot express them. */
  Optional<byte[]> write(UserId me, Update.OfChannel update, LayerCodec codec) {
    long hash = world.accessHash(me, update.channel());
    boolean makersOwn =
        world.channel(update.channel()).map(ChannelInfo::creator).filter(me::equals).isPresent();
    if (makersOwn || !updates.cast(me, update).areOnly(update.channel()) || isBy(me, update)) {
      return codec.writeUpdates(updates.push(me, update));
    }
    Going now = going;
    if (now == null || !now.update().equals(update)) {
      now = new Going(update, new ConcurrentHashMap<>());
      going = now;
    }
    Written written = now.byLayer().get(codec.layer());
    if (written != null) {
      byte[] copy = written.bytes.clone();
      littleEndian(copy).putLong(written.hashAt, hash);
      return Optional.of(copy);
    }
    Optional<byte[]> first = codec.writeUpdates(updates.push(me, update));
    if (first.isPresent()) {
      int hashAt = only(first.get(), hash);
      if (hashAt >= 0) {
        now.byLayer().put(codec.layer(), new Written(first.get(), hashAt));
      }
    }
    return first;
  }

  /** Whether the account wrote the post: its own clients see it as outgoing. */
  private static boolean isBy(UserId me, Update.OfChannel update) {
    Post post =
        switch (update) {
          case Update.NewPost fresh -> fresh.post();
          case Update.EditedPost edited -> edited.post();
          case Update.WebPageCame page -> null;
          case Update.DeletedPosts deleted -> null;
        };
    PostExtras extras = post == null ? null : post.extras();
    return extras != null && me.equals(extras.author());
  }

  /** Where a number stands; -1 unless it is in exactly one place. */
  private static int only(byte[] bytes, long number) {
    ByteBuffer buffer = littleEndian(bytes);
    int found = -1;
    for (int i = 0; i + Long.BYTES <= bytes.length; i++) {
      if (buffer.getLong(i) == number) {
        if (found >= 0) {
          return -1;
        }
        found = i;
      }
    }
    return found;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}

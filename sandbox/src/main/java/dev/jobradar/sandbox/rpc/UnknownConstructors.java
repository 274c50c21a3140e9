package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.FaultSite;
import dev.jobradar.sandbox.fault.Faults;
import dev.jobradar.sandbox.fault.StandingFault;
import dev.jobradar.sandbox.layer.LayerCodec;
import dev.jobradar.sandbox.world.ChannelId;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.sandbox.world.World;
import dev.jobradar.tl.api.TypeMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes answers and updates unreadable that are on their way to a client. Thread-safe. */
final class UnknownConstructors {

  /** An id that no layer has. */
  static final int ID = 0x0badc0de;

  /**
   * How many bytes of a message tell it from all others: constructor, flags, id and peer. What
   * follows may change while the message stays the same, as its views do.
   */
  private static final int PREFIX = 28;

  private final Faults faults;
  private final World world;
  private final Views views;

  UnknownConstructors(Faults faults, World world, Views views) {
    this.faults = faults;
    this.world = world;
    this.views = views;
  }

  /** The same bytes with an unknown constructor. */
  static byte[] outermost(byte[] boxed) {
    byte[] copy = boxed.clone();
    littleEndian(copy).putInt(0, ID);
    return copy;
  }

  /**
   * Bytes with the messages in them unreadable that {@link Fault.UnknownMessage} is set for; the
   * same array if there are none.
   *
   * @param me for whom they are; null for a client that is not signed in
   */
  byte[] hideMessages(
      byte[] bytes, @Nullable UserId me, Supplier<FaultSite> where, LayerCodec codec) {
    if (me == null || faults.isEmpty()) {
      return bytes;
    }
    List<StandingFault> struck =
        faults.strikeAll(
            Fault.UnknownMessage.class,
            where,
            fault -> message(me, fault, codec).filter(it -> find(bytes, it, 0) >= 0).isPresent());
    if (struck.isEmpty()) {
      return bytes;
    }
    byte[] copy = bytes.clone();
    for (StandingFault fault : struck) {
      message(me, fault, codec).ifPresent(message -> replace(copy, message));
    }
    return copy;
  }

  /** How the message begins in the client's layer; none if it is not there. */
  private Optional<byte[]> message(UserId me, StandingFault standing, LayerCodec codec) {
    if (!(standing.fault() instanceof Fault.UnknownMessage(int id))) {
      return Optional.empty();
    }
    ChannelId channel = standing.aim().channel();
    Optional<TypeMessage> message =
        channel == null
            ? world.messages(me, List.of(id)).stream()
                .findFirst()
                .map(found -> views.message(me, found))
            : world
                .channel(channel)
                .flatMap(info ->
                    world.posts(channel, List.of(id)).stream()
                        .findFirst()
                        .map(post -> views.post(me, info, post)));
    return message
        .flatMap(codec::writeMessage)
        .map(bytes -> Arrays.copyOf(bytes, Math.min(PREFIX, bytes.length)));
  }

  private static void replace(byte[] bytes, byte[] prefix) {
    int at = find(bytes, prefix, 0);
    while (at >= 0) {
      littleEndian(bytes).putInt(at, ID);
      at = find(bytes, prefix, at + prefix.length);
    }
  }

  private static int find(byte[] bytes, byte[] prefix, int from) {
    for (int at = from; at + prefix.length <= bytes.length; at += Integer.BYTES) {
      if (Arrays.equals(bytes, at, at + prefix.length, prefix, 0, prefix.length)) {
        return at;
      }
    }
    return -1;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}

package dev.jobradar.sandbox.net;

import dev.jobradar.mtproto.transport.Frame;
import dev.jobradar.sandbox.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What becomes of the packets of one connection on their way to the client, on purpose. */
final class PacketFaults {
  /** A packet that no other one overtakes is held back no longer. */
  private static final Duration HELD = Duration.ofMillis(300);

  private final NetworkContext hub;
  private final Connection connection;
  private final AtomicReference<Frame.@Nullable Packet> held = new AtomicReference<>();

  PacketFaults(NetworkContext hub, Connection connection) {
    this.hub = hub;
    this.connection = connection;
  }

  /** What is sent in a packet's place, in order. */
  List<Frame.Packet> instead(Frame.Packet packet, SessionLink link) {
    Frame.Packet overtaken = held.getAndSet(null);
    if (overtaken != null) {
      return List.of(packet, overtaken);
    }
    return switch (hub.faults().strike(Fault.OfPacket.class, connection::place)) {
      case null -> List.of(packet);
      case Fault.DuplicatePackets() -> List.of(packet, packet);
      case Fault.ReplayPackets() -> List.of(packet, new Frame.Packet(link.old(packet.payload())));
      case Fault.ReorderPackets() -> {
        held.set(packet);
        Thread.startVirtualThread(() -> release(packet));
        yield List.of();
      }
    };
  }

  private void release(Frame.Packet packet) {
    try {
      Thread.sleep(HELD);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (held.compareAndSet(packet, null)) {
      connection.send(packet);
    }
  }
}

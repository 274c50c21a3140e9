package dev.jobradar.mtproto.client;

import dev.jobradar.mtproto.TransportException;
import dev.jobradar.mtproto.channel.FramedChannel;
import dev.jobradar.mtproto.client.ConnectionOptions.KnownKey;
import dev.jobradar.mtproto.keyexchange.ClientKeyExchange;
import dev.jobradar.mtproto.keyexchange.ClientKeyExchange.Outcome;
import dev.jobradar.mtproto.keyexchange.ExchangeDc;
import dev.jobradar.mtproto.transport.Frame;
import java.security.SecureRandom;

/** Creates an authorisation key over a fresh connection, on the calling thread. */
final class KeyNegotiation {
  private KeyNegotiation() {}

  static KnownKey make(FramedChannel channel, ConnectionOptions options, SecureRandom random) {
    ExchangeDc dc = new ExchangeDc(options.dc(), options.testDc(), false);
    ClientKeyExchange exchange =
        new ClientKeyExchange(
            ClientKeyExchange.Settings.permanent(options.serverKeys(), dc), random);
    channel.write(new Frame.Packet(exchange.start(Heartbeat.now())));
    while (true) {
      switch (exchange.receive(nextPacket(channel), Heartbeat.now())) {
        case Outcome.Send(byte[] packet) -> channel.write(new Frame.Packet(packet));
        case Outcome.Done(var made) -> {
          return new KnownKey(made.key(), made.firstSalt(), made.timeOffset());
        }
      }
    }
  }

  private static byte[] nextPacket(FramedChannel channel) {
    while (true) {
      switch (channel.read()) {
        case null ->
            throw new TransportException("the server closed during the key exchange", null);
        case Frame.TransportError error -> throw error.toException();
        case Frame.Packet packet -> {
          return packet.payload();
        }
        case Frame.QuickAck ack -> {
          // Never requested.
        }
      }
    }
  }
}

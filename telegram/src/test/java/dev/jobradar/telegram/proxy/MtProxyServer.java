package dev.jobradar.telegram.proxy;

import dev.jobradar.mtproto.channel.FramedChannel;
import dev.jobradar.mtproto.transport.Frame;
import dev.jobradar.mtproto.transport.Framing;
import dev.jobradar.mtproto.transport.ProxySecret;
import dev.jobradar.mtproto.transport.Transport;
import dev.jobradar.mtproto.transport.TransportDetector;
import dev.jobradar.mtproto.transport.TransportDetector.Detected;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * An MTProxy: takes off the obfuscation that its secret makes, and carries the packets to one data
 * centre over the intermediate transport.
 */
final class MtProxyServer implements LoopbackServer.Service {
  private static final SecureRandom RANDOM = new SecureRandom();

  final BlockingQueue<Detected> clients = new LinkedBlockingQueue<>();
  private final ProxySecret secret;
  private final InetSocketAddress target;

  MtProxyServer(ProxySecret secret, InetSocketAddress target) {
    this.secret = secret;
    this.target = target;
  }

  @Override
  public void serve(Socket connection) throws Exception {
    SocketChannel client = connection.getChannel();
    Detected detected =
        FramedChannel.detect(
            client, new TransportDetector(RANDOM, Framing.DEFAULT_MAX_PAYLOAD, secret));
    if (detected == null || !detected.obfuscated()) {
      return;
    }
    clients.add(detected);
    try (FramedChannel here = new FramedChannel(client, detected.codec());
        FramedChannel there =
            new FramedChannel(
                SocketChannel.open(target),
                new Transport.Plain(Framing.INTERMEDIATE).open(RANDOM))) {
      Thread back = Thread.ofVirtual().start(() -> carry(there, here));
      carry(here, there);
      back.join();
    }
  }

  private static void carry(FramedChannel from, FramedChannel to) {
    try {
      for (Frame frame = from.read(); frame != null; frame = from.read()) {
        to.write(frame);
      }
    } finally {
      to.halfClose();
    }
  }
}

package dev.jobradar.telegram.proxy;

import static dev.jobradar.telegram.proxy.Dialing.ANYWHERE;
import static dev.jobradar.telegram.proxy.Dialing.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.channel.FramedChannel;
import dev.jobradar.mtproto.transport.Frame;
import dev.jobradar.mtproto.transport.Framing;
import dev.jobradar.mtproto.transport.ProxySecret;
import dev.jobradar.mtproto.transport.Transport;
import dev.jobradar.mtproto.transport.TransportDetector;
import dev.jobradar.mtproto.transport.TransportDetector.Detected;
import java.io.IOException;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class MtProxyIT {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String SECRET = "00112233445566778899aabbccddeeff";
  private static final Transport WANTED = new Transport.Plain(Framing.ABRIDGED);

  /** A data centre that sends every packet back. */
  private final LoopbackServer dataCentre = new LoopbackServer(MtProxyIT::echoPackets);

  private static void echoPackets(Socket socket) {
    Detected proxy =
        Objects.requireNonNull(
            FramedChannel.detect(
                socket.getChannel(), new TransportDetector(RANDOM, 1 << 16, null)));
    FramedChannel channel = new FramedChannel(socket.getChannel(), proxy.codec());
    for (Frame frame = channel.read(); frame != null; frame = channel.read()) {
      channel.write(frame);
    }
  }

  @AfterEach
  void close() {
    dataCentre.close();
  }

  private static FramedChannel open(Proxy proxy, boolean test) throws IOException {
    return new FramedChannel(
        proxy.dialer().dial(ANYWHERE, LONG),
        proxy.transport(WANTED, new DcId(2), test).open(RANDOM));
  }

  /** Key id, message key and two AES blocks, as any encrypted message by its outline. */
  private static Frame.Packet encrypted() {
    byte[] packet = new byte[8 + 16 + 32];
    RANDOM.nextBytes(packet);
    packet[0] = 1;
    return new Frame.Packet(packet);
  }

  @ParameterizedTest
  @CsvSource({
    "'', false, INTERMEDIATE, 2",
    "dd, false, PADDED_INTERMEDIATE, 2",
    "dd, true, PADDED_INTERMEDIATE, 10002",
  })
  void packets_go_through_and_the_proxy_is_told_the_data_centre(
      String kind, boolean test, Framing framing, int dc) throws Exception {
    MtProxyServer service =
        new MtProxyServer(ProxySecret.parse(kind + SECRET), dataCentre.address());
    try (LoopbackServer server = new LoopbackServer(service)) {
      Proxy proxy =
          Proxy.parse(
              "tg://proxy?server=127.0.0.1&port=" + server.port() + "&secret=" + kind + SECRET);
      try (FramedChannel channel = open(proxy, test)) {
        Frame.Packet packet = encrypted();
        channel.write(packet);

        assertThat(channel.read()).isEqualTo(packet);
        Detected client = service.clients.take();
        assertThat(client.framing()).isEqualTo(framing);
        assertThat(client.dc()).isEqualTo(dc);
        channel.finish(LONG);
      }
      server.awaitEnd();
    }
  }

  @Test
  void another_secret_is_not_understood() throws Exception {
    MtProxyServer service = new MtProxyServer(ProxySecret.parse(SECRET), dataCentre.address());
    try (LoopbackServer server = new LoopbackServer(service);
        FramedChannel channel =
            open(
                Proxy.parse("mtproxy://ff" + SECRET.substring(2) + "@" + server.asProxy()),
                false)) {
      channel.write(encrypted());

      assertThatThrownBy(server::awaitEnd).isInstanceOf(ProtocolException.class);
      assertThat(service.clients).isEmpty();
    }
  }
}

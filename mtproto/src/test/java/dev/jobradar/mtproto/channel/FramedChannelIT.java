package dev.jobradar.mtproto.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.mtproto.transport.Codec;
import dev.jobradar.mtproto.transport.Frame;
import dev.jobradar.mtproto.transport.Frame.Packet;
import dev.jobradar.mtproto.transport.Framing;
import dev.jobradar.mtproto.transport.Transport;
import dev.jobradar.mtproto.transport.TransportDetector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(20)
class FramedChannelIT {
  private final Random random = new Random(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private SocketChannel client;
  private SocketChannel server;

  @BeforeEach
  void connect() throws IOException {
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      client = SocketChannel.open(listener.getLocalAddress());
      server = listener.accept();
    }
  }

  @AfterEach
  void disconnect() throws IOException {
    client.close();
    server.close();
    threads.shutdownNow();
  }

  static Stream<Transport> transports() {
    return Stream.of(
        new Transport.Plain(Framing.ABRIDGED),
        new Transport.Plain(Framing.INTERMEDIATE),
        new Transport.Plain(Framing.PADDED_INTERMEDIATE),
        new Transport.Plain(Framing.FULL),
        new Transport.Obfuscated(Framing.ABRIDGED),
        new Transport.Obfuscated(Framing.INTERMEDIATE),
        new Transport.Obfuscated(Framing.PADDED_INTERMEDIATE));
  }

  @ParameterizedTest
  @MethodSource("transports")
  void large_and_small_packets_cross_in_both_directions(Transport transport) throws Exception {
    Packet small = packet(56);
    Packet large = packet(24 + 16 * 50_000);
    Future<Frame> echo =
        threads.submit(() -> {
          FramedChannel there = accept();
          for (Frame frame = there.read(); frame != null; frame = there.read()) {
            there.write(frame);
          }
          there.close();
          return small;
        });
    FramedChannel here = new FramedChannel(client, transport.open(random));

    for (Packet packet : new Packet[] {small, large, small}) {
      Future<Frame> answer = threads.submit(here::read);
      here.write(packet);
      assertThat(answer.get()).isEqualTo(packet);
    }
    here.halfClose();
    assertThat(here.read()).isNull();
    assertThat(echo.get()).isNotNull();
  }

  @Test
  void finishing_reads_what_is_under_way_and_sees_the_other_side_close() throws Exception {
    FramedChannel here = new FramedChannel(client, codec());
    here.write(packet(40));
    Future<Frame> serverSide =
        threads.submit(() -> {
          FramedChannel there = accept();
          Frame first = there.read();
          there.write(packet(4000));
          // Only a half-close makes this return.
          assertThat(there.read()).isNull();
          there.close();
          return first;
        });

    assertThat(here.finish(Duration.ofSeconds(10))).isTrue();

    assertThat(serverSide.get()).isNotNull();
    assertThat(client.isOpen()).isFalse();
  }

  @Test
  void a_side_that_does_not_close_is_reset_when_the_time_is_over() throws Exception {
    FramedChannel here = new FramedChannel(client, codec());
    here.write(packet(40));
    FramedChannel there = accept();
    there.read();

    assertThat(here.finish(Duration.ofMillis(50))).isFalse();

    assertThat(client.isOpen()).isFalse();
    // The end of the stream that the half-close caused, and then the reset.
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> {
          while (true) {
            server.write(ByteBuffer.allocate(8));
          }
        });
  }

  @Test
  void a_reader_that_waits_is_woken_by_a_reset() throws Exception {
    FramedChannel here = new FramedChannel(client, codec());
    Future<Frame> reader = threads.submit((Callable<Frame>) here::read);

    here.reset();

    assertThatExceptionOfType(java.util.concurrent.ExecutionException.class)
        .isThrownBy(reader::get)
        .withCauseInstanceOf(TransportException.class);
  }

  @Test
  void an_end_within_a_packet_is_a_failure() throws Exception {
    client.write(ByteBuffer.wrap(new byte[] {(byte) 0xef, 6, 1, 2, 3}));
    FramedChannel there = accept();
    client.close();

    assertThatExceptionOfType(TransportException.class)
        .isThrownBy(there::read)
        .withMessageContaining("within a packet");
  }

  @Test
  void a_client_that_says_nothing_is_not_detected() throws Exception {
    client.close();

    assertThat(FramedChannel.detect(server, detector())).isNull();
  }

  @Test
  void a_browser_is_refused() throws Exception {
    client.write(ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));

    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> FramedChannel.detect(server, detector()));
  }

  private FramedChannel accept() {
    TransportDetector.Detected detected =
        Objects.requireNonNull(FramedChannel.detect(server, detector()));
    return new FramedChannel(server, detected.codec());
  }

  private TransportDetector detector() {
    return new TransportDetector(random, 1 << 20, null);
  }

  private Codec codec() {
    return new Transport.Plain(Framing.INTERMEDIATE).open(random);
  }

  private Packet packet(int size) {
    byte[] payload = new byte[size];
    random.nextBytes(payload);
    payload[0] = 1;
    return new Packet(payload);
  }
}

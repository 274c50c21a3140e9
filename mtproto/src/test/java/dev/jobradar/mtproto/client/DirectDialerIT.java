package dev.jobradar.mtproto.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DirectDialerIT {
  private static final Duration LONG = Duration.ofSeconds(20);

  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private InetSocketAddress named() {
    return InetSocketAddress.createUnresolved("localhost", server.getLocalPort());
  }

  @Test
  void a_name_is_looked_up() throws Exception {
    try (SocketChannel channel = Dialer.direct().dial(named(), LONG)) {
      assertThat(channel.isConnected()).isTrue();
      assertThat(channel.isBlocking()).isTrue();
    }
  }

  @Test
  void the_look_up_has_no_more_time_than_the_rest() {
    assertThatThrownBy(() -> Dialer.direct().dial(named(), Duration.ZERO))
        .isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void an_interrupt_ends_it() throws Exception {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          Thread.currentThread().interrupt();
          try {
            Dialer.direct().dial(named(), LONG).close();
            failure.complete(new AssertionError("connected"));
          } catch (IOException e) {
            failure.complete(e);
          }
          stillInterrupted.complete(Thread.currentThread().isInterrupted());
        });
    assertThat(failure.get(20, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    assertThat(stillInterrupted.get(20, TimeUnit.SECONDS)).isTrue();
  }
}

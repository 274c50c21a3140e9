package dev.jobradar.telegram.proxy;

import static dev.jobradar.telegram.proxy.Dialing.ANYWHERE;
import static dev.jobradar.telegram.proxy.Dialing.LONG;
import static dev.jobradar.telegram.proxy.Dialing.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.sandbox.net.ReservedPorts;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every proxy that is talked to first. */
@Timeout(60)
class ProxyConnectionIT {
  private static final Duration SHORT = Duration.ofMillis(300);

  record Kind(String name) {
    Proxy at(LoopbackServer server) {
      return at(server.asProxy());
    }

    Proxy at(ProxyAddress address) {
      return name.equals("SOCKS5") ? new Socks5Proxy(address, null) : new HttpProxy(address, null);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Kind> kinds() {
    return Stream.of(new Kind("SOCKS5"), new Kind("HTTP"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void a_proxy_that_never_answers_is_given_up_in_time_and_closed(Kind kind) throws Exception {
    try (LoopbackServer server = new LoopbackServer(Sockets::awaitClosed)) {
      assertThat(failure(kind.at(server), SHORT))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessageContaining(kind + " proxy " + server.asProxy())
          .hasMessageContaining("300 ms");
      server.awaitEnd();
    }
  }

  @Test
  void the_time_holds_for_the_whole_answer_and_not_for_each_byte() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (LoopbackServer server =
        new LoopbackServer(socket -> {
          HttpProxyServer.request(socket);
          HttpProxyServer.say(socket, "HTTP/1.1 200 OK\r\nX: ");
          try {
            // At this pace, byte after byte comes in time and the whole would take minutes.
            while (!never.await(20, TimeUnit.MILLISECONDS)) {
              HttpProxyServer.say(socket, "y");
            }
          } catch (IOException closedByTheClient) {
            // As it should be.
          }
        })) {
      assertThat(failure(new HttpProxy(server.asProxy(), null), SHORT))
          .isInstanceOf(SocketTimeoutException.class);
      server.awaitEnd();
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void an_interrupt_ends_the_wait_and_closes(Kind kind) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
    try (LoopbackServer server =
        new LoopbackServer(socket -> {
          Sockets.read(socket, 3);
          asked.countDown();
          Sockets.awaitClosed(socket);
        })) {
      Thread dialing =
          Thread.ofVirtual()
              .start(() -> {
                failure.complete(failure(kind.at(server), LONG));
                stillInterrupted.complete(Thread.currentThread().isInterrupted());
              });
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
      dialing.interrupt();

      assertThat(failure.get(20, TimeUnit.SECONDS))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
      assertThat(stillInterrupted.get(20, TimeUnit.SECONDS)).isTrue();
      server.awaitEnd();
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void a_proxy_that_is_not_there_is_named(Kind kind) throws Exception {
    try (ReservedPorts unused = ReservedPorts.one()) {
      assertThat(failure(kind.at(new ProxyAddress("127.0.0.1", unused.first()))))
          .isInstanceOf(ProxyException.class)
          .hasMessageContaining(kind + " proxy 127.0.0.1:" + unused.first())
          .hasMessageContaining("refused");
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void no_time_at_all_is_not_for_ever(Kind kind) throws Exception {
    try (LoopbackServer server = new LoopbackServer(Sockets::awaitClosed)) {
      assertThat(failure(kind.at(server), Duration.ZERO))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void an_interrupt_before_the_dialling_ends_it() throws Exception {
    try (LoopbackServer server = new LoopbackServer(Sockets::awaitClosed)) {
      CompletableFuture<Throwable> failure = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(() -> {
            Thread.currentThread().interrupt();
            try {
              new Socks5Proxy(server.asProxy(), null).dialer().dial(ANYWHERE, LONG).close();
              failure.complete(new AssertionError("was let through"));
            } catch (IOException e) {
              failure.complete(e);
            }
          });

      assertThat(failure.get(20, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }
  }
}

package dev.jobradar.telegram.proxy;

import static dev.jobradar.telegram.proxy.Dialing.LONG;
import static dev.jobradar.telegram.proxy.Dialing.assertEchoes;
import static dev.jobradar.telegram.proxy.Dialing.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class Socks5ProxyIT {
  private static final Credentials ALICE = new Credentials("алиса", "hunter2");

  private final LoopbackServer echo =
      new LoopbackServer(socket -> socket.getInputStream().transferTo(socket.getOutputStream()));

  @AfterEach
  void close() {
    echo.close();
  }

  private static Socks5Proxy proxy(LoopbackServer server, @Nullable Credentials credentials) {
    return new Socks5Proxy(server.asProxy(), credentials);
  }

  @Test
  void goes_through_without_a_user() throws Exception {
    Socks5Server socks = new Socks5Server(null);
    try (LoopbackServer server = new LoopbackServer(socks)) {
      try (SocketChannel channel = proxy(server, null).dialer().dial(echo.address(), LONG)) {
        assertEchoes(channel);
      }
      assertThat(socks.destinations.take()).isEqualTo("127.0.0.1 " + echo.port());
      server.awaitEnd();
    }
  }

  @Test
  void goes_through_with_user_and_password() throws Exception {
    try (LoopbackServer server = new LoopbackServer(new Socks5Server(ALICE));
        SocketChannel channel = proxy(server, ALICE).dialer().dial(echo.address(), LONG)) {
      assertEchoes(channel);
    }
  }

  @Test
  void a_user_is_not_told_to_a_proxy_that_does_not_ask() throws Exception {
    try (LoopbackServer server = new LoopbackServer(new Socks5Server(null));
        SocketChannel channel = proxy(server, ALICE).dialer().dial(echo.address(), LONG)) {
      assertEchoes(channel);
    }
  }

  @Test
  void a_name_is_looked_up_by_the_proxy() throws Exception {
    Socks5Server socks = new Socks5Server(null);
    InetSocketAddress name = InetSocketAddress.createUnresolved("nowhere.invalid", echo.port());
    try (LoopbackServer server = new LoopbackServer(socks);
        SocketChannel channel = proxy(server, null).dialer().dial(name, LONG)) {
      assertEchoes(channel);
      assertThat(socks.destinations.take()).isEqualTo("nowhere.invalid " + echo.port());
    }
  }

  @Test
  void the_name_of_the_proxy_is_looked_up_here() throws Exception {
    try (LoopbackServer server = new LoopbackServer(new Socks5Server(null));
        SocketChannel channel =
            new Socks5Proxy(new ProxyAddress("localhost", server.port()), null)
                .dialer()
                .dial(echo.address(), LONG)) {
      assertEchoes(channel);
    }
  }

  @Test
  void what_follows_the_reply_belongs_to_telegram() throws Exception {
    try (LoopbackServer server =
            new LoopbackServer(socket -> {
              Sockets.read(socket, 3);
              Sockets.write(socket, 5, 0);
              Sockets.read(socket, 10);
              // The reply, and in the same packet what the data centre says first.
              Sockets.write(socket, 5, 0, 0, 1, 10, 0, 0, 1, 4, 56, 5, 0, 0, 1, 10, 11, 12, 13);
              Sockets.awaitClosed(socket);
            });
        SocketChannel channel = proxy(server, null).dialer().dial(echo.address(), LONG)) {
      assertThat(Sockets.read(channel, 8)).containsExactly(5, 0, 0, 1, 10, 11, 12, 13);
    }
  }

  @Test
  void an_ipv6_address_is_sent_as_one() throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(socket -> {
          Sockets.read(socket, 3);
          Sockets.write(socket, 5, 0);
          byte[] request = Sockets.read(socket, 22);
          assertThat(request).startsWith(5, 1, 0, 4, 0x20, 1, 0xd, 0xb8);
          assertThat(request).endsWith(0, 0, 0, 1, 1, 0xbb);
          Sockets.write(socket, 5, 0, 0, 4);
          socket.getOutputStream().write(new byte[18]);
          Sockets.write(socket, 42);
          Sockets.awaitClosed(socket);
        })) {
      InetSocketAddress address = new InetSocketAddress("2001:db8::1", 443);
      try (SocketChannel channel = proxy(server, null).dialer().dial(address, LONG)) {
        assertThat(Sockets.read(channel, 1)).containsExactly(42);
      }
      server.awaitEnd();
    }
  }

  @Test
  void a_wrong_password_is_a_clear_answer() throws Exception {
    try (LoopbackServer server = new LoopbackServer(new Socks5Server(ALICE))) {
      Throwable refused = failure(proxy(server, new Credentials("алиса", "correct horse")));

      assertThat(refused)
          .isInstanceOf(ProxyException.class)
          .hasMessageContaining("user name or password was refused")
          .hasMessageContaining("SOCKS5 proxy " + server.asProxy())
          .hasMessageNotContainingAny("алиса", "correct horse");
      server.awaitEnd();
    }
  }

  @Test
  void a_missing_password_is_a_clear_answer() throws Exception {
    try (LoopbackServer server = new LoopbackServer(new Socks5Server(ALICE))) {
      assertThat(failure(proxy(server, null)))
          .isInstanceOf(ProxyException.class)
          .hasMessageContaining("asks for a user name and password");
      server.awaitEnd();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, failed",
    "2, rules do not allow",
    "3, network",
    "4, host",
    "5, refused its connection",
    "6, TTL",
    "7, does not know CONNECT",
    "8, kind of address",
    "9, does not know: 9",
    "255, does not know: 255",
  })
  void every_reply_code_has_its_words(int code, String words) throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(socket -> {
          Sockets.read(socket, 3);
          Sockets.write(socket, 5, 0);
          Sockets.read(socket, 1);
          // Nothing after the code: a failure must not be waited for.
          Sockets.write(socket, 5, code);
          Sockets.awaitClosed(socket);
        })) {
      assertThat(failure(proxy(server, null)))
          .isInstanceOf(ProxyException.class)
          .hasMessageContaining(words);
      server.awaitEnd();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 11})
  void a_proxy_that_cuts_off_within_its_answer_is_a_clear_answer(int after) throws Exception {
    byte[] whole = Sockets.bytes(5, 0, 5, 0, 0, 1, 10, 0, 0, 1, 4, 56);
    try (LoopbackServer server =
        new LoopbackServer(socket -> {
          Sockets.read(socket, 3);
          socket.getOutputStream().write(whole, 0, Math.min(after, 2));
          if (after >= 2) {
            // The name of Dialing.ANYWHERE: all is read, so that closing is no reset.
            Sockets.read(socket, 4 + 1 + 16 + 2);
            socket.getOutputStream().write(whole, 2, after - 2);
          }
          socket.shutdownOutput();
          Sockets.awaitClosed(socket);
        })) {
      assertThat(failure(proxy(server, null)))
          .isInstanceOf(ProxyException.class)
          .hasMessageContaining("closed the connection before it had answered");
      server.awaitEnd();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4 0, does not answer as a SOCKS5 proxy",
    "72 84 84 80, does not answer as a SOCKS5 proxy",
    "5 1, not offered: 1",
    "5 2, asks for a user name",
    "5 0 4 0, does not answer as a SOCKS5 proxy",
    "5 0 5 0 0 9, of no kind: 9",
  })
  void nonsense_is_a_clear_answer(String answer, String words) throws Exception {
    byte[] bytes = answer(answer);
    try (LoopbackServer server =
        new LoopbackServer(socket -> {
          Sockets.read(socket, 3);
          socket.getOutputStream().write(bytes);
          Sockets.awaitClosed(socket);
        })) {
      assertThat(failure(proxy(server, null)))
          .isInstanceOf(ProxyException.class)
          .hasMessageContaining(words);
      server.awaitEnd();
    }
  }

  private static byte[] answer(String numbers) {
    String[] words = numbers.split(" ", -1);
    byte[] bytes = new byte[words.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(words[i]);
    }
    return bytes;
  }

  @Test
  void a_host_name_that_is_none_is_not_sent() throws Exception {
    LoopbackServer.Service silent =
        socket -> assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    try (LoopbackServer server = new LoopbackServer(silent)) {
      InetSocketAddress name = InetSocketAddress.createUnresolved("telegram.example\r\nX: y", 443);
      assertThatThrownBy(() -> proxy(server, null).dialer().dial(name, LONG))
          .isInstanceOf(ProxyException.class)
          .hasMessageContaining("such a name");
      server.awaitEnd();
    }
  }
}

package dev.jobradar.telegram.proxy;

import static dev.jobradar.telegram.proxy.Dialing.LONG;
import static dev.jobradar.telegram.proxy.Dialing.assertEchoes;
import static dev.jobradar.telegram.proxy.Dialing.failure;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

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
class HttpProxyIT {
  private static final Credentials ALADDIN = new Credentials("Aladdin", "open sesame");

  /** RFC 7617, section 2, has this very example. */
  private static final String BASIC = "QWxhZGRpbjpvcGVuIHNlc2FtZQ==";

  private final LoopbackServer echo =
      new LoopbackServer(socket -> socket.getInputStream().transferTo(socket.getOutputStream()));

  @AfterEach
  void close() {
    echo.close();
  }

  private static HttpProxy proxy(LoopbackServer server, @Nullable Credentials credentials) {
    return new HttpProxy(server.asProxy(), credentials);
  }

  @Test
  void goes_through_without_a_user() throws Exception {
    HttpProxyServer http = new HttpProxyServer(null);
    try (LoopbackServer server = new LoopbackServer(http)) {
      try (SocketChannel channel = proxy(server, null).dialer().dial(echo.address(), LONG)) {
        assertEchoes(channel);
      }
      String authority = "127.0.0.1:" + echo.port();
      assertThat(http.requests.take())
          .isEqualTo("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
      server.awaitEnd();
    }
  }

  @Test
  void goes_through_with_user_and_password() throws Exception {
    try (LoopbackServer server = new LoopbackServer(new HttpProxyServer(BASIC));
        SocketChannel channel = proxy(server, ALADDIN).dialer().dial(echo.address(), LONG)) {
      assertEchoes(channel);
    }
  }

  @Test
  void a_name_is_looked_up_by_the_proxy() throws Exception {
    HttpProxyServer http = new HttpProxyServer(null);
    InetSocketAddress name = InetSocketAddress.createUnresolved("nowhere.invalid", echo.port());
    try (LoopbackServer server = new LoopbackServer(http);
        SocketChannel channel = proxy(server, null).dialer().dial(name, LONG)) {
      assertEchoes(channel);
      assertThat(http.requests.take()).startsWith("CONNECT nowhere.invalid:" + echo.port() + " ");
    }
  }

  @Test
  void an_ipv6_address_stands_in_brackets() throws Exception {
    HttpProxyServer http = new HttpProxyServer(null);
    InetSocketAddress address = new InetSocketAddress("2001:db8::1", echo.port());
    try (LoopbackServer server = new LoopbackServer(http);
        SocketChannel channel = proxy(server, null).dialer().dial(address, LONG)) {
      assertEchoes(channel);
      assertThat(http.requests.take())
          .startsWith("CONNECT [2001:db8:0:0:0:0:0:1]:" + echo.port() + " ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.0 200\r\n\r\n",
        "HTTP/1.1 299 Whatever\r\nContent-Length: 4\r\nX: \r\n\r\n",
        "HTTP/1.1 200 OK\nX: y\n\n",
        "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
      })
  void what_follows_the_answer_belongs_to_telegram(String answer) throws Exception {
    try (LoopbackServer server =
            new LoopbackServer(socket -> {
              HttpProxyServer.request(socket);
              HttpProxyServer.say(socket, answer + "\r\n\r\nHTTP");
              Sockets.awaitClosed(socket);
            });
        SocketChannel channel = proxy(server, null).dialer().dial(echo.address(), LONG)) {
      assertThat(Sockets.read(channel, 8)).containsExactly("\r\n\r\nHTTP".getBytes(US_ASCII));
    }
  }

  @Test
  void a_wrong_password_is_a_clear_answer() throws Exception {
    try (LoopbackServer server = new LoopbackServer(new HttpProxyServer(BASIC))) {
      assertThat(failure(proxy(server, new Credentials("Aladdin", "open barley"))))
          .isInstanceOf(ProxyException.class)
          .hasMessageContaining("user name or password was refused")
          .hasMessageContaining("HTTP proxy " + server.asProxy())
          .hasMessageNotContainingAny("Aladdin", "barley");
      server.awaitEnd();
    }
  }

  @Test
  void a_missing_password_is_a_clear_answer() throws Exception {
    try (LoopbackServer server = new LoopbackServer(new HttpProxyServer(BASIC))) {
      assertThat(failure(proxy(server, null)))
          .isInstanceOf(ProxyException.class)
          .hasMessageContaining("asks for a user name and password");
      server.awaitEnd();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1 403 Forbidden, rules do not allow",
    "HTTP/1.1 405 Method Not Allowed, does not know CONNECT",
    "HTTP/1.1 502 Bad Gateway, cannot reach Telegram (HTTP 502)",
    "HTTP/1.1 504 Gateway Timeout, cannot reach Telegram (HTTP 504)",
    "HTTP/1.1 302 Found, refused with HTTP 302",
    "HTTP/1.1 999 Odd, refused with HTTP 999",
    "HTTP/2 200 OK, does not answer as an HTTP proxy",
    "HTTP/1.1 2000 OK, does not answer as an HTTP proxy",
    "HTTP/1.1 20 OK, does not answer as an HTTP proxy",
    "SSH-2.0-OpenSSH_9.6, does not answer as an HTTP proxy",
  })
  void every_other_answer_has_its_words(String line, String words) throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(socket -> {
          HttpProxyServer.request(socket);
          HttpProxyServer.say(socket, line + "\r\nX: y\r\n\r\n");
          Sockets.awaitClosed(socket);
        })) {
      assertThat(failure(proxy(server, null)))
          .isInstanceOf(ProxyException.class)
          .hasMessageContaining(words);
      server.awaitEnd();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X: yyyyyyyyyyyyyyyyyyyyyyyyyy\r\n", "x", "HTTP/1.1 100 Continue\r\n\r\n"})
  void an_answer_without_end_is_given_up(String more) throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(socket -> {
          HttpProxyServer.request(socket);
          HttpProxyServer.say(socket, more.startsWith("HTTP") ? "" : "HTTP/1.1 200 OK\r\n");
          HttpProxyServer.say(socket, more.repeat(20_000 / more.length()));
          Sockets.awaitClosed(socket);
        })) {
      assertThat(failure(proxy(server, null)))
          .isInstanceOf(ProxyException.class)
          .hasMessageContaining("longer than 8192 bytes");
      server.awaitEnd();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1", "HTTP/1.1 200 OK\r\nX: y\r\n"})
  void a_proxy_that_cuts_off_within_its_answer_is_a_clear_answer(String part) throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(socket -> {
          HttpProxyServer.request(socket);
          HttpProxyServer.say(socket, part);
          socket.shutdownOutput();
          Sockets.awaitClosed(socket);
        })) {
      assertThat(failure(proxy(server, null)))
          .isInstanceOf(ProxyException.class)
          .hasMessageContaining("closed the connection before it had answered");
      server.awaitEnd();
    }
  }
}

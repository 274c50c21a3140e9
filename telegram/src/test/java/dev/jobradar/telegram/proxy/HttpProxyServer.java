package dev.jobradar.telegram.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy that knows CONNECT alone. It asks for Basic authorization when it has a value for
 * it, and tells what it was asked for; every host is taken for loopback.
 */
final class HttpProxyServer implements LoopbackServer.Service {
  private static final Pattern REQUEST = Pattern.compile("CONNECT (\\S+):(\\d+) HTTP/1\\.1\r\n");

  final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private final @Nullable String authorization;

  HttpProxyServer(@Nullable String authorization) {
    this.authorization = authorization;
  }

  @Override
  public void serve(Socket client) throws Exception {
    String request = request(client);
    requests.add(request);
    if (authorization != null
        && !request.contains("\r\nProxy-Authorization: Basic " + authorization + "\r\n")) {
      say(client, "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
      Sockets.awaitClosed(client);
      return;
    }
    Matcher line = REQUEST.matcher(request);
    if (!line.lookingAt()) {
      say(client, "HTTP/1.1 400 Bad Request\r\n\r\n");
      return;
    }
    try (Socket to = new Socket()) {
      to.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(line.group(2))));
      say(client, "HTTP/1.1 200 Connection established\r\nVia: 1.1 test\r\n\r\n");
      Sockets.relay(client, to);
    }
  }

  static void say(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(UTF_8));
  }

  static String request(Socket client) throws IOException {
    StringBuilder request = new StringBuilder();
    while (request.indexOf("\r\n\r\n") < 0) {
      request.append((char) Sockets.read(client, 1)[0]);
    }
    return request.toString();
  }
}

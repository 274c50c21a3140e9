package dev.jobradar.telegram.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** HTTP CONNECT (RFC 9110, section 9.3.6), up to the empty line of the answer. */
record HttpConnectHandshake(@Nullable Credentials credentials, InetSocketAddress target)
    implements ProxyConnection.Handshake {
  /** Where others give up too: the usual limit of servers for a head. */
  private static final int MAX_HEAD = 8 * 1024;

  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})(?: [^\\r\\n]*)?\\r?\\n");

  @Override
  public void perform(ProxyConnection proxy) throws IOException {
    proxy.write(request().getBytes(US_ASCII));
    int left = MAX_HEAD;
    int status;
    do {
      String head = readHead(proxy, left);
      left -= head.length();
      status = status(head);
      // RFC 9110, section 15.2: interim answers may come before the one that counts.
    } while (status < 200);
    if (status >= 300) {
      throw new ProxyException(meaning(status));
    }
  }

  private String request() throws ProxyException {
    String authority = Destination.hostAndPort(target);
    StringBuilder request = new StringBuilder("CONNECT ").append(authority).append(" HTTP/1.1\r\n");
    request.append("Host: ").append(authority).append("\r\n");
    if (credentials != null) {
      byte[] pair = (credentials.user() + ":" + credentials.password()).getBytes(UTF_8);
      request
          .append("Proxy-Authorization: Basic ")
          .append(Base64.getEncoder().encodeToString(pair))
          .append("\r\n");
    }
    return request.append("\r\n").toString();
  }

  /** Byte by byte: what follows the empty line is no longer the proxy's. */
  private static String readHead(ProxyConnection proxy, int limit) throws IOException {
    byte[] head = new byte[limit];
    int lineLength = 0;
    for (int size = 0; size < limit; ) {
      byte next = (byte) proxy.read();
      head[size++] = next;
      if (next == '\n') {
        if (lineLength == 0) {
          return new String(head, 0, size, ISO_8859_1);
        }
        lineLength = 0;
      } else if (next != '\r') {
        lineLength++;
      }
    }
    throw new ProxyException("its answer is longer than " + MAX_HEAD + " bytes");
  }

  private static int status(String head) throws ProxyException {
    Matcher line = STATUS_LINE.matcher(head);
    if (!line.lookingAt()) {
      throw new ProxyException("it does not answer as an HTTP proxy");
    }
    return Integer.parseInt(line.group(1));
  }

  private String meaning(int status) {
    return switch (status) {
      case 407 ->
          credentials == null
              ? "it asks for a user name and password (HTTP 407)"
              : "the user name or password was refused (HTTP 407)";
      case 401, 403 -> "its rules do not allow this connection (HTTP " + status + ")";
      case 404, 405, 501 -> "it does not know CONNECT (HTTP " + status + ")";
      case 429 -> "too many connections for it (HTTP 429)";
      case 502, 503, 504 -> "it cannot reach Telegram (HTTP " + status + ")";
      default -> "it refused with HTTP " + status;
    };
  }
}

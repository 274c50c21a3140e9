package dev.jobradar.telegram.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** SOCKS5 (RFC 1928) with user and password (RFC 1929) or without, up to the answer to CONNECT. */
record Socks5Handshake(@Nullable Credentials credentials, InetSocketAddress target)
    implements ProxyConnection.Handshake {
  private static final int VERSION = 5;
  private static final int NO_AUTHENTICATION = 0;
  private static final int USER_AND_PASSWORD = 2;
  private static final int NONE_ACCEPTABLE = 0xff;

  private static final int AUTHENTICATION_VERSION = 1;

  private static final int CONNECT = 1;
  private static final int IPV4 = 1;
  private static final int NAME = 3;
  private static final int IPV6 = 4;

  @Override
  public void perform(ProxyConnection proxy) throws IOException {
    byte[] request = request();
    chooseMethod(proxy);
    proxy.write(request);
    readReply(proxy);
  }

  private void chooseMethod(ProxyConnection proxy) throws IOException {
    proxy.write(
        credentials == null
            ? new byte[] {VERSION, 1, NO_AUTHENTICATION}
            : new byte[] {VERSION, 2, NO_AUTHENTICATION, USER_AND_PASSWORD});
    expectVersion(proxy);
    int chosen = proxy.read();
    if (chosen == USER_AND_PASSWORD && credentials != null) {
      authenticate(proxy, credentials);
    } else if (chosen == NONE_ACCEPTABLE || chosen == USER_AND_PASSWORD) {
      throw new ProxyException(
          credentials == null
              ? "it asks for a user name and password, or for another proof"
              : "it takes no user name and password");
    } else if (chosen != NO_AUTHENTICATION) {
      throw new ProxyException("it chose a way to sign in that was not offered: " + chosen);
    }
  }

  private static void authenticate(ProxyConnection proxy, Credentials credentials)
      throws IOException {
    byte[] user = credentials.user().getBytes(UTF_8);
    byte[] password = credentials.password().getBytes(UTF_8);
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.write(AUTHENTICATION_VERSION);
    message.write(user.length);
    message.writeBytes(user);
    message.write(password.length);
    message.writeBytes(password);
    proxy.write(message.toByteArray());
    // The version in front is not looked at: servers exist that answer with SOCKS's 5.
    if (proxy.read(2)[1] != 0) {
      throw new ProxyException("the user name or password was refused");
    }
  }

  private byte[] request() throws ProxyException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(new byte[] {VERSION, CONNECT, 0});
    InetAddress ip = target.getAddress();
    if (ip == null) {
      byte[] name = Destination.name(target).getBytes(US_ASCII);
      message.write(NAME);
      message.write(name.length);
      message.writeBytes(name);
    } else {
      byte[] address = ip.getAddress();
      message.write(address.length == 4 ? IPV4 : IPV6);
      message.writeBytes(address);
    }
    message.write(target.getPort() >>> 8);
    message.write(target.getPort());
    return message.toByteArray();
  }

  private static void readReply(ProxyConnection proxy) throws IOException {
    expectVersion(proxy);
    int reply = proxy.read();
    if (reply != 0) {
      throw new ProxyException(meaning(reply));
    }
    proxy.read(); // reserved
    // The address that the proxy connects from; its length must be known to read no further.
    int type = proxy.read();
    int length =
        switch (type) {
          case IPV4 -> 4;
          case IPV6 -> 16;
          case NAME -> proxy.read();
          default -> throw new ProxyException("it answered with an address of no kind: " + type);
        };
    proxy.read(length + Short.BYTES);
  }

  private static void expectVersion(ProxyConnection proxy) throws IOException {
    if (proxy.read() != VERSION) {
      throw new ProxyException("it does not answer as a SOCKS5 proxy");
    }
  }

  /** RFC 1928, section 6. */
  private static String meaning(int reply) {
    return switch (reply) {
      case 1 -> "it failed (SOCKS5 reply 1)";
      case 2 -> "its rules do not allow this connection (SOCKS5 reply 2)";
      case 3 -> "it cannot reach Telegram's network (SOCKS5 reply 3)";
      case 4 -> "it cannot reach the data centre's host (SOCKS5 reply 4)";
      case 5 -> "the data centre refused its connection (SOCKS5 reply 5)";
      case 6 -> "the data centre was too far for it (SOCKS5 reply 6, TTL expired)";
      case 7 -> "it does not know CONNECT (SOCKS5 reply 7)";
      case 8 -> "it does not know this kind of address (SOCKS5 reply 8)";
      default -> "it failed for a reason that SOCKS5 does not know: " + reply;
    };
  }
}

package dev.jobradar.telegram.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.client.Dialer;
import dev.jobradar.mtproto.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * A SOCKS5 proxy (RFC 1928).
 *
 * @param address where it listens
 * @param credentials user and password, of at most 255 bytes in UTF-8 each (RFC 1929), or null
 */
public record Socks5Proxy(ProxyAddress address, @Nullable Credentials credentials)
    implements Proxy {
  private static final int MAX_BYTES = 255;

  /**
   * @throws IllegalArgumentException when user or password are too long
   */
  public Socks5Proxy {
    if (credentials != null
        && (credentials.user().getBytes(UTF_8).length > MAX_BYTES
            || credentials.password().getBytes(UTF_8).length > MAX_BYTES)) {
      throw new IllegalArgumentException(
          "user and password of a SOCKS5 proxy have at most 255 bytes each");
    }
  }

  @Override
  public Dialer dialer() {
    return (target, timeout) ->
        ProxyConnection.open(this, timeout, new Socks5Handshake(credentials, target));
  }

  @Override
  public Transport transport(Transport wanted, DcId dc, boolean test) {
    return wanted;
  }

  @Override
  public String toString() {
    return "SOCKS5 proxy " + address;
  }
}

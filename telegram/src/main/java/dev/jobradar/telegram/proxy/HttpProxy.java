package dev.jobradar.telegram.proxy;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.client.Dialer;
import dev.jobradar.mtproto.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy that knows CONNECT (RFC 9110, section 9.3.6).
 *
 * @param address where it listens
 * @param credentials user and password for the Basic scheme (RFC 7617), the user without a colon;
 *     or null
 */
public record HttpProxy(ProxyAddress address, @Nullable Credentials credentials) implements Proxy {
  /**
   * @throws IllegalArgumentException when there is a colon in the user's name
   */
  public HttpProxy {
    if (credentials != null && credentials.user().indexOf(':') >= 0) {
      throw new IllegalArgumentException("an HTTP proxy's user name cannot hold a colon");
    }
  }

  @Override
  public Dialer dialer() {
    return (target, timeout) ->
        ProxyConnection.open(this, timeout, new HttpConnectHandshake(credentials, target));
  }

  @Override
  public Transport transport(Transport wanted, DcId dc, boolean test) {
    return wanted;
  }

  @Override
  public String toString() {
    return "HTTP proxy " + address;
  }
}

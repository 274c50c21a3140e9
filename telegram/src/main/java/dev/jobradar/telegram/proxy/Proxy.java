package dev.jobradar.telegram.proxy;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.client.Dialer;
import dev.jobradar.mtproto.transport.Transport;

/**
 * A proxy server on the way to Telegram. Immutable. {@link Object#toString} shows its address and
 * never its credentials.
 */
public sealed interface Proxy permits Socks5Proxy, HttpProxy, MtProxy {
  /** Where it listens. */
  ProxyAddress address();

  /**
   * Opens connections through it. The time-out holds for all of looking up the proxy's name,
   * connecting and being let in; the address dialled may be unresolved, and the proxy looks the
   * name up then. If the proxy refuses, a {@link ProxyException} is thrown.
   */
  Dialer dialer();

  /**
   * How packets must be framed on such a connection.
   *
   * @param wanted how they would be framed without a proxy
   * @param dc the data centre at the other end
   * @param test whether that is one of Telegram's test data centres
   */
  Transport transport(Transport wanted, DcId dc, boolean test);

  /**
   * Reads a proxy's URL or link:
   *
   * <ul>
   *   <li>{@code socks5://[user:password@]host:port} (or {@code socks5h})
   *   <li>{@code http://[user:password@]host:port}
   *   <li>{@code mtproxy://secret@host:port}
   *   <li>{@code tg://proxy?server=…&port=…&secret=…} and {@code https://t.me/proxy?…}
   *   <li>{@code tg://socks?server=…&port=…[&user=…&pass=…]} and {@code https://t.me/socks?…}
   * </ul>
   *
   * User and password may be percent-encoded (a colon in the user and a percent sign must be).
   *
   * @throws IllegalArgumentException when it is none of these; the message shows neither user nor
   *     password nor secret
   */
  static Proxy parse(String url) {
    return ProxyUrl.parse(url);
  }
}

package dev.jobradar.telegram.proxy;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.client.Dialer;
import dev.jobradar.mtproto.transport.ProxySecret;
import dev.jobradar.mtproto.transport.Transport;

/**
 * An MTProxy: it knows Telegram's data centres by their numbers, and is told the number in the
 * first bytes of the transport
 * (core.telegram.org/mtproto/mtproto-transports#transport-obfuscation).
 *
 * @param address where it listens
 * @param secret what lets us in; it also chooses the framing
 */
public record MtProxy(ProxyAddress address, ProxySecret secret) implements Proxy {
  /** What a test data centre's number is raised by. */
  private static final int TEST = 10_000;

  /** Connects with the proxy; which address is dialled does not matter. */
  @Override
  public Dialer dialer() {
    return (target, timeout) -> ProxyConnection.open(this, timeout, proxy -> {});
  }

  @Override
  public Transport transport(Transport wanted, DcId dc, boolean test) {
    return new Transport.Proxied(secret, (short) (dc.value() + (test ? TEST : 0)));
  }

  @Override
  public String toString() {
    return "MTProxy " + address;
  }
}

package dev.jobradar.telegram;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.client.Backoff;
import dev.jobradar.mtproto.session.KeepAlive;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.rpc.DataCentre;
import dev.jobradar.telegram.session.DataCentres;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Options of clients of a sandbox, for the tests of this module. The modules above have the same in
 * test-support, which stands above this one.
 */
public final class SandboxOptions {
  /** Notices within seconds that the other end says nothing any more. */
  public static final KeepAlive IMPATIENT =
      new KeepAlive(
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30));

  private static final Backoff QUICK =
      new Backoff(Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofMillis(20));

  private SandboxOptions() {}

  /** Where the data centres of a sandbox listen. */
  public static Map<DcId, InetSocketAddress> addresses(Sandbox sandbox) {
    Map<DcId, InetSocketAddress> addresses = new HashMap<>();
    for (DataCentre dc : sandbox.dataCentres()) {
      addresses.put(new DcId(dc.id()), new InetSocketAddress(dc.host(), dc.port()));
    }
    return addresses;
  }

  /** Data centre 1 first, dialled again almost at once when a connection is lost. */
  public static TelegramOptions.Builder of(Sandbox sandbox) {
    return of(sandbox, addresses(sandbox));
  }

  /** The same when the data centres are reached at other addresses, such as through a relay. */
  public static TelegramOptions.Builder of(
      Sandbox sandbox, Map<DcId, InetSocketAddress> addresses) {
    return TelegramOptions.builder(1, "hash")
        .dataCentres(DataCentres.custom(addresses, List.of(sandbox.publicKey())))
        .firstDc(new DcId(1))
        .backoff(QUICK);
  }
}

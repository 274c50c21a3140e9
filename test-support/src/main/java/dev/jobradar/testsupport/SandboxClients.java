package dev.jobradar.testsupport;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.client.Backoff;
import dev.jobradar.mtproto.session.KeepAlive;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.rpc.DataCentre;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.session.DataCentres;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Points clients at a sandbox, and says how patient they are there. */
public final class SandboxClients {
  /** Dials again almost at once: the sandbox is near, and a test should not wait. */
  public static final Backoff QUICK =
      new Backoff(Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofMillis(20));

  /** Dials again after two seconds, so that a lost connection is seen lost for a while. */
  public static final Backoff STEADY =
      new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMillis(20));

  /** Notices within seconds that the other end says nothing any more. */
  public static final KeepAlive IMPATIENT =
      new KeepAlive(
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30));

  private SandboxClients() {}

  /** Where a sandbox listens now, and its key. */
  public static DataCentres dataCentres(Sandbox sandbox) {
    Map<DcId, InetSocketAddress> addresses = new HashMap<>();
    for (DataCentre dc : sandbox.dataCentres()) {
      addresses.put(new DcId(dc.id()), new InetSocketAddress(dc.host(), dc.port()));
    }
    return DataCentres.custom(addresses, List.of(sandbox.publicKey()));
  }

  /**
   * Options of a client of a sandbox, to which more can be added: {@link #QUICK}, data centre 1
   * first.
   */
  public static TelegramOptions.Builder options(Sandbox sandbox) {
    return TelegramOptions.builder(1, "hash")
        .dataCentres(dataCentres(sandbox))
        .firstDc(new DcId(1))
        .backoff(QUICK);
  }
}

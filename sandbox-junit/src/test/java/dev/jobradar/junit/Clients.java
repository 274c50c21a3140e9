package dev.jobradar.junit;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.client.Backoff;
import dev.jobradar.mtproto.crypto.RsaPublicKey;
import dev.jobradar.sandbox.ReadyAccount;
import dev.jobradar.sandbox.rpc.DataCentre;
import dev.jobradar.telegram.ClientListener;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.session.DataCentres;
import dev.jobradar.telegram.session.SessionString;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Clients of a sandbox. */
final class Clients {
  private static final Backoff QUICK =
      new Backoff(Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofMillis(20));

  private Clients() {}

  static TelegramClient open(DataCentre dc, RsaPublicKey key, ReadyAccount account) {
    TelegramOptions options =
        TelegramOptions.builder(1, "hash")
            .dataCentres(
                DataCentres.custom(
                    Map.of(new DcId(dc.id()), new InetSocketAddress(dc.host(), dc.port())),
                    List.of(key)))
            .backoff(QUICK)
            .build();
    TelegramClient client =
        new TelegramClient(
            options, SessionString.parse(account.session()).session(), ClientListener.NONE);
    client.open();
    return client;
  }
}

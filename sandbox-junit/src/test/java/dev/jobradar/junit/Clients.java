package dev.jobradar.junit;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.crypto.RsaPublicKey;
import dev.jobradar.sandbox.ReadyAccount;
import dev.jobradar.sandbox.rpc.DataCentre;
import dev.jobradar.telegram.ClientListener;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.session.DataCentres;
import dev.jobradar.telegram.session.SessionString;
import dev.jobradar.testsupport.SandboxClients;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/** Clients of a sandbox. */
final class Clients {
  private Clients() {}

  static TelegramClient open(DataCentre dc, RsaPublicKey key, ReadyAccount account) {
    TelegramOptions options =
        TelegramOptions.builder(1, "hash")
            .dataCentres(
                DataCentres.custom(
                    Map.of(new DcId(dc.id()), new InetSocketAddress(dc.host(), dc.port())),
                    List.of(key)))
            .backoff(SandboxClients.QUICK)
            .build();
    TelegramClient client =
        new TelegramClient(
            options, SessionString.parse(account.session()).session(), ClientListener.NONE);
    client.open();
    return client;
  }
}

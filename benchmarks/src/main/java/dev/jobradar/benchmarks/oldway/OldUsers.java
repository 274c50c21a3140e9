package dev.jobradar.benchmarks.oldway;

import dev.jobradar.benchmarks.SandboxChild;
import dev.jobradar.telegram.ChannelPeer;
import dev.jobradar.telegram.ClientListener;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.session.SessionString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Users whose tasks the old loop looks after. */
final class OldUsers implements Way, AutoCloseable {
  private final List<TelegramClient> clients = new ArrayList<>();
  private final List<Long> accounts = new ArrayList<>();
  private final OldLoop loop;

  private OldUsers(OldLoop loop) {
    this.loop = loop;
  }

  /** Opens their connections, and lets the loop look at each source for the first time. */
  static OldUsers open(SandboxChild sandbox, Options options)
      throws IOException, InterruptedException {
    OldUsers users = new OldUsers(new OldLoop(options.interval()));
    try {
      TelegramOptions telegram =
          TelegramOptions.builder(1, "benchmark").dataCentres(sandbox.dataCentres()).build();
      for (String session : sandbox.accounts(options.users())) {
        users.add(
            new TelegramClient(
                telegram, SessionString.parse(session).session(), ClientListener.NONE));
      }
      users.loop.pass();
      return users;
    } catch (IOException | InterruptedException | RuntimeException e) {
      users.close();
      throw e;
    }
  }

  private void add(TelegramClient client) throws InterruptedException {
    int user = clients.size();
    clients.add(client);
    client.open();
    accounts.add(client.me().id());
    loop.add(client, Watch.of(user));
  }

  OldLoop loop() {
    return loop;
  }

  @Override
  public List<Long> accounts() {
    return accounts;
  }

  @Override
  public int backfill(String channel, int wanted) throws InterruptedException {
    TelegramClient client = clients.getFirst();
    ChannelPeer known = client.channels().remembered(channel);
    return OldLoop.backfill(
        client, known == null ? client.channels().resolve(channel).peer() : known, wanted);
  }

  @Override
  public void close() {
    loop.close();
    clients.forEach(TelegramClient::close);
  }
}

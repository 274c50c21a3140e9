package dev.jobradar.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.client.Backoff;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.rpc.DataCentre;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.session.DataCentres;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.session.SessionString;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** A strict sandbox, and what points clients at it. */
final class SandboxWorld implements AutoCloseable {
  static final Backoff QUICK =
      new Backoff(Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofMillis(20));

  /** Slower, so that a lost connection is seen lost for a while. */
  static final Backoff STEADY =
      new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMillis(20));

  final Sandbox sandbox;
  Backoff backoff = QUICK;
  final MemoryStore store = new MemoryStore();

  SandboxWorld() {
    this(Sandbox.builder().withoutChannels().strict(true).start());
  }

  SandboxWorld(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  TelegramOptions telegram() {
    return telegram(builder -> builder);
  }

  TelegramOptions telegram(UnaryOperator<TelegramOptions.Builder> more) {
    Map<DcId, InetSocketAddress> addresses = new HashMap<>();
    for (DataCentre dc : sandbox.dataCentres()) {
      addresses.put(new DcId(dc.id()), new InetSocketAddress(dc.host(), dc.port()));
    }
    return more.apply(
            TelegramOptions.builder(1, "hash")
                .dataCentres(DataCentres.custom(addresses, List.of(sandbox.publicKey())))
                .firstDc(new DcId(1))
                .backoff(backoff))
        .build();
  }

  Connector connector() {
    return Connector.of(telegram());
  }

  /** Users 1 to {@code count}, with stored sign-ins. */
  List<UserId> users(int count) {
    List<UserId> users = new ArrayList<>(count);
    int number = 0;
    for (String session : sandbox.accounts(count)) {
      UserId user = new UserId(++number);
      store.put(user, SessionString.parse(session).session());
      users.add(user);
    }
    return users;
  }

  static long keyId(SavedSession session) {
    return Objects.requireNonNull(session.authKey()).id();
  }

  SavedSession stored(UserId user) {
    return store.find(user) instanceof StoredSession.Valid(SavedSession session)
        ? session
        : throwNone();
  }

  private static SavedSession throwNone() {
    throw new AssertionError("no sign-in is stored");
  }

  void assertNeverTwo() {
    assertThat(sandbox.stats().maxOpenPerKey()).as("per key").isLessThanOrEqualTo(1);
    assertThat(sandbox.stats().maxOpenPerAccount()).as("per account").isLessThanOrEqualTo(1);
  }

  @Override
  public void close() {
    sandbox.close();
  }
}

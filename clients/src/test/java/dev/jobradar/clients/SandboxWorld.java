package dev.jobradar.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.client.Backoff;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.session.SessionString;
import dev.jobradar.testsupport.Eventually;
import dev.jobradar.testsupport.SandboxClients;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** A strict sandbox, and what points clients at it. */
final class SandboxWorld implements AutoCloseable {
  final Sandbox sandbox;
  Backoff backoff = SandboxClients.QUICK;
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
    return more.apply(SandboxClients.options(sandbox).backoff(backoff)).build();
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

  /** The sandbox sees a connection closed a moment after the client has closed it. */
  void awaitConnections(int count) {
    Eventually.await(count + " connections", () -> sandbox.stats().connections() == count);
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

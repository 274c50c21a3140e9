package dev.jobradar.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.CallFailedException;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.client.CallOptions;
import dev.jobradar.mtproto.client.ConnectionState;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.event.Event;
import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.StandingFault;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.session.SessionFormat;
import dev.jobradar.telegram.session.SessionString;
import dev.jobradar.telegram.session.SignedInUser;
import dev.jobradar.testsupport.Eventually;
import dev.jobradar.testsupport.SandboxClients;
import dev.jobradar.tl.api.method.Help;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the old service promised about its clients, and where it broke: one test for each row of the
 * table. Each runs against {@link UserClients}, which passes, and against {@link NaiveClients},
 * which is built as the old service was and must fail it.
 */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class OldPromisesIT {
  private static final UserId SOMEBODY = new UserId(1);
  private static final String PHONE = "9996612345";

  /** What is tested. */
  interface Subject extends AutoCloseable {
    /** A user's client, null when there is none. */
    @Nullable TelegramClient client(UserId user) throws InterruptedException;

    /** What is said when a client is asked for. */
    Object answer(UserId user) throws InterruptedException;

    void logOut(UserId user) throws InterruptedException;

    /** How many clients it holds. */
    int inMap();

    void shutDown(Duration drain) throws InterruptedException;

    String beginSignIn(String phone) throws InterruptedException;

    UserId finishSignIn(String id, String code) throws InterruptedException;

    @Override
    void close();
  }

  /** Both of them. */
  enum Kind {
    OURS {
      @Override
      Subject over(SandboxWorld world) {
        return new Ours(world);
      }
    },
    NAIVE {
      @Override
      Subject over(SandboxWorld world) {
        return new NaiveClients(world);
      }
    };

    abstract Subject over(SandboxWorld world);
  }

  private static final class Ours implements Subject {
    private final UserClients clients;
    private final PendingSignIns signIns;

    Ours(SandboxWorld world) {
      clients =
          new UserClients(
              world.store,
              world.connector(),
              UserClientsOptions.builder().timeout(Duration.ofSeconds(20)).build(),
              ClientHook.NONE,
              UserClientsListener.NONE);
      signIns =
          new PendingSignIns(
              clients,
              new AttemptsInMemory(),
              SignInOptions.DEFAULT.withValidFor(Duration.ofSeconds(15)));
    }

    @Override
    public @Nullable TelegramClient client(UserId user) throws InterruptedException {
      return clients.get(user) instanceof ClientResult.Connected(TelegramClient client)
          ? client
          : null;
    }

    @Override
    public Object answer(UserId user) throws InterruptedException {
      return clients.get(user, Duration.ofSeconds(2));
    }

    @Override
    public void logOut(UserId user) throws InterruptedException {
      assertThat(clients.disconnect(user)).isTrue();
    }

    @Override
    public int inMap() {
      return clients.snapshot().size();
    }

    @Override
    public void shutDown(Duration drain) throws InterruptedException {
      assertThat(clients.close(drain.plusSeconds(10))).isEmpty();
    }

    @Override
    public String beginSignIn(String phone) throws InterruptedException {
      return signIns.begin(phone, "192.0.2.1").id().value();
    }

    @Override
    public UserId finishSignIn(String id, String code) throws InterruptedException {
      SignInId pending = new SignInId(id);
      assertThat(signIns.submitCode(pending, code)).isInstanceOf(SignInStep.Accepted.class);
      return signIns.complete(pending).user();
    }

    @Override
    public void close() {
      clients.close();
    }
  }

  private interface Promise {
    void check(SandboxWorld world, Subject subject) throws Exception;
  }

  private final AtomicInteger accepted = new AtomicInteger();

  /** Ours keeps it, the naive one must not. */
  private void promise(Kind kind, Promise promise) throws Exception {
    Sandbox sandbox =
        Sandbox.builder()
            .withoutChannels()
            .strict(true)
            .listener(event -> {
              if (event instanceof Event.ConnectionOpened) {
                accepted.incrementAndGet();
              }
            })
            .start();
    try (SandboxWorld world = steady(new SandboxWorld(sandbox));
        Subject subject = kind.over(world)) {
      switch (kind) {
        case OURS -> promise.check(world, subject);
        case NAIVE ->
            assertThatThrownBy(() -> promise.check(world, subject))
                .isInstanceOfAny(AssertionError.class, MtprotoException.class);
      }
    }
  }

  private static SandboxWorld steady(SandboxWorld world) {
    world.backoff = SandboxClients.STEADY;
    return world;
  }

  private static TelegramClient present(@Nullable TelegramClient client) {
    assertThat(client).as("a client").isNotNull();
    return Objects.requireNonNull(client);
  }

  @ParameterizedTest
  @EnumSource
  void row_01_a_user_has_one_owner_though_there_be_two_maps(Kind kind) throws Exception {
    promise(
        kind,
        (world, subject) -> {
          world.users(1);
          assertThat(subject.client(SOMEBODY)).isNotNull();
          try (Subject second = kind.over(world)) {
            assertThat(second.client(SOMEBODY)).isNotNull();
          } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("another");
          }
          world.assertNeverTwo();
          assertThat(present(subject.client(SOMEBODY)).refreshMe().id()).isPositive();
        });
  }

  @ParameterizedTest
  @EnumSource
  void row_02_callers_at_the_same_time_share_one_attempt_and_get_the_same_client(Kind kind)
      throws Exception {
    promise(
        kind,
        (world, subject) -> {
          world.users(1);
          CountDownLatch go = new CountDownLatch(1);
          Set<Object> got = ConcurrentHashMap.newKeySet();
          List<Thread> threads = new ArrayList<>();
          for (int i = 0; i < 50; i++) {
            threads.add(
                Thread.ofVirtual()
                    .start(() -> {
                      try {
                        go.await();
                        TelegramClient client = subject.client(SOMEBODY);
                        got.add(client == null ? "none" : client);
                      } catch (InterruptedException e) {
                        got.add(e);
                      }
                    }));
          }
          go.countDown();
          for (Thread thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
          }
          world.assertNeverTwo();
          assertThat(got).hasSize(1).hasOnlyElementsOfType(TelegramClient.class);
        });
  }

  @ParameterizedTest
  @EnumSource
  void row_03_a_dead_client_is_closed_before_another_is_opened(Kind kind) throws Exception {
    promise(
        kind,
        (world, subject) -> {
          world.users(1);
          TelegramClient client = present(subject.client(SOMEBODY));
          for (int i = 0; i < 2; i++) {
            assertThat(world.sandbox.reset(Aim.ALL)).isPositive();
            Eventually.await(
                "the connection is lost",
                () -> !(client.connectionState() instanceof ConnectionState.Ready));
            assertThat(subject.client(SOMEBODY)).isNotNull();
            assertThat(client.refreshMe().id()).isPositive();
            world.assertNeverTwo();
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void row_04_a_hiccup_of_the_network_is_not_taken_for_no_session(Kind kind) throws Exception {
    promise(
        kind,
        (world, subject) -> {
          world.users(1);
          try (StandingFault silence =
              world.sandbox.faults().set(new Fault.Fail(500, "INTERNAL"))) {
            assertThat(silence).isNotNull();
            assertThat(subject.answer(SOMEBODY)).isInstanceOf(ClientResult.Unreachable.class);
          }
          assertThat(world.store.find(SOMEBODY)).isInstanceOf(StoredSession.Valid.class);
          assertThat(subject.client(SOMEBODY)).isNotNull();
        });
  }

  @ParameterizedTest
  @EnumSource
  void row_05_a_client_that_is_not_authorised_is_closed_at_once_and_the_reason_is_kept(Kind kind)
      throws Exception {
    promise(
        kind,
        (world, subject) -> {
          world.users(1);
          long key = SandboxWorld.keyId(world.stored(SOMEBODY));
          world.sandbox.world().signOut(new KeyId(key));
          assertThat(subject.client(SOMEBODY)).isNull();
          Eventually.await("no connection", () -> world.sandbox.stats().connections() == 0);
          assertThat(world.store.find(SOMEBODY))
              .isInstanceOfSatisfying(
                  StoredSession.Ended.class,
                  ended -> assertThat(ended.end().reason()).isEqualTo("AUTH_KEY_UNREGISTERED"));
          int before = accepted.get();
          assertThat(subject.client(SOMEBODY)).isNull();
          assertThat(accepted).hasValue(before);
        });
  }

  @ParameterizedTest
  @EnumSource
  void row_06_a_client_that_loses_its_connection_repairs_it_and_stays_the_users(Kind kind)
      throws Exception {
    promise(
        kind,
        (world, subject) -> {
          world.users(1);
          TelegramClient client = present(subject.client(SOMEBODY));
          for (int i = 0; i < 2; i++) {
            assertThat(world.sandbox.drop(Aim.ALL)).isPositive();
            Eventually.await(
                "the connection is lost",
                () -> !(client.connectionState() instanceof ConnectionState.Ready));
            assertThat(subject.client(SOMEBODY)).isSameAs(client);
            // A call made while it is gone is answered when it is back.
            assertThat(world.sandbox.drop(Aim.ALL)).isNotNegative();
            assertThat(client.refreshMe().id()).isPositive();
          }
          world.assertNeverTwo();
        });
  }

  @ParameterizedTest
  @EnumSource
  void row_07_logging_out_removes_the_client_also_when_closing_goes_wrong(Kind kind)
      throws Exception {
    FakeManagedClient client = new FakeManagedClient();
    client.closingThrows = true;
    switch (kind) {
      case OURS -> {
        FakeClients fake = new FakeClients();
        fake.store.put(SOMEBODY, FakeManagedClient.SESSION);
        fake.next.add(client);
        try (UserClients clients = fake.clients) {
          assertThat(clients.get(SOMEBODY, Duration.ZERO))
              .isInstanceOf(ClientResult.Unreachable.class);
          fake.opened(client);
          assertThat(clients.get(SOMEBODY)).isInstanceOf(ClientResult.Connected.class);
          assertThat(clients.disconnect(SOMEBODY)).isTrue();
          assertThat(clients.snapshot()).isEmpty();
          assertThat(client.open).isFalse();
        }
      }
      case NAIVE -> {
        Map<UserId, FakeManagedClient> clients = new HashMap<>(Map.of(SOMEBODY, client));
        assertThatThrownBy(
                () -> {
                  boolean closed =
                      Objects.requireNonNull(clients.get(SOMEBODY)).close(Duration.ZERO);
                  clients.remove(SOMEBODY);
                  assertThat(closed).isTrue();
                })
            .hasMessage("closing went wrong");
        assertThat(clients).as("a closed client stays in the map").isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void row_08_shutting_down_closes_all_at_once_and_calls_end_or_say_how_far_they_came(Kind kind)
      throws Exception {
    promise(
        kind,
        (world, subject) -> {
          int count = 20;
          List<TelegramClient> clients = new ArrayList<>();
          for (UserId user : world.users(count)) {
            clients.add(present(subject.client(user)));
          }
          AtomicInteger reported = new AtomicInteger();
          List<Thread> calls = new ArrayList<>();
          try (StandingFault silence = world.sandbox.faults().set(new Fault.Silence())) {
            assertThat(silence).isNotNull();
            CountDownLatch called = new CountDownLatch(count);
            for (TelegramClient client : clients) {
              calls.add(
                  Thread.ofVirtual()
                      .start(() -> {
                        called.countDown();
                        try {
                          Object nearest = client.invoke(new Help.GetNearestDc(), CallOptions.ONCE);
                          assertThat(nearest).isNotNull();
                        } catch (CallFailedException e) {
                          if (e.reason() == CallFailedException.Reason.CLOSED) {
                            reported.incrementAndGet();
                          }
                        } catch (MtprotoException e) {
                          // The call came too late: nothing was sent.
                          reported.incrementAndGet();
                        } catch (InterruptedException e) {
                          Thread.currentThread().interrupt();
                        }
                      }));
            }
            called.await();
            Thread closing =
                Thread.ofVirtual()
                    .start(() -> {
                      try {
                        subject.shutDown(Duration.ofSeconds(1));
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                    });
            // Twenty of them one after another take twenty seconds and more.
            assertThat(closing.join(Duration.ofSeconds(12))).isTrue();
          }
          for (Thread call : calls) {
            assertThat(call.join(Duration.ofSeconds(20))).isTrue();
          }
          assertThat(reported).hasValue(count);
          Eventually.await("no connection", () -> world.sandbox.stats().connections() == 0);
        });
  }

  @ParameterizedTest
  @EnumSource
  void row_09_a_first_sign_in_expires_and_its_client_becomes_the_users(Kind kind) throws Exception {
    promise(
        kind,
        (world, subject) -> {
          String id = subject.beginSignIn(PHONE);
          UserId user = subject.finishSignIn(id, "11111");
          TelegramClient client = present(subject.client(user));
          assertThat(client.refreshMe().id()).isPositive();
          assertThat(accepted).hasValue(1);
          world.assertNeverTwo();

          assertThat(subject.beginSignIn("9996612349")).isNotEmpty();
          world.awaitConnections(2);
          Eventually.await("one connection", () -> world.sandbox.stats().connections() == 1);
        });
  }

  @ParameterizedTest
  @EnumSource(names = "OURS")
  void row_10_sign_ins_of_other_libraries_are_opened_and_never_shown(Kind kind) throws Exception {
    promise(
        kind,
        (world, subject) -> {
          UserId user = new UserId(0);
          for (SessionFormat format : SessionFormat.values()) {
            user = new UserId(user.value() + 1);
            SavedSession made = SessionString.parse(world.sandbox.accounts(1).getFirst()).session();
            SavedSession imported = written(world, made, format);
            world.store.put(user, imported);
            assertThat(present(subject.client(user)).refreshMe().id())
                .as(format.name())
                .isPositive();
            byte[] key = Objects.requireNonNull(made.authKey()).toByteArray();
            assertThat(world.store.find(user).toString() + subject.answer(user))
                .doesNotContain(Base64.getEncoder().encodeToString(key).substring(0, 40))
                .doesNotContain(Base64.getUrlEncoder().encodeToString(key).substring(0, 40))
                .doesNotContain(HexFormat.of().formatHex(key).substring(0, 40));
          }
        });
  }

  /** As it comes back from another library's session string. */
  private static SavedSession written(
      SandboxWorld world, SavedSession session, SessionFormat format) {
    SavedSession complete = session.withUser(new SignedInUser(1, false)).withApiId(1);
    InetSocketAddress there = world.telegram().dataCentres().address(session.dc());
    return SessionString.parse(SessionString.write(complete, format, there)).session();
  }
}

package dev.jobradar.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.StandingFault;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.telegram.ClientListener;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.testsupport.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class UserClientsIT {
  private static final UserId SOMEBODY = new UserId(1);

  private final SandboxWorld world = new SandboxWorld();
  private final List<UserClients> opened = new ArrayList<>();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  private final ClientHook hook =
      new ClientHook() {
        @Override
        public void opened(UserId user, TelegramClient client) {
          heard.add("opened " + user.value());
        }

        @Override
        public void closed(UserId user, TelegramClient client, CloseReason why) {
          heard.add("closed " + user.value() + " " + why);
        }
      };

  private UserClients clients(Connector connector, UserClientsOptions options) {
    UserClients made =
        new UserClients(world.store, connector, options, hook, UserClientsListener.NONE);
    opened.add(made);
    return made;
  }

  private UserClients clients() {
    return clients(world.connector(), UserClientsOptions.DEFAULT);
  }

  @AfterEach
  void close() {
    opened.forEach(UserClients::close);
    world.awaitConnections(0);
    world.assertNeverTwo();
    world.close();
  }

  private String hear() throws InterruptedException {
    String next = heard.poll(20, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  /** On a busy machine the first results say only that the sign-in is being looked up. */
  private static void awaitUnreachable(UserClients clients, Predicate<Exception> wanted) {
    Eventually.await(
        "the cause",
        () ->
            clients.get(SOMEBODY, Duration.ofMillis(100))
                    instanceof ClientResult.Unreachable(Exception cause, Instant _)
                && wanted.test(cause));
  }

  @Test
  void a_stored_sign_in_is_opened_and_its_client_works() throws Exception {
    world.users(1);
    UserClients clients = clients();
    TelegramClient client = clients.get(SOMEBODY).orThrow();
    assertThat(client.refreshMe().id()).isPositive();
    assertThat(clients.get(SOMEBODY).orThrow()).isSameAs(client);
    assertThat(hear()).isEqualTo("opened 1");
  }

  @Test
  void a_thousand_threads_get_one_client_by_one_dial() throws Exception {
    world.users(1);
    Set<TelegramClient> seen = ConcurrentHashMap.newKeySet();
    java.util.concurrent.atomic.AtomicInteger made =
        new java.util.concurrent.atomic.AtomicInteger();
    Connector counting =
        (user, session, listener, paced) -> {
          made.incrementAndGet();
          return world.connector().make(user, session, listener, paced);
        };
    UserClients clients = clients(counting, UserClientsOptions.DEFAULT);
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  go.await();
                  seen.add(clients.get(SOMEBODY).orThrow());
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    go.countDown();
    for (Thread thread : threads) {
      assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
    }
    assertThat(seen).hasSize(1);
    assertThat(made).hasValue(1);
    long key = SandboxWorld.keyId(world.stored(SOMEBODY));
    assertThat(world.sandbox.connections(new KeyId(key)).maxOpen()).isEqualTo(1);
  }

  @Test
  void somebody_who_never_signed_in_is_told_so_and_nothing_is_left_of_it() throws Exception {
    UserClients clients = clients();
    assertThat(clients.get(SOMEBODY)).isInstanceOf(ClientResult.NoSession.class);
    assertThat(clients.snapshot()).isEmpty();
  }

  @Test
  void a_sign_in_that_was_stored_meanwhile_is_found_at_the_next_asking() throws Exception {
    UserClients clients = clients();
    assertThat(clients.get(SOMEBODY)).isInstanceOf(ClientResult.NoSession.class);
    world.users(1);
    assertThat(clients.get(SOMEBODY)).isInstanceOf(ClientResult.Connected.class);
  }

  @Test
  void a_sign_in_that_telegram_moved_is_stored_where_it_is_now() throws Exception {
    world.users(1);
    SavedSession before = world.stored(SOMEBODY);
    UserClients clients = clients();
    TelegramClient client = clients.get(SOMEBODY).orThrow();
    world.sandbox.move(new dev.jobradar.sandbox.world.UserId(client.me().id()), 2);
    assertThat(client.channels().sendToSelf("text", 7).repeated()).isFalse();
    Eventually.await("it is stored", () -> world.stored(SOMEBODY).dc().equals(new DcId(2)));
    assertThat(world.stored(SOMEBODY).authKey()).isNotEqualTo(before.authKey());
    assertThat(clients.get(SOMEBODY).orThrow()).isSameAs(client);
    assertThat(hear()).isEqualTo("opened 1");
    assertThat(heard).isEmpty();
    clients.close();
    assertThat(hear()).isEqualTo("closed 1 SHUTDOWN");
    assertThat(clients().get(SOMEBODY).orThrow().refreshMe()).isEqualTo(client.me());
  }

  @Test
  void a_revoked_sign_in_is_noted_and_not_tried_again() throws Exception {
    world.users(1);
    SavedSession session = world.stored(SOMEBODY);
    world.sandbox.world().revoke(new KeyId(SandboxWorld.keyId(session)), 401, "SESSION_REVOKED");
    UserClients clients = clients();
    assertThat(clients.get(SOMEBODY))
        .isInstanceOfSatisfying(
            ClientResult.SessionEnded.class,
            ended -> assertThat(ended.end().reason()).isEqualTo("SESSION_REVOKED"));
    assertThat(world.store.find(SOMEBODY)).isInstanceOf(StoredSession.Ended.class);
    assertThat(clients.get(SOMEBODY)).isInstanceOf(ClientResult.SessionEnded.class);
    assertThat(clients.snapshot()).isEmpty();
    assertThat(heard).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SESSION_REVOKED", "SESSION_PASSWORD_NEEDED", "A_REASON_THAT_IS_NEW"})
  void a_sign_in_that_ends_while_connected_is_closed_noted_and_told(String why) throws Exception {
    world.users(1);
    UserClients clients = clients();
    TelegramClient client = clients.get(SOMEBODY).orThrow();
    long key = SandboxWorld.keyId(world.stored(SOMEBODY));
    world.sandbox.world().revoke(new KeyId(key), 401, why);
    assertThatThrownBy(client::refreshMe).isNotNull();
    assertThat(clients.get(SOMEBODY))
        .isInstanceOfSatisfying(
            ClientResult.SessionEnded.class,
            ended -> assertThat(ended.end().reason()).isEqualTo(why));
    assertThat(hear()).isEqualTo("opened 1");
    assertThat(hear()).isEqualTo("closed 1 SESSION_ENDED");
    world.awaitConnections(0);
  }

  @Test
  void a_network_that_is_down_is_not_taken_for_no_sign_in() throws Exception {
    world.users(1);
    Connector down =
        (user, session, listener, paced) ->
            new TelegramClient(
                world
                    .telegram()
                    .withDialer(
                        paced.apply((address, timeout) -> {
                          throw new IOException("no route");
                        })),
                session,
                listener);
    UserClients clients = clients(down, UserClientsOptions.DEFAULT);
    awaitUnreachable(clients, cause -> cause instanceof TransportException);
    assertThat(world.store.find(SOMEBODY)).isInstanceOf(StoredSession.Valid.class);
  }

  @Test
  void a_store_that_fails_is_not_taken_for_no_sign_in() throws Exception {
    world.users(1);
    UserClients clients = clients();
    world.store.failWith(new IllegalStateException("the database is away"));
    awaitUnreachable(clients, cause -> "the database is away".equals(cause.getMessage()));
    world.store.failWith(null);
    assertThat(clients.get(SOMEBODY)).isInstanceOf(ClientResult.Connected.class);
  }

  @Test
  void a_disconnected_user_is_opened_anew_by_the_next_need() throws Exception {
    world.users(1);
    UserClients clients = clients();
    TelegramClient first = clients.get(SOMEBODY).orThrow();
    assertThat(clients.disconnect(SOMEBODY)).isTrue();
    assertThat(clients.snapshot()).isEmpty();
    world.awaitConnections(0);
    assertThat(clients.get(SOMEBODY).orThrow()).isNotSameAs(first);
  }

  @Test
  void a_client_that_a_caller_closed_is_replaced() throws Exception {
    world.users(1);
    UserClients clients = clients();
    TelegramClient first = clients.get(SOMEBODY).orThrow();
    assertThat(hear()).isEqualTo("opened 1");
    first.close();
    assertThat(hear()).isEqualTo("closed 1 CLOSED_BY_CALLER");
    assertThat(clients.get(SOMEBODY).orThrow()).isNotSameAs(first);
  }

  @Test
  void logging_out_ends_the_sign_in_at_telegram_and_in_the_store() throws Exception {
    world.users(1);
    long key = SandboxWorld.keyId(world.stored(SOMEBODY));
    UserClients clients = clients();
    assertThat(clients.logOut(SOMEBODY, Duration.ofSeconds(30)))
        .isInstanceOf(ClientResult.NoSession.class);
    assertThat(world.store.find(SOMEBODY)).isInstanceOf(StoredSession.None.class);
    assertThat(world.sandbox.world().authorization(new KeyId(key))).isEmpty();
    assertThat(clients.get(SOMEBODY)).isInstanceOf(ClientResult.NoSession.class);
  }

  /** What befalls the answer to a log-out that Telegram has executed. */
  enum Astray {
    /** The connection ends in its place; the key is known, and not signed in. */
    HUNG_UP,
    /** Telegram drops the key with the sign-in. */
    KEY_DROPPED,
    /** Another call is told first that the key is not signed in. */
    OVERTAKEN
  }

  @ParameterizedTest
  @EnumSource
  void a_log_out_that_was_executed_counts_although_its_answer_goes_astray(Astray how)
      throws Exception {
    world.users(1);
    KeyId key = new KeyId(SandboxWorld.keyId(world.stored(SOMEBODY)));
    UserClients clients = clients();
    TelegramClient client = clients.get(SOMEBODY).orThrow();
    StandingFault lost =
        world
            .sandbox
            .faults()
            .set(new Fault.LoseAnswers(how == Astray.HUNG_UP), Aim.method("auth.logOut"), 1);
    FutureTask<ClientResult> loggingOut =
        new FutureTask<>(() -> clients.logOut(SOMEBODY, Duration.ofSeconds(30)));
    Thread caller = Thread.startVirtualThread(loggingOut);
    Eventually.await("it is executed", () -> lost.struck() == 1);
    switch (how) {
      case HUNG_UP -> {}
      case KEY_DROPPED -> {
        world.sandbox.faults().set(new Fault.TransportError(404), Aim.key(key));
        world.sandbox.drop(Aim.ALL);
      }
      case OVERTAKEN -> assertThatThrownBy(client::refreshMe).isNotNull();
    }
    assertThat(caller.join(Duration.ofSeconds(60))).isTrue();
    assertThat(loggingOut.get()).isInstanceOf(ClientResult.NoSession.class);
    assertThat(world.store.find(SOMEBODY)).isInstanceOf(StoredSession.None.class);
    assertThat(world.sandbox.world().authorization(key)).isEmpty();
  }

  @Test
  void an_adopted_client_takes_the_place_of_the_one_before() throws Exception {
    List<UserId> users = world.users(2);
    UserClients clients = clients();
    TelegramClient before = clients.get(users.getFirst()).orThrow();
    TelegramClient other =
        new TelegramClient(world.telegram(), world.stored(users.getLast()), ClientListener.NONE);
    other.open();
    clients.adopt(users.getFirst(), other);
    assertThat(clients.get(users.getFirst()).orThrow()).isSameAs(other);
    assertThat(before.awaitClosed(Duration.ZERO)).isTrue();
  }

  @Test
  void after_closing_nothing_is_opened_any_more() throws Exception {
    List<UserId> users = world.users(20);
    UserClients clients = clients();
    for (UserId user : users) {
      clients.get(user).orThrow();
    }
    assertThat(clients.close(Duration.ofSeconds(20))).isEmpty();
    assertThat(clients.snapshot()).isEmpty();
    world.awaitConnections(0);
    assertThatThrownBy(() -> clients.get(SOMEBODY)).isInstanceOf(UserClientsClosedException.class);
    TelegramClient late =
        new TelegramClient(world.telegram(), world.stored(SOMEBODY), ClientListener.NONE);
    assertThatThrownBy(() -> clients.adopt(SOMEBODY, late))
        .isInstanceOf(UserClientsClosedException.class);
    assertThat(late.awaitClosed(Duration.ZERO)).isTrue();
  }
}

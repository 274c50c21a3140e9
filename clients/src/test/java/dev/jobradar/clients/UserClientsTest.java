package dev.jobradar.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.TransportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What callers get and what happens to clients, step by step. */
@Timeout(60)
class UserClientsTest {
  private static final UserId SOMEBODY = new UserId(1);
  private final TransportException noRoute = new TransportException("no route", null);

  private final List<String> heard = new ArrayList<>();
  private final FakeClients fake =
      new FakeClients(
          UserClientsOptions.builder()
              .idleAfter(Duration.ofMinutes(10))
              .timeout(Duration.ofSeconds(20))
              .build(),
          new UserClientsListener() {
            @Override
            public void overdue(UserId user) {
              heard.add("overdue");
            }

            @Override
            public void failed(UserId user, Exception cause) {
              heard.add("failed");
            }

            @Override
            public void connected(UserId user, Duration took) {
              heard.add("connected");
            }

            @Override
            public void reconnected(UserId user, Duration took) {
              heard.add("reconnected");
            }

            @Override
            public void sessionEnded(UserId user, SessionEnd end) {
              heard.add(end.reason());
            }
          });

  private FakeManagedClient connected() throws InterruptedException {
    fake.store.put(SOMEBODY, FakeManagedClient.SESSION);
    assertThat(fake.clients.get(SOMEBODY, Duration.ZERO))
        .isInstanceOf(ClientResult.Unreachable.class);
    FakeManagedClient client = fake.last();
    fake.opened(client);
    return client;
  }

  private ClientResult now() throws InterruptedException {
    return fake.clients.get(SOMEBODY, Duration.ZERO);
  }

  /** Asks on another thread, and returns once that waits. */
  private FutureTask<ClientResult> asking() throws InterruptedException {
    FutureTask<ClientResult> task = new FutureTask<>(() -> fake.clients.get(SOMEBODY));
    Thread.ofVirtual().start(task);
    while (!task.isDone()
        && fake.clients.status(SOMEBODY).map(status -> status.waiting() == 0).orElse(true)) {
      Thread.onSpinWait();
    }
    return task;
  }

  private static ClientResult of(FutureTask<ClientResult> task) throws Exception {
    return task.get(30, TimeUnit.SECONDS);
  }

  @Test
  void a_caller_without_time_hears_that_it_is_connecting() throws Exception {
    fake.store.put(SOMEBODY, FakeManagedClient.SESSION);
    assertThat(now())
        .isInstanceOfSatisfying(
            ClientResult.Unreachable.class,
            answer -> {
              assertThat(answer.cause()).isInstanceOf(NotConnectedException.class);
              assertThat(answer.nextTry()).isEqualTo(fake.time.now());
            });
    assertThat(fake.last().open).isTrue();
  }

  @Test
  void who_waits_gets_the_client_and_goes_first_when_it_dials() throws Exception {
    fake.store.put(SOMEBODY, FakeManagedClient.SESSION);
    FutureTask<ClientResult> caller = asking();
    FakeManagedClient client = fake.last();
    assertThat(client.log).contains("prioritize");
    fake.opened(client);
    assertThat(of(caller)).isEqualTo(new ClientResult.Connected(client.telegram()));
    assertThat(fake.hooked).containsExactly("opened 1");
  }

  @Test
  void an_interrupt_ends_one_wait_only() throws Exception {
    fake.store.put(SOMEBODY, FakeManagedClient.SESSION);
    FutureTask<ClientResult> patient = asking();
    FutureTask<ClientResult> hasty = new FutureTask<>(() -> fake.clients.get(SOMEBODY));
    Thread thread = Thread.ofVirtual().start(hasty);
    thread.interrupt();
    assertThatThrownBy(() -> of(hasty))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    fake.opened(fake.last());
    assertThat(of(patient)).isInstanceOf(ClientResult.Connected.class);
    assertThat(fake.made).hasSize(1);
  }

  @Test
  void who_waits_is_told_at_once_when_the_next_try_comes_too_late() throws Exception {
    fake.store.put(SOMEBODY, FakeManagedClient.SESSION);
    FutureTask<ClientResult> caller = asking();
    FakeManagedClient client = fake.last();
    client.tell(new SlotEvent.Lost(client, noRoute, fake.time.now().plusSeconds(5)));
    assertThat(caller.isDone()).as("its time may still bring a client").isFalse();
    client.tell(new SlotEvent.Lost(client, noRoute, fake.time.now().plusSeconds(600)));
    assertThat(of(caller))
        .isEqualTo(new ClientResult.Unreachable(noRoute, fake.time.now().plusSeconds(600)));
    ClientStatus status = fake.clients.status(SOMEBODY).orElseThrow();
    assertThat(status.lastError()).isEqualTo("no route");
    assertThat(status.lastCause()).isSameAs(noRoute);
    assertThat(status.nextTry()).isEqualTo(fake.time.now().plusSeconds(600));
    assertThat(fake.made).as("the same client goes on trying").hasSize(1);
  }

  @Test
  void a_client_that_lost_its_connection_is_waited_for_and_stays() throws Exception {
    FakeManagedClient client = connected();
    client.tell(new SlotEvent.Lost(client, noRoute, fake.time.now()));
    assertThat(now()).isInstanceOf(ClientResult.Unreachable.class);
    FutureTask<ClientResult> caller = asking();
    fake.opened(client);
    assertThat(of(caller)).isEqualTo(new ClientResult.Connected(client.telegram()));
    assertThat(heard).containsExactly("connected", "failed", "reconnected");
    assertThat(fake.hooked).as("it is no new client").containsExactly("opened 1");
  }

  @Test
  void what_an_old_client_says_does_not_concern_the_new_one() throws Exception {
    FakeManagedClient old = connected();
    assertThat(fake.clients.disconnect(SOMEBODY)).isTrue();
    FakeManagedClient client = connected();
    old.tell(new SlotEvent.Failed(old, RpcException.of(401, "SESSION_REVOKED", "users.getUsers")));
    old.tell(new SlotEvent.Lost(old, noRoute, fake.time.now()));
    assertThat(now()).isEqualTo(new ClientResult.Connected(client.telegram()));
  }

  @Test
  void the_end_of_a_session_is_stored_before_the_place_is_free() throws Exception {
    FakeManagedClient client = connected();
    fake.store.failWith(new IllegalStateException("the database is away"));
    client.tell(
        new SlotEvent.Failed(client, RpcException.of(401, "SESSION_REVOKED", "users.getUsers")));
    assertThat(client.open).isFalse();
    assertThat(now()).isInstanceOf(ClientResult.SessionEnded.class);
    assertThat(fake.clients.status(SOMEBODY).orElseThrow().state())
        .isEqualTo(ClientStatus.State.RECORDING);
    fake.store.failWith(null);
    fake.time.pass(Duration.ofSeconds(5));
    assertThat(fake.clients.status(SOMEBODY)).isEmpty();
    assertThat(fake.store.find(SOMEBODY)).isInstanceOf(StoredSession.Ended.class);
    assertThat(fake.made).hasSize(1);
    assertThat(heard).contains("SESSION_REVOKED");
  }

  @Test
  void a_failure_that_says_nothing_of_the_session_ends_no_session() throws Exception {
    FakeManagedClient client = connected();
    client.tell(
        new SlotEvent.Failed(client, RpcException.of(400, "API_ID_INVALID", "users.getUsers")));
    assertThat(now())
        .isInstanceOfSatisfying(
            ClientResult.Unreachable.class,
            answer ->
                assertThat(answer.nextTry())
                    .isAfterOrEqualTo(fake.time.now().plus(FailureBackoff.FIRST)));
    assertThat(fake.store.find(SOMEBODY)).isInstanceOf(StoredSession.Valid.class);
    fake.time.pass(FailureBackoff.FIRST.multipliedBy(3).dividedBy(2));
    assertThat(now()).isInstanceOf(ClientResult.Unreachable.class);
    assertThat(fake.made).as("tried again after a rest").hasSize(2);

    FakeManagedClient again = fake.last();
    again.tell(
        new SlotEvent.Failed(again, RpcException.of(400, "API_ID_INVALID", "users.getUsers")));
    fake.time.pass(FailureBackoff.FIRST.multipliedBy(2).minusMillis(1));
    assertThat(now()).isInstanceOf(ClientResult.Unreachable.class);
    assertThat(fake.made).as("the second rest is longer").hasSize(2);
    fake.time.pass(FailureBackoff.FIRST.plusMillis(1));
    assertThat(now()).isInstanceOf(ClientResult.Unreachable.class);
    assertThat(fake.made).hasSize(3);
  }

  @Test
  void nothing_is_opened_beside_a_client_that_does_not_close() throws Exception {
    FakeManagedClient client = connected();
    client.refusesToClose = true;
    assertThat(fake.clients.disconnect(SOMEBODY, Duration.ofMillis(1))).isFalse();
    assertThat(heard).contains("overdue");
    assertThat(now()).isInstanceOf(ClientResult.Unreachable.class);
    assertThat(fake.clients.status(SOMEBODY).orElseThrow().state())
        .isEqualTo(ClientStatus.State.OVERDUE);
    assertThat(fake.made).hasSize(1);
    client.refusesToClose = false;
    fake.time.pass(Duration.ofSeconds(2));
    assertThat(fake.clients.status(SOMEBODY)).isEmpty();
    assertThat(now()).isInstanceOf(ClientResult.Unreachable.class);
    assertThat(fake.made).hasSize(2);
  }

  @Test
  void the_hook_hears_of_the_next_client_only_after_it_is_done_with_the_one_before()
      throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch slow = new CountDownLatch(1);
    fake.inHook =
        () -> {
          inside.countDown();
          try {
            assertThat(slow.await(30, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    fake.store.put(SOMEBODY, FakeManagedClient.SESSION);
    now();
    FakeManagedClient first = fake.last();
    Thread greeting = Thread.ofVirtual().start(() -> fake.opened(first));
    assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();

    assertThat(fake.clients.disconnect(SOMEBODY, Duration.ZERO)).isFalse();
    assertThat(first.open).isFalse();
    assertThat(now()).isInstanceOf(ClientResult.Unreachable.class);
    assertThat(fake.made).hasSize(1);
    fake.time.pass(Slot.OVERDUE_AFTER);
    assertThat(heard).as("a hook that hangs is seen").containsExactly("overdue");

    slow.countDown();
    assertThat(greeting.join(Duration.ofSeconds(30))).isTrue();
    now();
    fake.opened(fake.last());
    assertThat(now()).isEqualTo(new ClientResult.Connected(fake.last().telegram()));
    assertThat(fake.made).hasSize(2);
    assertThat(fake.hooked).containsExactly("opened 1", "closed 1 DISCONNECTED", "opened 1");
  }

  @Test
  void the_hook_does_not_hear_of_a_client_that_is_closed_before_it_was_told() throws Exception {
    fake.store.put(SOMEBODY, FakeManagedClient.SESSION);
    now();
    FakeManagedClient client = fake.last();
    client.whenAsked = () -> client.tell(new SlotEvent.ClosedByCaller(client));
    fake.opened(client);
    assertThat(fake.clients.status(SOMEBODY)).isEmpty();
    assertThat(fake.hooked).isEmpty();
  }

  @Test
  void the_hook_hears_of_a_client_that_is_lost_before_it_was_told_when_it_is_back()
      throws Exception {
    fake.store.put(SOMEBODY, FakeManagedClient.SESSION);
    now();
    FakeManagedClient client = fake.last();
    client.whenAsked = () -> client.tell(new SlotEvent.Lost(client, noRoute, fake.time.now()));
    fake.opened(client);
    assertThat(fake.hooked).isEmpty();
    client.whenAsked = () -> {};
    fake.opened(client);
    assertThat(fake.hooked).containsExactly("opened 1");
    assertThat(now()).isInstanceOf(ClientResult.Connected.class);
  }

  @Test
  void closing_reports_who_is_left() throws Exception {
    FakeManagedClient client = connected();
    client.refusesToClose = true;
    assertThat(fake.clients.close(Duration.ofMillis(50))).containsExactly(SOMEBODY);
    assertThatThrownBy(this::now).isInstanceOf(UserClientsClosedException.class);
  }

  @Test
  void closing_refuses_and_closes_at_once_whatever_else_is_slow_to_close() throws Exception {
    FakeManagedClient client = connected();
    List<Boolean> seen = new ArrayList<>();
    fake.clients.closeWith(() -> {
      try {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (client.open && System.nanoTime() < deadline) {
          Thread.onSpinWait();
        }
        seen.add(client.open);
        assertThatThrownBy(this::now).isInstanceOf(UserClientsClosedException.class);
        return true;
      } catch (RuntimeException e) {
        return false;
      }
    });
    assertThat(fake.clients.close(Duration.ofSeconds(20))).isEmpty();
    assertThat(seen).containsExactly(false);
    fake.store.claim().release();
  }

  @Test
  void the_store_is_not_let_go_while_a_client_of_nobodys_does_not_close() throws Exception {
    FakeManagedClient client = new FakeManagedClient();
    client.refusesToClose = true;
    List<String> done = new ArrayList<>();
    fake.clients.unowned().closeThen(client, () -> done.add("closed"));
    assertThat(fake.clients.close(Duration.ofMillis(20))).isEmpty();
    assertThat(done).isEmpty();
    assertThatThrownBy(fake.store::claim).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_client_of_nobodys_is_closed_until_it_is_closed() throws Exception {
    FakeManagedClient client = new FakeManagedClient();
    client.refusesToClose = true;
    List<String> done = new ArrayList<>();
    fake.clients.unowned().closeThen(client, () -> done.add("closed"));
    fake.time.pass(Duration.ofSeconds(5));
    assertThat(done).isEmpty();
    client.refusesToClose = false;
    fake.time.pass(Duration.ofSeconds(1));
    assertThat(done).containsExactly("closed");
    assertThat(fake.clients.close(Duration.ofSeconds(20))).isEmpty();
    fake.store.claim().release();
  }

  @Test
  void a_client_is_closed_while_it_connects() throws Exception {
    fake.store.put(SOMEBODY, FakeManagedClient.SESSION);
    FutureTask<ClientResult> caller = asking();
    FakeManagedClient client = fake.last();
    assertThat(fake.clients.close(Duration.ofSeconds(5))).isEmpty();
    assertThat(client.open).isFalse();
    assertThatThrownBy(() -> of(caller)).hasCauseInstanceOf(UserClientsClosedException.class);
    fake.opened(client);
    assertThat(fake.clients.snapshot()).isEmpty();
  }

  @Test
  void an_idle_client_is_closed_unless_it_watches_something() throws Exception {
    FakeManagedClient client = connected();
    try (UserClients.KeepOpen watching = fake.clients.keepOpen(SOMEBODY)) {
      assertThat(watching).isNotNull();
      fake.time.pass(Duration.ofHours(1));
      assertThat(client.open).isTrue();
    }
    fake.time.pass(Duration.ofMinutes(16));
    assertThat(client.open).isFalse();
    assertThat(fake.hooked).containsExactly("opened 1", "closed 1 IDLE");
    assertThat(now()).isInstanceOf(ClientResult.Unreachable.class);
    assertThat(fake.made).as("it comes back when it is needed").hasSize(2);
  }

  @Test
  void a_client_that_is_used_is_not_idle() throws Exception {
    FakeManagedClient client = connected();
    for (int i = 0; i < 12; i++) {
      fake.time.pass(Duration.ofMinutes(5));
      assertThat(now()).isInstanceOf(ClientResult.Connected.class);
    }
    assertThat(client.open).isTrue();
  }

  @Test
  void a_place_is_kept_closed_for_whoever_holds_it() throws Exception {
    FakeManagedClient client = connected();
    SlotEvent.Reservation reservation = new SlotEvent.Reservation("signing in anew");
    Slot slot = fake.clients.slots().reserve(SOMEBODY, reservation, Duration.ofSeconds(5));
    assertThat(client.open).isFalse();
    assertThat(now())
        .isInstanceOfSatisfying(
            ClientResult.Unreachable.class,
            answer -> assertThat(answer.cause()).hasMessage("signing in anew"));
    assertThatThrownBy(() ->
            fake.clients
                .slots()
                .reserve(SOMEBODY, new SlotEvent.Reservation("another"), Duration.ZERO))
        .isInstanceOf(NoClientException.class);
    assertThat(fake.clients.disconnect(SOMEBODY)).isTrue();
    assertThat(now()).isInstanceOf(ClientResult.Unreachable.class);
    FakeManagedClient given = new FakeManagedClient();
    given.open();
    assertThat(fake.clients.slots().handOver(slot, reservation, given)).isTrue();
    fake.opened(given);
    assertThat(now()).isEqualTo(new ClientResult.Connected(given.telegram()));
    assertThat(fake.made).hasSize(1);
  }

  @Test
  void a_failing_hook_keeps_nobody_from_their_client() throws Exception {
    MemoryStore store = new MemoryStore();
    store.put(SOMEBODY, FakeManagedClient.SESSION);
    FakeManagedClient client = new FakeManagedClient();
    ClientHook failing =
        new ClientHook() {
          @Override
          public void opened(UserId user, dev.jobradar.telegram.TelegramClient client) {
            throw new IllegalStateException("a mistake in the hook");
          }
        };
    ManualTime time = new ManualTime();
    try (UserClients clients =
        new UserClients(
            store,
            (user, session, hearing, paced) -> client.telegram(),
            UserClientsOptions.DEFAULT,
            failing,
            UserClientsListener.NONE,
            time,
            (user, session) -> client)) {
      assertThat(clients.get(SOMEBODY, Duration.ZERO)).isInstanceOf(ClientResult.Unreachable.class);
      fake.opened(client);
      assertThat(clients.get(SOMEBODY)).isInstanceOf(ClientResult.Connected.class);
    }
  }
}

package dev.jobradar.telegram.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.client.ConnectionState;
import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.StandingFault;
import dev.jobradar.telegram.ClientListener;
import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.tl.api.method.Updates.GetState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client does when its account is moved to another data centre. */
@Timeout(120)
class MoveFaultsIT {
  private static final String EXPORT = "auth.exportAuthorization";
  private static final String IMPORT = "auth.importAuthorization";
  private static final String SEND = "messages.sendMessage";

  private static SavedSession session(FaultRig rig) {
    return Objects.requireNonNull(rig.client.session());
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(FaultRig.PATIENCE)
        .pollInSameThread()
        .dontCatchUncaughtExceptions()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(condition);
  }

  @Test
  void an_account_that_is_moved_is_followed_with_its_sign_in_and_all_it_hears() throws Exception {
    try (FaultRig rig = new FaultRig(true)) {
      Me me = rig.open();
      Heard heard = Heard.watch(rig, "javajobs");
      SavedSession before = session(rig);
      rig.sandbox.move(rig.account(), 2);
      // Telegram pushes nothing to where the account is not.
      int first = rig.sandbox.post("javajobs", "while it is away").id();
      assertThat(rig.client.channels().sendToSelf("text", 7).repeated()).isFalse();
      assertThat(rig.client.dc()).isEqualTo(new DcId(2));
      assertThat(rig.client.refreshMe()).isEqualTo(me);
      assertThat(session(rig).dc()).isEqualTo(new DcId(2));
      assertThat(session(rig).authKey()).isNotEqualTo(before.authKey());
      int second = rig.sandbox.post("javajobs", "where it is now").id();
      assertThat(heard.next(2)).containsExactly(first, second);
      assertThat(rig.awaitLoss()).isInstanceOf(RpcException.Migrate.class);
      // What is left there is nobody's any more: the connection here goes on by itself.
      rig.sandbox.stopListening(1);
      rig.sandbox.drop(Aim.ALL);
      int third = rig.sandbox.post("javajobs", "after a lost connection").id();
      assertThat(heard.next(1)).containsExactly(third);
      assertThat(rig.ended).isEmpty();
    }
  }

  @Test
  void a_move_is_found_out_on_connecting() throws Exception {
    try (FaultRig rig = new FaultRig(true)) {
      rig.sandbox.move(rig.id, 2);
      // The first query of a connection with a sign-in.
      rig.sandbox
          .faults()
          .set(
              Fault.migrate(Fault.Moved.USER, 2),
              new Aim(null, null, 1, "users.getUsers"),
              StandingFault.ALWAYS);
      Me me = rig.open();
      assertThat(me.id()).isEqualTo(rig.id.value());
      assertThat(rig.client.dc()).isEqualTo(new DcId(2));
      assertThat(rig.client.channels().sendToSelf("text", 7).repeated()).isFalse();
      assertThat(rig.ended).isEmpty();
    }
  }

  @Test
  void nothing_of_a_connection_that_is_left_is_heard_after_the_next_one_is_ready()
      throws Exception {
    try (FaultRig rig = new FaultRig(true)) {
      rig.open();
      Heard heard = Heard.watch(rig, "javajobs");
      BlockingQueue<String> told = new LinkedBlockingQueue<>();
      CountDownLatch goOn = new CountDownLatch(1);
      rig.client.listener(
          new ClientListener() {
            @Override
            public void onLost(MtprotoException cause) {
              told.add("losing");
              try {
                goOn.await();
              } catch (InterruptedException e) {
                told.add("interrupted");
              }
              told.add("lost");
            }

            @Override
            public void onReady() {
              told.add("ready");
            }
          });
      rig.sandbox.move(rig.account(), 2);
      rig.sandbox.drop(Aim.ALL);
      List<String> inOrder = new ArrayList<>();
      inOrder.add(
          Objects.requireNonNull(told.poll(FaultRig.PATIENCE.toSeconds(), TimeUnit.SECONDS)));
      // A caller's thread finds out about the move while the listener still hears of the loss.
      rig.client.channels().sendToSelf("text", 7);
      assertThat(rig.client.dc()).isEqualTo(new DcId(2));
      goOn.countDown();
      while (!inOrder.contains("ready")) {
        inOrder.add(
            Objects.requireNonNull(told.poll(FaultRig.PATIENCE.toSeconds(), TimeUnit.SECONDS)));
      }
      assertThat(inOrder).containsExactly("losing", "lost", "losing", "lost", "ready");
      int post = rig.sandbox.post("javajobs", "where it is now").id();
      assertThat(heard.next(1)).containsExactly(post);
      assertThat(told).isEmpty();
    }
  }

  @Test
  void an_account_that_is_not_where_it_was_sent_goes_back() throws Exception {
    try (FaultRig rig = new FaultRig(true)) {
      rig.open();
      Heard heard = Heard.watch(rig, "javajobs");
      StandingFault sent =
          rig.sandbox
              .faults()
              .set(Fault.migrate(Fault.Moved.USER, 2), Aim.method(SEND).of(rig.account()), 1);
      assertThat(rig.client.channels().sendToSelf("text", 7).repeated()).isFalse();
      assertThat(sent.struck()).isEqualTo(1);
      assertThat(rig.client.dc()).isEqualTo(new DcId(1));
      int here = rig.sandbox.post("javajobs", "here").id();
      assertThat(heard.next(1)).containsExactly(here);
      assertThat(rig.sandbox.savedMessages(rig.id)).hasSize(1);
    }
  }

  @Test
  void calls_that_are_under_way_are_answered_and_messages_sent_once() throws Exception {
    try (FaultRig rig = new FaultRig(true);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      rig.open();
      rig.sandbox.move(rig.id, 2);
      List<Callable<Boolean>> calls =
          LongStream.rangeClosed(1, 20)
              .<Callable<Boolean>>mapToObj(
                  i -> () -> rig.client.channels().sendToSelf("text " + i, i).id().isPresent())
              .toList();
      for (Future<Boolean> sent : callers.invokeAll(calls)) {
        sent.get();
      }
      assertThat(rig.sandbox.savedMessages(rig.id))
          .extracting(update -> update.randomId())
          .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 20).boxed().toList());
    }
  }

  @Test
  void a_data_centre_that_cannot_be_reached_yet_costs_time_and_not_the_sign_in() throws Exception {
    try (FaultRig rig = new FaultRig(true)) {
      Me me = rig.open();
      SavedSession before = session(rig);
      rig.sandbox.stopListening(2);
      rig.sandbox.move(rig.id, 2);
      assertThatThrownBy(
              () -> rig.client.invoke(new GetState(), FaultRig.within(Duration.ofSeconds(2))))
          .isInstanceOf(MtprotoException.class)
          .isNotInstanceOf(RpcException.SessionEnded.class);
      assertThat(session(rig)).isEqualTo(before);
      assertThat(rig.client.connectionState()).isNotInstanceOf(ConnectionState.Closed.class);
      rig.sandbox.startListening(2);
      await(() -> rig.client.dc().equals(new DcId(2)));
      assertThat(rig.client.channels().sendToSelf("text", 7).repeated()).isFalse();
      assertThat(rig.client.refreshMe()).isEqualTo(me);
      assertThat(rig.ended).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {EXPORT, IMPORT})
  void what_goes_wrong_on_the_way_is_begun_anew(String step) throws Exception {
    try (FaultRig rig = new FaultRig(true)) {
      rig.open();
      rig.sandbox.move(rig.id, 2);
      StandingFault refused =
          rig.sandbox.faults().set(new Fault.Fail(500, "INTERNAL"), Aim.method(step), 1);
      StandingFault lost =
          rig.sandbox.faults().set(new Fault.LoseAnswers(true), Aim.method(step), 1);
      await(() -> {
        try {
          return rig.client.channels().sendToSelf("text", 7).id().isPresent();
        } catch (MtprotoException later) {
          assertThat(later).isNotInstanceOf(RpcException.SessionEnded.class);
          return false;
        }
      });
      assertThat(refused.struck()).isEqualTo(1);
      assertThat(lost.struck()).isEqualTo(1);
      assertThat(rig.client.dc()).isEqualTo(new DcId(2));
      assertThat(rig.sandbox.savedMessages(rig.id)).hasSize(1);
      assertThat(rig.ended).isEmpty();
    }
  }

  @Test
  void a_caller_who_gives_up_leaves_the_move_to_go_on() throws Exception {
    try (FaultRig rig = new FaultRig(true)) {
      Me me = rig.open();
      rig.sandbox.move(rig.id, 2);
      StandingFault late =
          rig.sandbox
              .faults()
              .set(new Fault.DelayAnswers(Duration.ofMillis(700)), Aim.method(IMPORT), 1);
      Thread caller =
          Thread.startVirtualThread(() -> {
            try {
              rig.client.channels().sendToSelf("text", 7);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      await(() -> late.struck() == 1);
      caller.interrupt();
      assertThat(caller.join(FaultRig.PATIENCE)).isTrue();
      assertThat(rig.client.refreshMe()).isEqualTo(me);
      assertThat(rig.client.dc()).isEqualTo(new DcId(2));
      assertThat(rig.ended).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {EXPORT, IMPORT})
  void a_client_that_is_closed_on_the_way_is_closed(String step) throws Exception {
    try (FaultRig rig = new FaultRig(true)) {
      rig.open();
      SavedSession before = session(rig);
      rig.sandbox.move(rig.id, 2);
      StandingFault never =
          rig.sandbox.faults().set(new Fault.LoseAnswers(false), Aim.method(step), 1);
      Thread caller =
          Thread.startVirtualThread(() -> {
            try {
              rig.client.channels().sendToSelf("text", 7);
            } catch (MtprotoException | InterruptedException expected) {
              // That it ends is what counts.
            }
          });
      await(() -> never.struck() == 1);
      rig.client.close();
      assertThat(rig.client.awaitClosed(FaultRig.PATIENCE)).isTrue();
      assertThat(caller.join(FaultRig.PATIENCE)).isTrue();
      assertThat(session(rig)).isEqualTo(before);
      assertThat(rig.closed.tryAcquire(FaultRig.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      await(() -> rig.sandbox.stats().connections() == 0);
    }
  }

  @Test
  void a_sign_in_that_is_over_is_over_although_the_account_was_moved() throws Exception {
    try (FaultRig rig = new FaultRig(true)) {
      rig.open();
      rig.sandbox.move(rig.id, 2);
      rig.sandbox.faults().set(new Fault.Fail(401, "SESSION_REVOKED"), Aim.method(EXPORT), 1);
      assertThatThrownBy(() -> rig.client.channels().sendToSelf("text", 7))
          .isInstanceOf(MtprotoException.class)
          .hasRootCauseInstanceOf(RpcException.SessionEnded.class);
      assertThat(rig.awaitEnd()).isInstanceOf(RpcException.SessionEnded.class);
      assertThat(rig.client.awaitClosed(FaultRig.PATIENCE)).isTrue();
    }
  }
}

package dev.jobradar.telegram.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.CallFailedException;
import dev.jobradar.mtproto.ConnectionClosedException;
import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.StandingFault;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.telegram.Channel;
import dev.jobradar.telegram.EndedSignIn;
import dev.jobradar.telegram.Me;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.api.method.Help;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client does when calls are refused, answered late or not at all. */
@Timeout(120)
class CallFaultsIT {

  @Test
  void a_flood_wait_reaches_the_caller_with_its_time_and_only_as_often_as_it_was_set()
      throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      rig.open();
      Aim sending = Aim.method("messages.sendMessage").of(rig.account());
      StandingFault flood =
          rig.sandbox.faults().set(Fault.floodWait(Duration.ofSeconds(31)), sending, 2);
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> rig.client.channels().sendToSelf("text", 7))
            .isInstanceOfSatisfying(
                RpcException.FloodWait.class,
                e -> assertThat(e.delay()).isEqualTo(Duration.ofSeconds(31)));
      }
      assertThat(rig.client.channels().sendToSelf("text", 7).repeated()).isFalse();
      assertThat(flood.stands()).isFalse();
      assertThat(flood.struck()).isEqualTo(2);
    }
  }

  @Test
  void an_error_meant_for_others_meets_nobody_else() throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      Me me = rig.open();
      Fault.Fail error = new Fault.Fail(400, "PEER_ID_INVALID");
      StandingFault fault = rig.sandbox.faults().set(error, Aim.account(new UserId(1)));
      assertThat(rig.client.refreshMe()).isEqualTo(me);
      assertThat(fault.struck()).isZero();
      assertThat(rig.sandbox.faults().clear()).isEqualTo(1);
      assertThat(rig.sandbox.faults().isEmpty()).isTrue();
    }
  }

  @Test
  void a_slow_mode_wait_and_a_premium_wait_are_told_apart() throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      rig.open();
      rig.sandbox.faults().set(Fault.slowModeWait(Duration.ofSeconds(9)), Aim.ALL, 1);
      assertThatThrownBy(() -> rig.client.channels().sendToSelf("text", 7))
          .isInstanceOfSatisfying(
              RpcException.SlowModeWait.class,
              e -> assertThat(e.delay()).isEqualTo(Duration.ofSeconds(9)));
      rig.sandbox.faults().set(Fault.floodPremiumWait(Duration.ofSeconds(5)), Aim.ALL, 1);
      assertThatThrownBy(() -> rig.client.channels().sendToSelf("text", 7))
          .isInstanceOf(RpcException.FloodWait.class);
      assertThat(rig.client.channels().sendToSelf("text", 7).repeated()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401, AUTH_KEY_UNREGISTERED",
    "401, AUTH_KEY_INVALID",
    "401, SESSION_REVOKED",
    "401, SESSION_EXPIRED",
    "401, USER_DEACTIVATED",
    "401, USER_DEACTIVATED_BAN",
    "401, SESSION_PASSWORD_NEEDED",
    "401, A_REASON_THAT_IS_NEW",
    "406, AUTH_KEY_DUPLICATED"
  })
  void a_sign_in_that_was_ended_is_over_and_said_so_once(int code, String error) throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      rig.open();
      assertThat(rig.sandbox.revoke(rig.account(), code, error)).isEqualTo(1);
      assertThatThrownBy(rig.client::refreshMe)
          .isInstanceOfSatisfying(RpcException.class, e -> assertThat(e.error()).isEqualTo(error));
      assertThat(EndedSignIn.reason(rig.awaitEnd())).isEqualTo(error);
      assertThatThrownBy(rig.client::refreshMe)
          .isInstanceOf(ConnectionClosedException.class)
          .hasRootCauseInstanceOf(RpcException.class);
      assertThat(rig.client.isSignedIn()).isFalse();
      assertThat(rig.ended).isEmpty();
    }
  }

  @Test
  void a_log_out_is_done_although_another_call_hears_first_that_the_sign_in_is_over()
      throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      rig.open();
      StandingFault late =
          rig.sandbox
              .faults()
              .set(new Fault.DelayAnswers(Duration.ofSeconds(20)), Aim.method("auth.logOut"), 1);
      FutureTask<Optional<Bytes>> loggingOut = new FutureTask<>(rig.client::logOut);
      Thread caller = Thread.startVirtualThread(loggingOut);
      while (late.struck() == 0) {
        Thread.onSpinWait();
      }
      assertThatThrownBy(rig.client::refreshMe).isInstanceOf(RpcException.SessionEnded.class);
      assertThat(caller.join(FaultRig.PATIENCE)).isTrue();
      assertThat(loggingOut.get()).isEmpty();
    }
  }

  @Test
  void a_server_s_own_failure_reaches_the_caller_and_the_sign_in_goes_on() throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      Me me = rig.open();
      rig.sandbox.faults().set(new Fault.Fail(500, "RPC_CALL_FAIL"), Aim.ALL, 1);
      assertThatThrownBy(rig.client::refreshMe)
          .isInstanceOfSatisfying(
              RpcException.Other.class, e -> assertThat(e.code()).isEqualTo(500));
      assertThat(rig.client.refreshMe()).isEqualTo(me);
    }
  }

  @Test
  void a_remembered_channel_that_is_no_longer_good_is_asked_for_anew() throws Exception {
    try (FaultRig rig = new FaultRig(true)) {
      rig.open();
      Channel channel = rig.client.channels().resolve("javajobs");
      StandingFault asked =
          rig.sandbox
              .faults()
              .set(
                  new Fault.DelayAnswers(Duration.ofMillis(1)),
                  Aim.method("contacts.resolveUsername"));
      assertThat(rig.client.channels().resolve("javajobs")).isEqualTo(channel);
      assertThat(asked.struck()).isZero();
      rig.sandbox
          .faults()
          .set(new Fault.Fail(400, "CHANNEL_INVALID"), Aim.method("channels.getFullChannel"), 1);
      assertThat(rig.client.channels().resolve("javajobs")).isEqualTo(channel);
      assertThat(asked.struck()).isEqualTo(1);
    }
  }

  @Test
  void a_migration_is_followed_with_the_sign_in() throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      rig.open();
      rig.sandbox
          .faults()
          .set(Fault.migrate(Fault.Moved.NETWORK, 2), Aim.method("help.getConfig"), 1);
      rig.client.read(new Help.GetConfig());
      assertThat(rig.client.dc()).isEqualTo(new DcId(2));
    }
  }

  @Test
  void answers_that_come_late_are_waited_for_and_others_do_not_wait() throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      Me me = rig.open();
      rig.sandbox
          .faults()
          .set(
              new Fault.DelayAnswers(Duration.ofSeconds(6)), Aim.method("messages.sendMessage"), 1);
      List<String> order = Collections.synchronizedList(new ArrayList<>());
      Thread late =
          Thread.startVirtualThread(() -> {
            try {
              rig.client.channels().sendToSelf("text", 7);
              order.add("late");
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      while (rig.sandbox.savedMessages(rig.account()).isEmpty()) {
        Thread.sleep(5);
      }
      assertThat(rig.client.refreshMe()).isEqualTo(me);
      order.add("others");
      assertThat(late.join(FaultRig.PATIENCE)).isTrue();
      assertThat(order).containsExactly("others", "late");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_message_whose_answer_is_lost_is_sent_once(boolean hangUp) throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      rig.open();
      StandingFault lost =
          rig.sandbox
              .faults()
              .set(new Fault.LoseAnswers(hangUp), Aim.method("messages.sendMessage"), 1);
      try {
        rig.client.channels().sendToSelf("text", 7);
      } catch (CallFailedException e) {
        // The caller is told that the call may have been executed, and repeats it.
        assertThat(e.progress()).isNotEqualTo(CallFailedException.Progress.NEVER_SENT);
        assertThat(rig.client.channels().sendToSelf("text", 7).id()).hasValue(1);
      }
      assertThat(lost.struck()).isEqualTo(1);
      assertThat(rig.sandbox.savedMessages(rig.account())).hasSize(1);
    }
  }
}

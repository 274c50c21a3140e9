package dev.jobradar.telegram.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.CallFailedException;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.StandingFault;
import dev.jobradar.telegram.Me;
import dev.jobradar.tl.api.method.Help;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client does when its connection is cut, silent or slow. */
@Timeout(120)
class ConnectionFaultsIT {

  @Test
  void a_closed_connection_is_replaced_and_calls_go_on() throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      Me me = rig.open();
      assertThat(rig.sandbox.drop(Aim.account(rig.account()))).isEqualTo(1);
      assertThat(rig.client.refreshMe()).isEqualTo(me);
      assertThat(rig.awaitLoss()).isInstanceOf(TransportException.class);
    }
  }

  @Test
  void a_reset_connection_is_replaced_and_calls_go_on() throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      Me me = rig.open();
      assertThat(rig.sandbox.reset(Aim.key(rig.key()))).isEqualTo(1);
      assertThat(rig.client.refreshMe()).isEqualTo(me);
      assertThat(rig.awaitLoss()).isInstanceOf(TransportException.class);
    }
  }

  @Test
  void a_connection_of_somebody_else_stays() throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      rig.open();
      assertThat(rig.sandbox.drop(Aim.dc(2))).isZero();
      rig.client.refreshMe();
      assertThat(rig.lost).isEmpty();
    }
  }

  @Test
  void a_server_that_falls_silent_is_left_and_the_call_is_answered_by_the_next_connection()
      throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      Me me = rig.open();
      rig.sandbox.faults().set(new Fault.Silence(), Aim.account(rig.account()), 1);
      assertThat(rig.client.refreshMe()).isEqualTo(me);
      assertThat(rig.awaitLoss()).hasMessageContaining("dead");
    }
  }

  @Test
  void a_server_that_stays_silent_lets_calls_run_out_of_time() throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      Me me = rig.open();
      try (StandingFault silence = rig.sandbox.faults().set(new Fault.Silence())) {
        assertThat(silence.struck()).isZero();
        assertThatThrownBy(() ->
                rig.client.invoke(new Help.GetConfig(), FaultRig.within(Duration.ofMillis(300))))
            .isInstanceOfSatisfying(
                CallFailedException.class,
                e -> assertThat(e.reason()).isEqualTo(CallFailedException.Reason.TIMED_OUT));
      }
      assertThat(rig.client.refreshMe()).isEqualTo(me);
    }
  }

  @Test
  void a_half_open_link_is_noticed_and_replaced() throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      Me me = rig.open();
      StandingFault halfOpen =
          rig.sandbox.faults().set(new Fault.HalfOpen(), Aim.account(rig.account()), 1);
      assertThat(rig.client.refreshMe()).isEqualTo(me);
      assertThat(rig.awaitLoss()).hasMessageContaining("dead");
      assertThat(halfOpen.struck()).isEqualTo(1);
      halfOpen.close();
      assertThat(rig.client.refreshMe()).isEqualTo(me);
    }
  }

  @Test
  void a_slow_link_is_not_taken_for_a_dead_one() throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      Me me = rig.open();
      StandingFault slow = rig.sandbox.faults().set(new Fault.Slow(Duration.ofMillis(150), 20_000));
      assertThat(rig.client.refreshMe()).isEqualTo(me);
      assertThat(rig.client.refreshMe()).isEqualTo(me);
      assertThat(slow.struck()).isEqualTo(1);
      assertThat(rig.lost).isEmpty();
    }
  }

  @Test
  void a_data_centre_that_refuses_is_dialled_until_it_listens_again() throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      Me me = rig.open();
      rig.sandbox.stopListening(1);
      rig.sandbox.drop(Aim.ALL);
      assertThat(rig.awaitLoss()).isInstanceOf(TransportException.class);
      assertThat(rig.awaitLoss()).hasMessageContaining("dialling failed");
      rig.sandbox.startListening(1);
      assertThat(rig.client.refreshMe()).isEqualTo(me);
    }
  }

  @Test
  void a_restart_of_a_data_centre_is_survived() throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      Me me = rig.open();
      rig.sandbox.restart(1);
      assertThat(rig.client.refreshMe()).isEqualTo(me);
    }
  }

  @Test
  void a_404_once_on_a_known_key_is_tried_again() throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      Me me = rig.open();
      rig.sandbox.faults().set(new Fault.TransportError(404), Aim.key(rig.key()), 1);
      assertThat(rig.client.refreshMe()).isEqualTo(me);
      assertThat(rig.awaitLoss())
          .isInstanceOfSatisfying(TransportException.class, e -> assertThat(e.is(404)).isTrue());
    }
  }

  @Test
  void a_404_that_stays_ends_the_sign_in() throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      rig.open();
      rig.sandbox.faults().set(new Fault.TransportError(404), Aim.key(rig.key()));
      assertThatThrownBy(rig.client::refreshMe).isInstanceOf(MtprotoException.class);
      assertThat(rig.awaitEnd()).isInstanceOf(TransportException.class);
      assertThat(rig.client.isSignedIn()).isFalse();
    }
  }

  @Test
  void a_444_is_the_end_since_the_address_is_wrong() throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      rig.open();
      rig.sandbox.faults().set(new Fault.TransportError(444), Aim.ALL, 1);
      assertThatThrownBy(rig.client::refreshMe).isInstanceOf(MtprotoException.class);
      assertThat(rig.awaitEnd())
          .isInstanceOfSatisfying(TransportException.class, e -> assertThat(e.is(444)).isTrue());
    }
  }

  @Test
  void a_429_is_waited_out() throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      Me me = rig.open();
      rig.sandbox.faults().set(new Fault.TransportError(429), Aim.ALL, 2);
      assertThat(rig.client.refreshMe()).isEqualTo(me);
      assertThat(rig.awaitLoss())
          .isInstanceOfSatisfying(TransportException.class, e -> assertThat(e.is(429)).isTrue());
    }
  }

  @Test
  void too_many_connections_too_fast_are_waited_out() throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      Me me = rig.open();
      StandingFault limit =
          rig.sandbox.faults().set(new Fault.ConnectionLimit(1, Duration.ofSeconds(2)));
      // On a busy machine two connections may be further apart than that.
      for (int i = 0; i < 2 || (limit.struck() == 0 && i < 30); i++) {
        rig.sandbox.drop(Aim.ALL);
        assertThat(rig.client.refreshMe()).isEqualTo(me);
      }
      assertThat(limit.struck()).isPositive();
    }
  }
}

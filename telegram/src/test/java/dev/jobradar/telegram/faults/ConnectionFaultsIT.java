package dev.jobradar.telegram.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.CallFailedException;
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
}

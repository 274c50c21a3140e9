package dev.jobradar.telegram.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.RpcException;
import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.StandingFault;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.telegram.Me;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
}

package dev.jobradar.telegram.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.StandingFault;
import dev.jobradar.telegram.Me;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client does when messages, salts, times or sessions are not as they were. */
@Timeout(120)
class SessionFaultsIT {

  @Test
  void a_wrong_salt_is_corrected_on_the_same_connection() throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      Me me = rig.open();
      StandingFault salt =
          rig.sandbox.faults().set(new Fault.WrongSalt(), Aim.account(rig.account()), 3);
      assertThat(rig.client.refreshMe()).isEqualTo(me);
      assertThat(rig.client.refreshMe()).isEqualTo(me);
      assertThat(salt.struck()).isPositive();
      assertThat(rig.lost).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3_600, -3_600, 40, -400, 86_400})
  void a_clock_that_is_off_is_followed_there_and_back(int seconds) throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      Me me = rig.open();
      StandingFault skew =
          rig.sandbox.faults().set(new Fault.ClockSkew(Duration.ofSeconds(seconds)));
      assertThat(rig.client.refreshMe()).isEqualTo(me);
      skew.close();
      assertThat(rig.client.refreshMe()).isEqualTo(me);
    }
  }

  static Stream<Fault> packets() {
    return Stream.of(
        new Fault.DuplicatePackets(), new Fault.ReorderPackets(), new Fault.ReplayPackets());
  }

  @ParameterizedTest
  @MethodSource("packets")
  void packets_that_come_twice_late_or_from_the_past_change_nothing(Fault fault) throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      Me me = rig.open();
      StandingFault standing = rig.sandbox.faults().set(fault);
      for (int i = 1; i <= 5; i++) {
        assertThat(rig.client.channels().sendToSelf("text " + i, i).repeated()).isFalse();
      }
      // What was sent over the connection before comes again over this one.
      rig.sandbox.drop(Aim.ALL);
      assertThat(rig.client.refreshMe()).isEqualTo(me);
      assertThat(standing.struck()).isPositive();
      assertThat(rig.sandbox.savedMessages(rig.account()))
          .extracting(update -> update.randomId())
          .containsExactly(1L, 2L, 3L, 4L, 5L);
    }
  }

  @Test
  void a_session_that_begins_anew_out_of_nothing_loses_no_call() throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      Me me = rig.open();
      for (int i = 0; i < 3; i++) {
        assertThat(rig.sandbox.resetSessions(Aim.account(rig.account()))).isEqualTo(1);
        assertThat(rig.client.refreshMe()).isEqualTo(me);
      }
    }
  }
}

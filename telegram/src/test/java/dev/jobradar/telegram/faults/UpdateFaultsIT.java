package dev.jobradar.telegram.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.StandingFault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client does when updates do not come, come twice, too late, or are too many. */
@Timeout(120)
class UpdateFaultsIT {

  private static List<Integer> post(FaultRig rig, String channel, int count) {
    Integer[] ids = new Integer[count];
    for (int i = 0; i < count; i++) {
      ids[i] = rig.sandbox.post(channel, "post " + i).id();
    }
    return Arrays.asList(ids);
  }

  static Stream<Fault> pushes() {
    return Stream.of(
        new Fault.SwallowUpdates(), new Fault.DoubleUpdates(), new Fault.ReorderUpdates());
  }

  @ParameterizedTest
  @MethodSource("pushes")
  void posts_that_are_not_pushed_or_doubled_or_out_of_order_are_told_of_once_and_in_order(
      Fault fault) throws Exception {
    try (FaultRig rig = new FaultRig(true)) {
      rig.open();
      Heard heard = Heard.watch(rig, "javajobs");
      StandingFault standing = rig.sandbox.faults().set(fault, Aim.account(rig.account()), 4);
      List<Integer> ids = post(rig, "javajobs", 12);
      assertThat(heard.next(12)).isEqualTo(ids);
      assertThat(standing.struck()).isEqualTo(4);
      assertThat(post(rig, "javajobs", 1)).isEqualTo(heard.next(1));
    }
  }

  @Test
  void posts_of_a_channel_that_was_missed_too_much_of_are_read_from_its_history() throws Exception {
    try (FaultRig rig = new FaultRig(true)) {
      rig.open();
      Heard heard = Heard.watch(rig, "javajobs");
      StandingFault gap =
          rig.sandbox.faults().set(new Fault.SwallowUpdates(), Aim.account(rig.account()), 150);
      StandingFault tooLong =
          rig.sandbox
              .faults()
              .set(new Fault.ChannelDifferenceTooLong(), Aim.account(rig.account()), 1);
      List<Integer> ids = post(rig, "javajobs", 151);
      assertThat(heard.next(151)).isEqualTo(ids);
      assertThat(gap.struck()).isEqualTo(150);
      assertThat(tooLong.struck()).isEqualTo(1);
    }
  }

  @Test
  void a_difference_that_is_too_long_loses_no_post() throws Exception {
    try (FaultRig rig = new FaultRig(true)) {
      rig.open();
      Heard heard = Heard.watch(rig, "javajobs");
      StandingFault tooLong = rig.sandbox.faults().set(new Fault.DifferenceTooLong(), Aim.ALL, 1);
      rig.sandbox.faults().set(new Fault.SwallowUpdates(), Aim.ALL, 5);
      List<Integer> ids = post(rig, "javajobs", 5);
      assertThat(rig.sandbox.sendUpdatesTooLong(Aim.account(rig.account()))).isEqualTo(1);
      List<Integer> all = new ArrayList<>(ids);
      all.addAll(post(rig, "javajobs", 1));
      assertThat(heard.next(6)).isEqualTo(all);
      assertThat(tooLong.struck()).isEqualTo(1);
    }
  }

  @Test
  void being_told_of_lost_updates_is_enough_to_ask_for_them() throws Exception {
    try (FaultRig rig = new FaultRig(true)) {
      rig.open();
      Heard heard = Heard.watch(rig, "javajobs");
      rig.sandbox.faults().set(new Fault.SwallowUpdates(), Aim.ALL, 5);
      List<Integer> ids = post(rig, "javajobs", 5);
      rig.sandbox.sendUpdatesTooLong(Aim.account(rig.account()));
      assertThat(heard.next(5)).isEqualTo(ids);
    }
  }

  @Test
  void a_session_that_begins_anew_counts_as_a_gap() throws Exception {
    try (FaultRig rig = new FaultRig(true)) {
      rig.open();
      Heard heard = Heard.watch(rig, "javajobs");
      rig.sandbox.faults().set(new Fault.SwallowUpdates(), Aim.ALL, 5);
      List<Integer> ids = post(rig, "javajobs", 5);
      rig.sandbox.resetSessions(Aim.account(rig.account()));
      assertThat(heard.next(5)).isEqualTo(ids);
    }
  }

  @Test
  void the_feed_is_heard_whole_through_drops_and_edits_are_no_posts() throws Exception {
    try (FaultRig rig = new FaultRig(true)) {
      rig.open();
      Heard heard = Heard.watch(rig, "javajobs");
      int before = rig.sandbox.posts("javajobs");
      rig.sandbox.postsPerMinute(30_000);
      while (rig.sandbox.posts("javajobs") < before + 20) {
        rig.sandbox.reset(Aim.account(rig.account()));
        rig.client.refreshMe();
      }
      rig.sandbox.postsPerMinute(0);
      rig.sandbox.edit("javajobs", before, "edited");
      int last = rig.sandbox.post("javajobs", "last").id();
      // Ids ascend by one, so that what was missed would show.
      assertThat(heard.next(last - before))
          .isEqualTo(IntStream.rangeClosed(before + 1, last).boxed().toList());
    }
  }
}

package dev.jobradar.telegram.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.client.Backoff;
import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.StandingFault;
import dev.jobradar.telegram.ChannelPeer;
import dev.jobradar.telegram.HistoryPage;
import dev.jobradar.telegram.HistoryQuery;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.updates.StallCause;
import dev.jobradar.tl.api.method.Help;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a whole client does when Telegram answers what nobody expects. */
@Timeout(120)
class UnexpectedAnswersIT {
  private static final String CHANNEL = "javajobs";
  private static final String DIFFERENCE = "updates.getChannelDifference";

  @Test
  void a_post_of_an_unknown_kind_is_passed_over_and_the_five_after_it_are_heard() throws Exception {
    try (FaultRig rig = new FaultRig(true)) {
      rig.open();
      Heard heard = Heard.watch(rig, CHANNEL);
      int next = rig.sandbox.post(CHANNEL, "before").id() + 1;
      assertThat(heard.next(1)).containsExactly(next - 1);
      rig.sandbox
          .faults()
          .set(
              new Fault.UnknownMessage(next),
              Aim.channel(rig.sandbox.channel(CHANNEL)),
              StandingFault.ALWAYS);
      List<Integer> after = new ArrayList<>();
      assertThat(rig.sandbox.post(CHANNEL, "of an unknown kind").id()).isEqualTo(next);
      for (int i = 0; i < 5; i++) {
        after.add(rig.sandbox.post(CHANNEL, "after").id());
      }
      assertThat(heard.next(5)).isEqualTo(after);
      assertThat(heard.passedOver.poll(FaultRig.PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .matches(lost -> lost.fromId() == next && lost.toId() == next)
          .matches(lost -> lost.cause() == StallCause.UNREADABLE);
    }
  }

  @Test
  void while_the_difference_is_refused_posts_are_heard_and_the_stall_is_told() throws Exception {
    try (FaultRig rig = new FaultRig(true)) {
      rig.open();
      Heard heard = Heard.watch(rig, CHANNEL);
      rig.sandbox
          .faults()
          .set(
              new Fault.Fail(400, "FROZEN_PARTICIPANT_MISSING"),
              Aim.method(DIFFERENCE),
              StandingFault.ALWAYS);
      rig.sandbox.faults().set(new Fault.SwallowUpdates(), Aim.account(rig.account()), 2);
      List<Integer> ids = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        ids.add(rig.sandbox.post(CHANNEL, "post").id());
      }
      assertThat(heard.next(4)).isEqualTo(ids);
      assertThat(heard.stalls.poll(FaultRig.PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .matches(stall -> stall.error().equals("FROZEN_PARTICIPANT_MISSING"))
          .matches(stall -> stall.historyRead());
    }
  }

  @Test
  void a_pts_that_falls_at_the_server_loses_no_post() throws Exception {
    try (FaultRig rig = new FaultRig(true)) {
      rig.open();
      Heard heard = Heard.watch(rig, CHANNEL);
      int first = rig.sandbox.post(CHANNEL, "before").id();
      assertThat(heard.next(1)).containsExactly(first);
      rig.sandbox.setPts(CHANNEL, 1);
      for (int i = 1; i <= 6; i++) {
        rig.sandbox.post(CHANNEL, "after");
      }
      assertThat(heard.next(6))
          .containsExactly(first + 1, first + 2, first + 3, first + 4, first + 5, first + 6);
    }
  }

  /** How a client finds out that the server's numbers have fallen. */
  enum Fall {
    /** By a push. */
    PUSHED,
    /** The difference is refused: no such position. */
    REFUSED,
    /** The difference is empty; then by a push. */
    EMPTY,
    /** By a push when they have grown beyond ours again: nothing is lost, and nothing told. */
    OVERTAKEN
  }

  @ParameterizedTest
  @EnumSource
  void a_pts_of_the_account_that_falls_loses_and_doubles_no_message_and_is_told(Fall how)
      throws Exception {
    try (FaultRig rig = new FaultRig(false)) {
      if (how != Fall.OVERTAKEN) {
        rig.sandbox.setPts(rig.id, 5_000);
      }
      rig.open();
      HeardMessages heard = HeardMessages.start(rig);
      List<Integer> ids = new ArrayList<>();
      for (int i = 1; i <= 3; i++) {
        ids.add(rig.letter());
      }
      assertThat(heard.next(3)).isEqualTo(ids);
      rig.sandbox.setPts(rig.id, 1);
      if (how == Fall.REFUSED || how == Fall.EMPTY) {
        StandingFault asked =
            rig.sandbox
                .faults()
                .set(
                    how == Fall.EMPTY
                        ? new Fault.DifferenceEmpty()
                        : Fault.error("PERSISTENT_TIMESTAMP_INVALID"),
                    Aim.method("updates.getDifference"),
                    1);
        rig.sandbox.drop(Aim.ALL);
        assertThat(heard.skipped.tryAcquire()).isFalse();
        await(() -> asked.struck() == 1);
      }
      if (how == Fall.REFUSED) {
        assertThat(heard.awaitSkipped()).isTrue();
      }
      // What only comes with the difference, and what is pushed after it.
      rig.sandbox.faults().set(new Fault.SwallowUpdates(), Aim.account(rig.id), 2);
      ids.clear();
      for (int i = 0; i < 6; i++) {
        ids.add(rig.letter());
      }
      assertThat(heard.next(6)).isEqualTo(ids);
      if (how == Fall.PUSHED || how == Fall.EMPTY) {
        assertThat(heard.awaitSkipped()).isTrue();
      }
      int last = rig.letter();
      assertThat(heard.next(1)).containsExactly(last);
      assertThat(heard.ids).isEmpty();
      assertThat(heard.skipped.tryAcquire()).isFalse();
    }
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(FaultRig.PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(condition);
  }

  @Test
  void short_pages_of_a_history_are_read_to_its_first_post() throws Exception {
    try (FaultRig rig = new FaultRig(true)) {
      rig.open();
      ChannelPeer peer = rig.client.channels().resolve(CHANNEL).peer();
      int posts = 0;
      List<Integer> whole = new ArrayList<>();
      for (HistoryPage page = rig.client.channels().history(peer, HistoryQuery.NEWEST); ; ) {
        page.posts().forEach(post -> whole.add(post.id()));
        if (page.next() == 0) {
          break;
        }
        page = rig.client.channels().history(peer, HistoryQuery.before(page.next()));
      }
      rig.sandbox.faults().set(new Fault.ShortPages(7), Aim.ALL, StandingFault.ALWAYS);
      for (HistoryPage page = rig.client.channels().history(peer, HistoryQuery.NEWEST); ; ) {
        posts += page.posts().size();
        if (page.next() == 0) {
          break;
        }
        page = rig.client.channels().history(peer, HistoryQuery.before(page.next()));
      }
      assertThat(posts).isEqualTo(whole.size()).isGreaterThan(7);
    }
  }

  @Test
  void data_centres_that_send_an_account_round_are_tried_ever_less_often() throws Exception {
    try (FaultRig rig = new FaultRig(true, Backoff.DEFAULT)) {
      rig.sandbox
          .faults()
          .set(
              new Fault.MigrateLoop(Fault.Moved.USER, List.of(1, 2)),
              Aim.method("users.getUsers"),
              StandingFault.ALWAYS);
      rig.client.open();
      assertAskedSeldom(rig, rig.client);
    }
  }

  @Test
  void data_centres_that_send_a_new_client_round_are_tried_ever_less_often() throws Exception {
    try (FaultRig rig = new FaultRig(true, Backoff.DEFAULT);
        TelegramClient fresh = rig.newClient()) {
      rig.open();
      rig.sandbox
          .faults()
          .set(
              new Fault.MigrateLoop(Fault.Moved.NETWORK, List.of(1, 2)),
              Aim.method("help.getConfig"),
              StandingFault.ALWAYS);
      fresh.open();
      assertAskedSeldom(rig, fresh);
    }
  }

  private static void assertAskedSeldom(FaultRig rig, TelegramClient client) {
    assertThatThrownBy(
            () -> client.invoke(new Help.GetNearestDc(), FaultRig.within(Duration.ofSeconds(10))))
        .isInstanceOf(MtprotoException.class);
    // Without a pause they were about sixty a second.
    assertThat(rig.dials.get()).as("connections in ten seconds at most").isLessThan(40);
  }
}

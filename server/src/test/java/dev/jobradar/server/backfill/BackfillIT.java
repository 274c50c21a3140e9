package dev.jobradar.server.backfill;

import static dev.jobradar.server.backfill.BackfillWorld.GO;
import static dev.jobradar.server.backfill.BackfillWorld.GO_ID;
import static dev.jobradar.server.backfill.BackfillWorld.JAVA;
import static dev.jobradar.server.backfill.BackfillWorld.JAVA_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.server.account.AccountException;
import dev.jobradar.server.account.AccountState;
import dev.jobradar.server.account.WatchList;
import dev.jobradar.server.leads.LeadsFound;
import dev.jobradar.server.leads.TestLeads;
import dev.jobradar.server.signin.UserSignedIn;
import dev.jobradar.server.storage.Vendor;
import dev.jobradar.server.tasks.PauseReason;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.TaskDraft;
import dev.jobradar.server.tasks.TaskPaused;
import dev.jobradar.server.tasks.TaskStatus;
import dev.jobradar.server.users.Plan;
import dev.jobradar.testsupport.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
@Timeout(60)
class BackfillIT {
  private final BackfillWorld world;

  BackfillIT(Vendor vendor) {
    world = new BackfillWorld(vendor);
  }

  @AfterEach
  void close() {
    world.close();
  }

  // --- reading -------------------------------------------------------------------------------

  @Test
  void the_last_matching_posts_become_leads_and_a_page_holds_a_hundred() throws Exception {
    world.history(JAVA_ID, 1_000);
    Task task = world.task(world.ann, TaskStatus.PAUSED, JAVA);
    Backfill backfill = world.begun(task, JAVA, 25, false);
    world.runAll(world.ann);
    assertThat(world.now(backfill))
        .satisfies(done -> {
          assertThat(done.status()).isEqualTo(BackfillStatus.DONE);
          assertThat(done.found()).isEqualTo(25);
          assertThat(done.added()).isEqualTo(25);
          // From post 1,000 down to the 25th match, which is 760.
          assertThat(done.read()).isEqualTo(241);
          assertThat(done.total()).isEqualTo(1_000);
        });
    assertThat(world.leadsOf(world.ann))
        .containsExactlyElementsOf(IntStream.range(0, 25).mapToObj(i -> 1_000 - 10 * i).toList());
    assertThat(world.telegram.log())
        .containsExactly(
            "resolve javajobs",
            "history 11 before 0",
            "history 11 before 901",
            "history 11 before 801");
    assertThat(world.ordered).isEmpty();
  }

  @Test
  void it_ends_with_the_history_when_there_are_fewer() throws Exception {
    world.history(JAVA_ID, 200);
    Backfill backfill =
        world.begun(world.task(world.ann, TaskStatus.PAUSED, JAVA), JAVA, 1_000, false);
    world.runAll(world.ann);
    assertThat(world.now(backfill))
        .satisfies(done -> {
          assertThat(done.status()).isEqualTo(BackfillStatus.DONE);
          assertThat(done.found()).isEqualTo(20);
          assertThat(done.read()).isEqualTo(200);
        });
  }

  @Test
  void an_empty_channel_is_done_at_once() throws Exception {
    Backfill backfill =
        world.begun(world.task(world.ann, TaskStatus.RUNNING, JAVA), JAVA, 10, false);
    assertThat(world.steps.step(world.ann.id())).isNull();
    assertThat(world.now(backfill).status()).isEqualTo(BackfillStatus.DONE);
  }

  @Test
  void leads_are_delivered_only_when_that_was_asked_for() throws Exception {
    world.history(JAVA_ID, 100);
    Task task = world.task(world.ann, TaskStatus.PAUSED, JAVA);
    world.begun(task, JAVA, 3, false);
    world.runAll(world.ann);
    assertThat(world.ordered).isEmpty();
    world.begun(task, JAVA, 5, true);
    world.runAll(world.ann);
    // The first three were leads already.
    assertThat(world.ordered).hasSize(2);
  }

  @Test
  void a_post_is_one_lead_however_often_it_is_read() throws Exception {
    world.history(JAVA_ID, 100);
    Task task = world.task(world.ann, TaskStatus.PAUSED, JAVA);
    world.begun(task, JAVA, 10, false);
    world.runAll(world.ann);
    Backfill again = world.begun(task, JAVA, 10, false);
    world.runAll(world.ann);
    assertThat(world.leadsOf(world.ann)).hasSize(10).doesNotHaveDuplicates();
    assertThat(world.now(again).found()).isEqualTo(10);
    assertThat(world.now(again).added()).isZero();
  }

  // --- beside monitoring ---------------------------------------------------------------------

  @Test
  void posts_that_monitoring_has_not_seen_yet_are_left_to_it() throws Exception {
    world.history(JAVA_ID, 100);
    Task task = world.task(world.ann, TaskStatus.RUNNING, JAVA);
    world.tasks.seen(task.id(), JAVA, 85);
    world.begun(task, JAVA, 2, false);
    world.runAll(world.ann);
    assertThat(world.leadsOf(world.ann)).containsExactly(80, 70);
    assertThat(lastSeen(task)).isEqualTo(85);
  }

  @Test
  void however_far_behind_monitoring_is_its_posts_are_left_to_it() throws Exception {
    world.history(JAVA_ID, 400);
    Task task = world.task(world.ann, TaskStatus.RUNNING, JAVA);
    world.tasks.seen(task.id(), JAVA, 150);
    Backfill backfill = world.begun(task, JAVA, 2, true);
    world.runAll(world.ann);
    assertThat(world.leadsOf(world.ann)).containsExactly(150, 140);
    assertThat(world.now(backfill).status()).isEqualTo(BackfillStatus.DONE);
    // What monitoring comes to now is new, and so is delivered.
    world.ordered.clear();
    world.monitoringReads(world.ann, JAVA_ID, world.post(350, "java 350"), "c1.350");
    assertThat(world.leadsOf(world.ann)).containsExactly(150, 140, 350);
    assertThat(world.ordered).hasSize(1);
  }

  @Test
  void the_first_page_waits_until_monitoring_has_begun() throws Exception {
    world.history(JAVA_ID, 100);
    Task task = world.task(world.ann, TaskStatus.RUNNING, JAVA);
    Backfill backfill = world.begun(task, JAVA, 2, false);
    world.steps.step(world.ann.id());
    assertThat(world.leadsOf(world.ann)).isEmpty();
    assertThat(world.now(backfill).status()).isEqualTo(BackfillStatus.RUNNING);
    assertThat(world.now(backfill).error()).isNull();
    // These come before monitoring begins, which it does with the post after them.
    world.telegram.posted(JAVA_ID, world.post(101, "java 101"), world.post(102, "java 102"));
    world.tasks.seen(task.id(), JAVA, 102);
    world.clock.advance(Duration.ofMillis(500));
    world.runAll(world.ann);
    assertThat(world.leadsOf(world.ann)).containsExactly(102, 101);
  }

  @Test
  void monitoring_that_begins_while_the_first_page_is_read_leaves_no_gap() throws Exception {
    world.history(JAVA_ID, 100);
    Task task = world.task(world.ann, TaskStatus.RUNNING, JAVA);
    Backfill backfill = world.begun(task, JAVA, 2, false);
    world.clock.advance(Duration.ofMinutes(2));
    world.telegram.afterReading(user -> {
      world.telegram.posted(JAVA_ID, world.post(101, "java 101"));
      world.tasks.seen(task.id(), JAVA, 101);
      world.telegram.afterReading(u -> {});
    });
    world.runAll(world.ann);
    assertThat(world.leadsOf(world.ann)).containsExactly(101, 100);
    assertThat(world.now(backfill).found()).isEqualTo(2);
  }

  @Test
  void where_monitoring_does_not_begin_it_begins_after_the_page_later() throws Exception {
    world.history(JAVA_ID, 100);
    Task task = world.task(world.ann, TaskStatus.RUNNING, JAVA);
    world.begun(task, JAVA, 2, false);
    Instant given = world.clock.instant().plusSeconds(90);
    Instant next = world.steps.step(world.ann.id());
    while (next != null && world.leadsOf(world.ann).isEmpty()) {
      world.clock.advanceTo(next);
      next = world.steps.step(world.ann.id());
    }
    assertThat(world.clock.instant()).isAfterOrEqualTo(given);
    assertThat(world.telegram.log().stream().filter(call -> call.startsWith("history")))
        .hasSizeLessThan(12);
    world.runAll(world.ann);
    assertThat(world.leadsOf(world.ann)).containsExactly(100, 90);
    assertThat(lastSeen(task)).isEqualTo(100);
    assertThat(world.channels.known(world.ann.id(), JAVA).orElseThrow().position())
        .isEqualTo(WatchList.after(100));
  }

  @Test
  void where_a_channel_stands_that_is_read_already_is_not_changed() throws Exception {
    world.history(JAVA_ID, 100);
    Task task = world.task(world.ann, TaskStatus.RUNNING, JAVA);
    world.channels.find(world.ann.id(), JAVA);
    world.channels.moved(world.ann.id(), JAVA_ID, "c7.95");
    world.begun(task, JAVA, 2, false);
    world.clock.advance(Duration.ofMinutes(2));
    world.runAll(world.ann);
    assertThat(world.channels.known(world.ann.id(), JAVA).orElseThrow().position())
        .isEqualTo("c7.95");
  }

  @Test
  void a_paused_task_still_starts_at_the_newest_post_when_it_runs_again() throws Exception {
    world.history(JAVA_ID, 100);
    Task task = world.task(world.ann, TaskStatus.PAUSED, JAVA);
    world.begun(task, JAVA, 2, false);
    world.runAll(world.ann);
    assertThat(lastSeen(task)).isNull();
  }

  private @Nullable Integer lastSeen(Task task) {
    return world
        .tasks
        .find(task.user(), task.id())
        .orElseThrow()
        .sources()
        .getFirst()
        .lastMessageId();
  }

  // --- what goes wrong -----------------------------------------------------------------------

  @Test
  void a_flood_wait_is_obeyed_to_the_second_and_shown() throws Exception {
    world.history(JAVA_ID, 1_000);
    Backfill backfill =
        world.begun(world.task(world.ann, TaskStatus.PAUSED, JAVA), JAVA, 100, false);
    world.steps.step(world.ann.id());
    world.telegram.failNext(
        new AccountException.FloodWait("messages.getHistory", Duration.ofSeconds(40), null));
    assertThat(world.steps.step(world.ann.id())).isEqualTo(world.clock.instant().plusSeconds(40));
    assertThat(world.now(backfill).error()).isEqualTo("FLOOD_WAIT");
    assertThat(world.now(backfill).nextTryAt()).isEqualTo(world.clock.instant().plusSeconds(40));
    int asked = world.telegram.log().size();
    world.clock.advance(Duration.ofMillis(39_999));
    world.steps.step(world.ann.id());
    assertThat(world.telegram.log()).hasSize(asked);
    world.clock.advance(Duration.ofMillis(1));
    world.runAll(world.ann);
    assertThat(world.now(backfill).status()).isEqualTo(BackfillStatus.DONE);
    assertThat(world.now(backfill).error()).isNull();
    assertThat(world.leadsOf(world.ann)).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void a_wait_that_one_backfill_was_told_holds_for_all_of_the_user_and_for_nobody_else()
      throws Exception {
    world.history(JAVA_ID, 100);
    world.history(GO_ID, 100);
    Task anns = world.task(world.ann, TaskStatus.PAUSED, JAVA, GO);
    world.begun(anns, JAVA, 1, false);
    Backfill second = world.begun(anns, GO, 1, false);
    Backfill bobs = world.begun(world.task(world.bob, TaskStatus.PAUSED, JAVA), JAVA, 1, false);
    world.telegram.posted(13);
    world.steps.step(world.bob.id());
    assertThat(world.now(bobs).status()).isEqualTo(BackfillStatus.DONE);
    // The name is resolved first, and that goes well.
    world.telegram.onReading(user -> {
      throw new AccountException.FloodWait("messages.getHistory", Duration.ofSeconds(40), null);
    });
    world.steps.step(world.ann.id());
    world.telegram.onReading(user -> {});
    world.steps.step(world.ann.id());
    assertThat(world.now(second).error()).isEqualTo("FLOOD_WAIT");
    assertThat(world.telegram.log().stream().filter(call -> call.startsWith("history"))).hasSize(2);
  }

  @Test
  void what_is_out_of_reach_is_tried_again_later() throws Exception {
    world.history(JAVA_ID, 100);
    Backfill backfill =
        world.begun(world.task(world.ann, TaskStatus.PAUSED, JAVA), JAVA, 10, false);
    world.telegram.failNext(new AccountException.Unreachable(null, null));
    assertThat(world.steps.step(world.ann.id())).isEqualTo(world.clock.instant().plusSeconds(15));
    assertThat(world.now(backfill).error()).isEqualTo("UNREACHABLE");
    world.clock.advance(Duration.ofSeconds(15));
    world.telegram.failNext(
        new AccountException.Unreachable(world.clock.instant().plusSeconds(7), null));
    assertThat(world.steps.step(world.ann.id())).isEqualTo(world.clock.instant().plusSeconds(7));
    world.clock.advance(Duration.ofSeconds(7));
    world.runAll(world.ann);
    assertThat(world.now(backfill).status()).isEqualTo(BackfillStatus.DONE);
  }

  @Test
  void an_ended_session_makes_it_wait_for_the_next_sign_in() throws Exception {
    world.history(JAVA_ID, 100);
    Backfill backfill =
        world.begun(world.task(world.ann, TaskStatus.PAUSED, JAVA), JAVA, 10, false);
    world.telegram.state(world.ann.id(), new AccountState.SessionEnded("SESSION_REVOKED"));
    world.steps.step(world.ann.id());
    assertThat(world.now(backfill).status()).isEqualTo(BackfillStatus.RUNNING);
    assertThat(world.now(backfill).error()).isEqualTo("SESSION_ENDED");
    assertThat(world.backfills.due(world.ann.id())).isEmpty();
    world.telegram.state(world.ann.id(), new AccountState.Asleep());
    world.service().on(new UserSignedIn(world.ann.id()));
    world.runAll(world.ann);
    assertThat(world.now(backfill).status()).isEqualTo(BackfillStatus.DONE);
  }

  @Test
  void a_source_that_cannot_be_read_ends_it_with_the_reason() throws Exception {
    Task task = world.task(world.ann, TaskStatus.PAUSED, JAVA, GO);
    world.telegram.refuse("javajobs", new AccountException.NoSuchName(false, null));
    Backfill gone = world.begun(task, JAVA, 10, false);
    world.telegram.refuse("channel 12", new AccountException.Refused("CHANNEL_PRIVATE", null));
    Backfill closed = world.begun(task, GO, 10, false);
    world.runAll(world.ann);
    assertThat(world.now(gone).status()).isEqualTo(BackfillStatus.FAILED);
    assertThat(world.now(gone).error()).isEqualTo("NO_SUCH_NAME");
    assertThat(world.now(closed).status()).isEqualTo(BackfillStatus.FAILED);
    assertThat(world.now(closed).error()).isEqualTo("CHANNEL_PRIVATE");
  }

  @Test
  void keywords_that_are_too_costly_end_it_and_pause_the_task() throws Exception {
    world.history(JAVA_ID, 100);
    Task task =
        world
            .tasks
            .create(
                world.ann.id(),
                new TaskDraft(
                    "A",
                    TaskStatus.RUNNING,
                    List.of(TestLeads.COSTLY),
                    List.of(),
                    true,
                    null,
                    true,
                    List.of(JAVA)),
                9)
            .orElseThrow();
    Backfill backfill = world.begun(task, JAVA, 10, false);

    world.runAll(world.ann);

    assertThat(world.now(backfill).status()).isEqualTo(BackfillStatus.FAILED);
    assertThat(world.now(backfill).error()).isEqualTo("KEYWORDS_TOO_COSTLY");
    assertThat(world.tasks.find(world.ann.id(), task.id()).orElseThrow().pauseReason())
        .isEqualTo(PauseReason.KEYWORDS_TOO_COSTLY);
    assertThat(world.published)
        .contains(new TaskPaused(world.ann.id(), task.id(), PauseReason.KEYWORDS_TOO_COSTLY));
  }

  @Test
  void it_stands_still_while_the_plan_has_run_out() throws Exception {
    world.history(JAVA_ID, 100);
    Backfill backfill =
        world.begun(world.task(world.ann, TaskStatus.PAUSED, JAVA), JAVA, 10, false);
    world.clock.advance(Plan.TRIAL.length());
    world.steps.step(world.ann.id());
    assertThat(world.now(backfill).error()).isEqualTo("PLAN_EXPIRED");
    assertThat(world.telegram.log()).isEmpty();
  }

  @Test
  void a_page_that_cannot_be_stored_is_stored_not_at_all_and_read_again() throws Exception {
    world.history(JAVA_ID, 300);
    Backfill backfill =
        world.begun(world.task(world.ann, TaskStatus.PAUSED, JAVA), JAVA, 30, false);
    world.steps.step(world.ann.id());
    Backfill before = world.now(backfill);
    world.database.client().sql("alter table leads rename to leads_away").update();
    assertThatThrownBy(() -> world.steps.step(world.ann.id()))
        .isInstanceOf(org.springframework.dao.DataAccessException.class);
    world.database.client().sql("alter table leads_away rename to leads").update();
    assertThat(world.now(backfill)).isEqualTo(before);
    world.runAll(world.ann);
    assertThat(world.now(backfill).found()).isEqualTo(30);
    assertThat(world.leadsOf(world.ann)).hasSize(30).doesNotHaveDuplicates();
  }

  // --- people --------------------------------------------------------------------------------

  @Test
  void called_off_while_a_page_is_on_its_way_nothing_of_it_is_stored() throws Exception {
    world.history(JAVA_ID, 300);
    Backfill backfill =
        world.begun(world.task(world.ann, TaskStatus.PAUSED, JAVA), JAVA, 30, false);
    world.steps.step(world.ann.id());
    world.telegram.onReading(
        user -> assertThat(world.backfills.cancel(world.ann.id(), backfill.id())).isTrue());
    assertThat(world.steps.step(world.ann.id())).isNull();
    assertThat(world.now(backfill).status()).isEqualTo(BackfillStatus.CANCELLED);
    assertThat(world.now(backfill).found()).isEqualTo(10);
    assertThat(world.leadsOf(world.ann)).hasSize(10);
  }

  @Test
  void a_task_that_looks_for_something_else_meanwhile_has_the_page_read_again() throws Exception {
    world.history(JAVA_ID, 100);
    Task task = world.task(world.ann, TaskStatus.PAUSED, JAVA);
    Backfill backfill = world.begun(task, JAVA, 3, false);
    world.telegram.onReading(user -> {
      world.telegram.onReading(u -> {});
      world.tasks.update(
          user,
          task.id(),
          new TaskDraft(
              "Php",
              TaskStatus.PAUSED,
              List.of("php"),
              List.of(),
              true,
              null,
              true,
              List.of(JAVA)));
    });
    world.runAll(world.ann);
    assertThat(world.now(backfill).found()).isEqualTo(3);
    assertThat(world.leadsOf(world.ann)).containsExactly(99, 98, 97);
  }

  @Test
  void a_deleted_task_takes_its_backfill_with_it() throws Exception {
    world.history(JAVA_ID, 300);
    Task task = world.task(world.ann, TaskStatus.PAUSED, JAVA);
    Backfill backfill = world.begun(task, JAVA, 30, false);
    world.telegram.onReading(user -> world.tasks.delete(user, task.id()));
    assertThat(world.steps.step(world.ann.id())).isNull();
    assertThat(world.backfills.find(world.ann.id(), backfill.id())).isEmpty();
    assertThat(world.leadsOf(world.ann)).isEmpty();
  }

  @Test
  void one_source_of_a_task_is_read_once_at_a_time() {
    Task task = world.task(world.ann, TaskStatus.PAUSED, JAVA, GO);
    Backfill first = world.begun(task, JAVA, 10, false);
    assertThat(world.backfills.create(world.ann.id(), task.id(), JAVA, 10, false)).isEmpty();
    assertThat(world.backfills.create(world.ann.id(), task.id(), GO, 10, false)).isPresent();
    world.backfills.cancel(world.ann.id(), first.id());
    assertThat(world.backfills.create(world.ann.id(), task.id(), JAVA, 10, false)).isPresent();
  }

  @Test
  void somebody_elses_backfill_does_not_exist() {
    Backfill backfill =
        world.begun(world.task(world.ann, TaskStatus.PAUSED, JAVA), JAVA, 10, false);
    assertThat(world.backfills.find(world.bob.id(), backfill.id())).isEmpty();
    assertThat(world.backfills.cancel(world.bob.id(), backfill.id())).isFalse();
    assertThat(world.backfills.of(world.bob.id())).isEmpty();
    assertThat(world.backfills.of(world.ann.id())).containsExactly(backfill);
  }

  @Test
  void every_step_is_told() throws Exception {
    world.history(JAVA_ID, 150);
    Backfill backfill =
        world.begun(world.task(world.ann, TaskStatus.PAUSED, JAVA), JAVA, 100, false);
    world.published.clear();
    world.runAll(world.ann);
    assertThat(
            world.published.stream()
                .filter(BackfillChanged.class::isInstance)
                .map(event -> ((BackfillChanged) event).backfill())
                .map(changed -> changed.status() + " " + changed.read()))
        .containsExactly("RUNNING 100", "DONE 150");
    assertThat(world.published).hasAtLeastOneElementOfType(LeadsFound.class);
    assertThat(world.now(backfill).found()).isEqualTo(15);
  }

  // --- the service ---------------------------------------------------------------------------

  @Test
  void what_was_under_way_goes_on_after_a_restart_where_it_was() throws Exception {
    world.history(JAVA_ID, 500);
    Task task = world.task(world.ann, TaskStatus.PAUSED, JAVA);
    Backfill backfill = world.begun(task, JAVA, 50, false);
    world.steps.step(world.ann.id());
    BackfillService service = world.service();
    service.start();
    try {
      awaitDone(backfill);
    } finally {
      service.stop();
    }
    assertThat(world.leadsOf(world.ann)).hasSize(50).doesNotHaveDuplicates();
    assertThat(world.telegram.log().stream().filter(call -> call.startsWith("history")))
        .containsExactly(
            "history 11 before 0",
            "history 11 before 401",
            "history 11 before 301",
            "history 11 before 201",
            "history 11 before 101");
  }

  @Test
  void nobody_waits_for_somebody_elses_history() throws Exception {
    world.history(JAVA_ID, 100);
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    world.telegram.onReading(user -> {
      if (user.equals(world.ann.id())) {
        stuck.countDown();
        release.await();
      }
    });
    Task anns = world.task(world.ann, TaskStatus.PAUSED, JAVA);
    Task bobs = world.task(world.bob, TaskStatus.PAUSED, JAVA);
    BackfillService service = world.service();
    service.start();
    try {
      Backfill slow = service.begin(anns, List.of(JAVA), 5, false).getFirst();
      assertThat(stuck.await(30, TimeUnit.SECONDS)).isTrue();
      Backfill quick = service.begin(bobs, List.of(JAVA), 5, false).getFirst();
      awaitDone(quick);
      assertThat(world.now(slow).status()).isEqualTo(BackfillStatus.RUNNING);
      // Called off, it is called off at once, whatever Telegram is doing.
      assertThat(service.cancel(world.ann.id(), slow.id()))
          .hasValueSatisfying(
              after -> assertThat(after.status()).isEqualTo(BackfillStatus.CANCELLED));
      release.countDown();
    } finally {
      service.stop();
    }
    assertThat(world.leadsOf(world.ann)).isEmpty();
    assertThat(world.leadsOf(world.bob)).hasSize(5);
  }

  private void awaitDone(Backfill backfill) {
    Eventually.await(
        "the backfill is done",
        () -> {
          world.clock.advance(BackfillWorld.PAUSE);
          return world.now(backfill).status() == BackfillStatus.DONE;
        });
  }
}

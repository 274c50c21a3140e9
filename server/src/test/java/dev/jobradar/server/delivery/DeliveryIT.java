package dev.jobradar.server.delivery;

import static dev.jobradar.server.delivery.DeliveryWorld.ALERTS;
import static dev.jobradar.server.delivery.DeliveryWorld.ALERTS_ID;
import static dev.jobradar.server.delivery.DeliveryWorld.GO;
import static dev.jobradar.server.delivery.DeliveryWorld.GO_ID;
import static dev.jobradar.server.delivery.DeliveryWorld.JAVA;
import static dev.jobradar.server.delivery.DeliveryWorld.JAVA_ID;
import static dev.jobradar.server.delivery.DeliveryWorld.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.AccountException;
import dev.jobradar.server.account.AccountState;
import dev.jobradar.server.account.FailureCode;
import dev.jobradar.server.account.FakeAccounts.Message;
import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.delivery.DeliveryState.Hold;
import dev.jobradar.server.housekeeping.RetentionSettings;
import dev.jobradar.server.leads.Lead;
import dev.jobradar.server.leads.Leads.Query;
import dev.jobradar.server.storage.Vendor;
import dev.jobradar.server.tasks.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

@ParameterizedClass
@EnumSource(Vendor.class)
@Order(2)
@Timeout(60)
class DeliveryIT {
  private static final String ALERTS_CHAT = "channel " + DeliveryWorld.ALERTS_ID;

  private final DeliveryWorld world;
  private UserId ann = new UserId(0);

  DeliveryIT(Vendor vendor) {
    world = new DeliveryWorld(vendor);
  }

  @BeforeEach
  void ann() {
    ann = world.user(1);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static AccountException unreachable() {
    return new AccountException.Unreachable(null, null);
  }

  private Task simple() throws InterruptedException {
    return world.startedTask(ann, draft(null, List.of("java"), JAVA));
  }

  private Task withChannel() throws InterruptedException {
    return world.startedTask(ann, draft(ALERTS, List.of("java"), JAVA));
  }

  private void burst(int first, int last) {
    world.posts(
        ann,
        JAVA_ID,
        IntStream.rangeClosed(first, last)
            .mapToObj(i -> world.post(i, "java " + i))
            .toArray(ReceivedPost[]::new));
  }

  private List<Lead> leads() {
    return world.leads.list(ann, Query.ALL, 0, 100).leads();
  }

  @Test
  void a_lead_is_sent_to_the_users_own_chat_and_noted() throws Exception {
    simple();
    world.posts(ann, JAVA_ID, world.post(1, "Ищем Java"));
    world.clock.advance(Duration.ofMillis(700));
    assertThat(world.send(ann)).isEmpty();
    assertThat(world.accounts.messages())
        .extracting(Message::chat, Message::text)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "self", "🔥 Новый лид\n\nИщем Java\n\nИсточник: @javajobs\nКлюч: java"));
    Lead lead = leads().getFirst();
    assertThat(lead.deliveredAt()).isEqualTo(world.clock.instant());
    assertThat(world.events).contains(new LeadDelivered(ann, lead.id()));
  }

  @Test
  void it_goes_to_the_tasks_channel_too_which_is_resolved_once() throws Exception {
    withChannel();
    burst(1, 3);
    world.send(ann);
    assertThat(world.accounts.texts(ALERTS_CHAT)).hasSize(3);
    assertThat(world.accounts.texts("self")).hasSize(3);
    assertThat(world.accounts.log()).containsOnlyOnce("resolve myalerts");
  }

  @Test
  void nothing_goes_to_saved_messages_when_the_user_or_the_task_says_so() throws Exception {
    world.users.alertsPersonal(ann, false);
    withChannel();
    burst(1, 1);
    world.send(ann);
    assertThat(world.accounts.texts("self")).isEmpty();
    assertThat(world.accounts.texts(ALERTS_CHAT)).hasSize(1);
  }

  @Test
  void what_waits_is_taken_back_when_its_setting_is_switched_off() throws Exception {
    simple();
    burst(1, 2);
    world.users.alertsPersonal(ann, false);
    assertThat(world.send(ann)).isEmpty();
    assertThat(world.accounts.messages()).isEmpty();
    assertThat(world.deliveries("cancelled")).isEqualTo(2);
  }

  @Test
  void what_waits_for_a_channel_is_taken_back_when_the_task_has_another() throws Exception {
    Task task = withChannel();
    burst(1, 1);
    world.tasks.update(ann, task.id(), draft(GO, List.of("java"), JAVA));
    world.send(ann);
    assertThat(world.accounts.texts(ALERTS_CHAT)).isEmpty();
    assertThat(world.accounts.texts("self")).hasSize(1);
  }

  @Test
  void a_deleted_lead_is_not_sent() throws Exception {
    simple();
    burst(1, 2);
    world.leads.delete(ann, leads().getLast().id());
    world.send(ann);
    assertThat(world.accounts.messages()).singleElement().matches(m -> m.text().contains("java 2"));
  }

  @Test
  void a_lost_answer_is_no_second_message() throws Exception {
    simple();
    burst(1, 1);
    world.accounts.loseNextAnswer(unreachable());
    Instant retry = world.send(ann).orElseThrow();
    assertThat(leads().getFirst().deliveredAt()).isNull();
    world.clock.advanceTo(retry);
    assertThat(world.send(ann)).isEmpty();
    assertThat(world.accounts.messages()).hasSize(1);
    assertThat(world.accounts.log()).filteredOn(call -> call.startsWith("send")).hasSize(2);
    assertThat(leads().getFirst().deliveredAt()).isNotNull();
  }

  @Test
  void a_crash_between_sending_and_noting_is_no_second_message() throws Exception {
    simple();
    burst(1, 1);
    world.accounts.loseNextAnswer(new IllegalStateException("the process ends here"));
    assertThatThrownBy(() -> world.send(ann)).hasMessage("the process ends here");
    // A burst comes after the restart: the lead that may have arrived is not put into its digest.
    burst(2, 40);
    world.send(ann);
    assertThat(world.accounts.messages()).hasSize(2);
    assertThat(world.accounts.texts("self").get(0)).contains("java 1\n");
    assertThat(world.accounts.texts("self").get(1))
        .startsWith("🔥 Новые лиды: 39")
        .doesNotContain("javajobs/1\n");
  }

  @Test
  void nothing_is_sent_twice_or_lost_wherever_the_database_fails() throws Exception {
    withChannel();
    boolean failed = true;
    int sent = 0;
    for (int step = 1; failed; step++) {
      // One more than makes a digest, and two that are sent alone.
      burst(sent + 1, sent + 21);
      world.database.failAtStep(step);
      try {
        world.send(ann);
      } catch (DataAccessException | TransactionException crash) {
        // The process begins anew.
      }
      failed = world.database.failed() && step < 400;
      burst(sent + 22, sent + 23);
      world.send(ann);
      sent += 23;
    }
    assertThat(sent).as("there are steps at which it can fail").isGreaterThan(23 * 15);
    for (String chat : List.of("self", ALERTS_CHAT)) {
      List<String> told =
          world.accounts.texts(chat).stream()
              .flatMap(String::lines)
              .filter(line -> line.matches("(\\d+\\. )?java \\d+"))
              .map(line -> line.replaceAll(".*java ", ""))
              .toList();
      assertThat(told).hasSize(sent).doesNotHaveDuplicates();
    }
    assertThat(world.outbox.countWaiting(ann)).isZero();
  }

  /** As a backup is that was made before the posts were read. */
  private void restored() {
    world.database.client().sql("delete from deliveries").update();
    world.database.client().sql("delete from leads").update();
    world.database.client().sql("update sources set last_message_id = 0").update();
    world.database.client().sql("update user_channels set position = null").update();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 30})
  void a_backup_that_is_restored_repeats_nothing_that_was_sent_since(int posts) throws Exception {
    world.startedTask(ann, draft(ALERTS, List.of(), JAVA));
    ReceivedPost[] all =
        IntStream.rangeClosed(1, posts)
            .mapToObj(id -> world.post(id, "Ищем java " + id))
            .toArray(ReceivedPost[]::new);
    world.posts(ann, JAVA_ID, all);
    var _ = world.send(ann);
    List<String> self = List.copyOf(world.accounts.texts("self"));
    List<String> channel = List.copyOf(world.accounts.texts("channel " + ALERTS_ID));

    restored();
    world.posts(ann, JAVA_ID, all);
    var _ = world.send(ann);

    assertThat(world.deliveries("waiting")).isZero();
    assertThat(world.accounts.texts("self")).hasSameSizeAs(self);
    assertThat(world.accounts.texts("channel " + ALERTS_ID)).hasSameSizeAs(channel);
    assertThat(self).isNotEmpty();
  }

  @Test
  void a_flood_wait_is_kept_to_the_second_over_a_restart() throws Exception {
    withChannel();
    burst(1, 2);
    world.accounts.failNext(
        new AccountException.FloodWait(Sender.SEND, Duration.ofSeconds(31), null));
    Instant until = world.clock.instant().plusSeconds(31);
    assertThat(world.send(ann)).contains(until);
    world.clock.advance(Duration.ofSeconds(31).minusMillis(1));
    assertThat(world.send(ann)).contains(until);
    assertThat(world.accounts.messages()).isEmpty();
    world.clock.advance(Duration.ofMillis(1));
    assertThat(world.send(ann)).isEmpty();
    assertThat(world.accounts.texts("self")).hasSize(2);
    assertThat(world.accounts.texts(ALERTS_CHAT)).hasSize(2);
  }

  @Test
  void one_users_flood_wait_is_not_anothers() throws Exception {
    UserId bob = world.user(2);
    simple();
    world.startedTask(bob, draft(null, List.of("java"), JAVA));
    burst(1, 1);
    world.posts(bob, JAVA_ID, world.post(1, "java"));
    world.accounts.failNext(new AccountException.FloodWait(Sender.SEND, Duration.ofHours(1), null));
    world.send(ann);
    world.send(bob);
    assertThat(world.accounts.messages()).extracting(Message::user).containsExactly(bob);
  }

  @Test
  void slow_mode_holds_up_one_chat_only() throws Exception {
    withChannel();
    burst(1, 2);
    world.accounts.refuse(ALERTS_CHAT, new AccountException.SlowMode(Duration.ofSeconds(30), null));
    assertThat(world.send(ann)).contains(world.clock.instant().plusSeconds(30));
    assertThat(world.accounts.texts("self")).hasSize(2);
    world.accounts.refuse(ALERTS_CHAT, null);
    world.clock.advance(Duration.ofSeconds(30));
    world.send(ann);
    assertThat(world.accounts.texts(ALERTS_CHAT)).hasSize(2);
  }

  @Test
  void a_wait_for_resolving_holds_up_that_channel_only() throws Exception {
    withChannel();
    burst(1, 1);
    world.send(ann);
    world.database.client().sql("delete from user_channels where name = 'myalerts'").update();
    world.accounts.refuse(
        "myalerts",
        new AccountException.FloodWait("contacts.resolveUsername", Duration.ofHours(18), null));
    burst(2, 2);
    assertThat(world.send(ann)).contains(world.clock.instant().plus(Duration.ofHours(18)));
    assertThat(world.accounts.texts("self")).hasSize(2);
  }

  @Test
  void an_unreachable_telegram_is_tried_again_with_growing_pauses() throws Exception {
    simple();
    burst(1, 1);
    Duration last = Duration.ZERO;
    for (int i = 0; i < 12; i++) {
      world.accounts.failNext(unreachable());
      Instant retry = world.send(ann).orElseThrow();
      Duration pause = Duration.between(world.clock.instant(), retry);
      assertThat(pause).isGreaterThanOrEqualTo(last).isLessThanOrEqualTo(Duration.ofMinutes(5));
      last = pause;
      world.clock.advanceTo(retry);
    }
    world.send(ann);
    assertThat(world.accounts.messages()).hasSize(1);
  }

  @Test
  void it_does_not_wait_any_longer_once_the_connection_works() throws Exception {
    simple();
    burst(1, 1);
    world.accounts.failNext(unreachable());
    assertThat(world.send(ann)).isPresent();
    world.outbox.connected(ann, FailureCode.UNREACHABLE);
    assertThat(world.send(ann)).isEmpty();
    assertThat(world.accounts.messages()).hasSize(1);
  }

  @Test
  void what_a_channel_refuses_is_shown_on_the_task_and_others_go_on() throws Exception {
    Task task = withChannel();
    burst(1, 2);
    world.accounts.refuse(ALERTS_CHAT, new AccountException.Refused("CHAT_WRITE_FORBIDDEN", null));
    assertThat(world.send(ann)).isEmpty();
    assertThat(world.accounts.texts("self")).hasSize(2);
    assertThat(world.outbox.problems(ann))
        .containsExactly(
            new DeliveryProblem(
                task.id(), "myalerts", "CHAT_WRITE_FORBIDDEN", world.clock.instant()));
    world.accounts.refuse(ALERTS_CHAT, null);
    burst(3, 3);
    world.send(ann);
    assertThat(world.outbox.problems(ann)).isEmpty();
    assertThat(world.accounts.texts(ALERTS_CHAT)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FROZEN_METHOD_INVALID", "FLOOD_UNKNOWN"})
  void an_account_that_may_not_send_for_now_holds_everything_and_loses_nothing(String error)
      throws Exception {
    withChannel();
    burst(1, 2);
    world.accounts.failNext(new AccountException.Refused(error, null));
    Instant until = world.clock.instant().plus(Duration.ofMinutes(10));
    assertThat(world.send(ann)).contains(until);
    assertThat(world.accounts.messages()).isEmpty();
    assertThat(world.accounts.log()).filteredOn(call -> call.startsWith("send")).hasSize(1);
    assertThat(world.sender.state(ann)).isEqualTo(new DeliveryState(4, Hold.REFUSED, error, until));
    world.clock.advanceTo(until);
    assertThat(world.send(ann)).isEmpty();
    assertThat(world.accounts.messages()).hasSize(4);
    assertThat(world.sender.state(ann).hold()).isEqualTo(Hold.NONE);
  }

  @Test
  void a_chat_that_takes_nothing_for_now_waits_and_others_go_on() throws Exception {
    withChannel();
    burst(1, 2);
    world.accounts.refuse(ALERTS_CHAT, new AccountException.Refused("PEER_FLOOD", null));
    for (int i = 0; i < Sender.MOST_REFUSALS + 2; i++) {
      Instant next = world.send(ann).orElseThrow();
      assertThat(next)
          .isEqualTo(world.clock.instant().plus(Duration.ofMinutes(Math.min(60, 10L << i))));
      assertThat(world.sender.state(ann))
          .isEqualTo(new DeliveryState(2, Hold.REFUSED, "PEER_FLOOD", next));
      world.clock.advanceTo(next);
    }
    assertThat(world.accounts.texts("self")).hasSize(2);
    world.accounts.refuse(ALERTS_CHAT, null);
    assertThat(world.send(ann)).isEmpty();
    assertThat(world.accounts.texts(ALERTS_CHAT)).hasSize(2);
    assertThat(world.outbox.problems(ann)).isEmpty();
  }

  @Test
  void a_message_that_is_refused_for_a_reason_unknown_is_given_up_after_a_day() throws Exception {
    Task task = withChannel();
    burst(1, 1);
    world.accounts.refuse(ALERTS_CHAT, new AccountException.Refused("SOMETHING_NEW", null));
    Instant begun = world.clock.instant();
    for (Optional<Instant> next = world.send(ann); next.isPresent(); next = world.send(ann)) {
      world.clock.advanceTo(next.get());
    }
    assertThat(Duration.between(begun, world.clock.instant()))
        .isBetween(Duration.ofHours(20), Duration.ofHours(28));
    assertThat(world.outbox.problems(ann))
        .containsExactly(
            new DeliveryProblem(task.id(), "myalerts", "SOMETHING_NEW", world.clock.instant()));
  }

  @Test
  void a_channel_that_is_not_there_is_shown_on_the_task() throws Exception {
    Task task =
        world.startedTask(
            ann,
            draft(new dev.jobradar.server.channels.ChannelName("nobody"), List.of("java"), JAVA));
    burst(1, 1);
    world.send(ann);
    assertThat(world.outbox.problems(ann))
        .containsExactly(
            new DeliveryProblem(task.id(), "nobody", "NO_SUCH_NAME", world.clock.instant()));
    world.tasks.update(ann, task.id(), draft(null, List.of("java"), JAVA));
    assertThat(world.outbox.problems(ann)).isEmpty();
  }

  @Test
  void without_a_session_everything_waits_for_the_next_sign_in() throws Exception {
    simple();
    burst(1, 2);
    world.accounts.state(ann, new AccountState.SessionEnded("SESSION_REVOKED"));
    assertThat(world.send(ann)).isEmpty();
    assertThat(world.sender.state(ann))
        .isEqualTo(new DeliveryState(2, Hold.SESSION_ENDED, "SESSION_REVOKED", null));
    world.accounts.state(ann, new AccountState.NotSignedIn());
    assertThat(world.sender.state(ann)).isEqualTo(new DeliveryState(2, Hold.SIGN_IN, null, null));
    world.accounts.state(ann, new AccountState.Connected(world.clock.instant()));
    world.send(ann);
    assertThat(world.accounts.messages()).hasSize(2);
    assertThat(world.sender.state(ann)).isEqualTo(new DeliveryState(0, Hold.NONE, null, null));
  }

  @Test
  void a_session_that_ends_while_sending_loses_nothing() throws Exception {
    simple();
    burst(1, 1);
    world.accounts.failNext(new AccountException.SessionEnded("AUTH_KEY_DUPLICATED"));
    assertThat(world.send(ann)).isEmpty();
    assertThat(world.deliveries("waiting")).isEqualTo(1);
    world.send(ann);
    assertThat(world.accounts.messages()).hasSize(1);
  }

  @Test
  void a_flood_wait_is_shown_to_the_person() throws Exception {
    simple();
    burst(1, 1);
    world.accounts.failNext(
        new AccountException.FloodWait(Sender.SEND, Duration.ofSeconds(31), null));
    world.send(ann);
    assertThat(world.sender.state(ann))
        .isEqualTo(
            new DeliveryState(
                1, Hold.FLOOD_WAIT, Sender.SEND, world.clock.instant().plusSeconds(31)));
  }

  @Test
  void twenty_leads_are_twenty_messages() throws Exception {
    simple();
    burst(1, 20);
    world.send(ann);
    assertThat(world.accounts.messages()).hasSize(20);
  }

  @Test
  void a_burst_is_one_digest_and_every_lead_in_it_delivered() throws Exception {
    simple();
    burst(1, 21);
    world.send(ann);
    assertThat(world.accounts.messages()).hasSize(1);
    assertThat(world.accounts.texts("self").getFirst())
        .startsWith("🔥 Новые лиды: 21\n\n1. java 1\nhttps://t.me/javajobs/1\n");
    assertThat(leads()).hasSize(21).allMatch(lead -> lead.deliveredAt() != null);
    assertThat(world.events).filteredOn(e -> e instanceof LeadDelivered).hasSize(21);
  }

  @Test
  void a_digest_stays_the_same_message_however_often_it_is_tried() throws Exception {
    simple();
    burst(1, 21);
    world.accounts.loseNextAnswer(unreachable());
    Instant retry = world.send(ann).orElseThrow();
    burst(22, 24);
    world.clock.advanceTo(retry);
    world.send(ann);
    assertThat(world.accounts.texts("self")).hasSize(4);
    assertThat(leads()).allMatch(lead -> lead.deliveredAt() != null);
  }

  @Test
  void a_flood_of_leads_is_a_few_digests_that_hold_each_once() throws Exception {
    simple();
    for (int first = 1; first <= 500; first += 100) {
      burst(first, first + 99);
    }
    world.send(ann);
    List<String> texts = world.accounts.texts("self");
    assertThat(texts).hasSizeLessThan(30).allMatch(text -> text.length() <= 4_096);
    assertThat(
            texts.stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("https://"))
                .toList())
        .hasSizeGreaterThan(480)
        .doesNotHaveDuplicates();
    assertThat(world.deliveries("sent") - texts.stream().filter(t -> t.contains("лиды")).count())
        .isEqualTo(500);
  }

  @Test
  void a_digest_nobody_wants_any_more_takes_its_leads_with_it() throws Exception {
    simple();
    burst(1, 21);
    world.accounts.failNext(unreachable());
    world.send(ann);
    world.users.alertsPersonal(ann, false);
    assertThat(world.send(ann)).isEmpty();
    assertThat(world.deliveries("cancelled")).isEqualTo(22);
    assertThat(world.outbox.countWaiting(ann)).isZero();
  }

  @Test
  void a_digest_of_a_deleted_task_is_not_sent() throws Exception {
    Task task = simple();
    burst(1, 21);
    world.accounts.failNext(unreachable());
    world.send(ann);
    assertThat(world.tasks.delete(ann, task.id())).isTrue();
    world.clock.advance(Duration.ofHours(1));
    assertThat(world.send(ann)).isEmpty();
    assertThat(world.accounts.messages()).isEmpty();
    assertThat(world.outbox.countWaiting(ann)).isZero();
  }

  @Test
  void who_is_not_connected_holds_no_place_while_connecting() throws Exception {
    simple();
    burst(1, 2);
    world.accounts.connects(false);
    assertThat(world.send(ann)).contains(world.clock.instant().plusSeconds(30));
    assertThat(world.accounts.log()).contains("connect 1").noneMatch(c -> c.startsWith("send"));
    world.accounts.state(ann, new AccountState.Connected(world.clock.instant()));
    assertThat(world.send(ann)).isEmpty();
    assertThat(world.accounts.texts("self")).hasSize(2);
  }

  @Test
  void nobody_is_connected_who_has_nothing_to_send() throws Exception {
    simple();
    world.accounts.connects(false);
    assertThat(world.send(ann)).isEmpty();
    assertThat(world.accounts.log()).noneMatch(call -> call.startsWith("connect"));
  }

  @Test
  void a_channel_that_is_not_known_any_more_is_asked_for_once_before_it_fails() throws Exception {
    Task task = withChannel();
    burst(1, 1);
    world.accounts.refuse(ALERTS_CHAT, new AccountException.Refused("CHANNEL_INVALID", null));
    world.resolved(ann, ALERTS);
    long before = resolves();
    world.send(ann);
    assertThat(resolves() - before).isEqualTo(1);
    assertThat(world.outbox.problems(ann))
        .extracting(DeliveryProblem::task, DeliveryProblem::error)
        .containsExactly(tuple(task.id(), "CHANNEL_INVALID"));
    burst(2, 2);
    world.sender.step(ann);
    world.sender.step(ann);
    world.accounts.refuse(ALERTS_CHAT, null);
    world.send(ann);
    assertThat(world.accounts.texts("self")).hasSize(2);
    assertThat(world.accounts.texts(ALERTS_CHAT)).hasSize(1);
  }

  private long resolves() {
    return world.accounts.log().stream().filter(call -> call.startsWith("resolve")).count();
  }

  @Test
  void what_is_over_for_long_is_deleted_and_what_waits_is_not() throws Exception {
    simple();
    burst(1, 21);
    world.send(ann);
    burst(22, 22);
    world.send(ann);
    world.accounts.refuse("self", new AccountException.Refused("CHAT_WRITE_FORBIDDEN", null));
    burst(23, 23);
    world.send(ann);
    world.accounts.refuse("self", null);
    DeliveryPruner old =
        new DeliveryPruner(
            world.database.client(),
            new RetentionSettings(Duration.ofDays(30), Duration.ofDays(30)),
            world.clock);
    world.clock.advance(Duration.ofDays(29));
    burst(24, 24);
    assertThat(old.prune()).isZero();
    world.clock.advance(Duration.ofDays(2));
    assertThat(old.prune()).isEqualTo(24);
    world.clock.advance(Duration.ofDays(300));
    assertThat(old.prune()).isZero();
    assertThat(world.send(ann)).isEmpty();
    assertThat(world.accounts.texts("self")).hasSize(3);
    assertThat(world.leads.list(ann, Query.ALL, 0, 100).leads())
        .hasSize(24)
        .filteredOn(lead -> lead.deliveredAt() == null)
        .hasSize(1);
  }

  @Test
  void a_user_who_is_shut_out_gets_nothing() throws Exception {
    simple();
    burst(1, 1);
    world.database.client().sql("update users set disabled = true").update();
    assertThat(world.send(ann)).isEmpty();
    assertThat(world.accounts.messages()).isEmpty();
    assertThat(world.outbox.usersWithWaiting()).isEmpty();
  }

  @Test
  void users_with_something_waiting_are_found_after_a_restart() throws Exception {
    simple();
    burst(1, 1);
    assertThat(world.outbox.usersWithWaiting()).containsExactly(ann);
    world.send(ann);
    assertThat(world.outbox.usersWithWaiting()).isEmpty();
  }

  @Test
  void what_happened_is_counted() throws Exception {
    withChannel();
    world.startedTask(ann, draft(null, List.of("go"), GO));
    world.accounts.refuse(ALERTS_CHAT, new AccountException.Refused("CHANNEL_PRIVATE", null));
    burst(1, 1);
    world.posts(ann, GO_ID, world.post(1, "go"));
    world.send(ann);
    assertThat(world.meters.counter("jobradar.deliveries", "outcome", "sent").count()).isEqualTo(2);
    assertThat(world.meters.counter("jobradar.deliveries", "outcome", "failed").count())
        .isEqualTo(1);
    assertThat(Optional.ofNullable(world.meters.find("jobradar.deliveries.waiting").gauge()))
        .hasValueSatisfying(gauge -> assertThat(gauge.value()).isZero());
  }
}

package dev.jobradar.server.monitoring;

import static dev.jobradar.server.delivery.DeliveryWorld.GO;
import static dev.jobradar.server.delivery.DeliveryWorld.GO_ID;
import static dev.jobradar.server.delivery.DeliveryWorld.JAVA;
import static dev.jobradar.server.delivery.DeliveryWorld.JAVA_ID;
import static dev.jobradar.server.delivery.DeliveryWorld.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.AccountException;
import dev.jobradar.server.account.AccountState;
import dev.jobradar.server.account.ChannelRef;
import dev.jobradar.server.account.FailureCode;
import dev.jobradar.server.account.SessionEnded;
import dev.jobradar.server.account.SkippedPosts;
import dev.jobradar.server.account.SourceChannel;
import dev.jobradar.server.account.WatchList;
import dev.jobradar.server.account.WatchList.Watch;
import dev.jobradar.server.account.WatchMode;
import dev.jobradar.server.account.WatchStall;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.delivery.DeliveryWorld;
import dev.jobradar.server.leads.Lead;
import dev.jobradar.server.leads.Leads.Query;
import dev.jobradar.server.leads.TestLeads;
import dev.jobradar.server.signin.TelegramDisconnected;
import dev.jobradar.server.signin.UserLoggedOut;
import dev.jobradar.server.signin.UserSignedIn;
import dev.jobradar.server.storage.Vendor;
import dev.jobradar.server.tasks.Source;
import dev.jobradar.server.tasks.SourceChanged;
import dev.jobradar.server.tasks.SourceStatus;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.TaskDraft;
import dev.jobradar.server.tasks.TaskStatus;
import dev.jobradar.server.tasks.TasksChanged;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
@Timeout(60)
class MonitoringIT {
  private static final ChannelName NOBODY = new ChannelName("nobody");

  private final DeliveryWorld world;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private StalledWatches stalls;
  private Monitoring monitoring;
  private UserId ann = new UserId(0);

  MonitoringIT(Vendor vendor) {
    world = new DeliveryWorld(vendor);
    stalls = new StalledWatches(new SimpleMeterRegistry());
    monitoring = restarted();
  }

  @BeforeEach
  void ann() {
    ann = world.user(1);
  }

  @AfterEach
  void close() {
    world.close();
  }

  /** As after a restart: nothing is remembered but what is stored. */
  private Monitoring restarted() {
    stalls = new StalledWatches(meters);
    return new Monitoring(
        new SubscriptionPlanner(
            world.users, world.tasks, world.channels, world.accounts, stalls, world.clock),
        world.intake,
        world.changed(),
        world.channels,
        world.tasks,
        stalls,
        new MonitoringSettings(4),
        meters,
        world.clock);
  }

  private Task task(ChannelName... sources) {
    return world.task(ann, draft(null, List.of(), sources));
  }

  private @Nullable Instant step() throws InterruptedException {
    return monitoring.step(ann);
  }

  private List<Watch> watched() {
    WatchList list = world.accounts.watched(ann);
    return list == null ? List.of() : list.channels();
  }

  private static Watch watch(long id, @Nullable String position) {
    return new Watch(new ChannelRef(id, id * 7), true, position);
  }

  private Source source(Task task) {
    return world.tasks.find(ann, task.id()).orElseThrow().sources().getFirst();
  }

  private void update(Task task, TaskStatus status) {
    TaskDraft draft =
        draft(
            null, List.of(), task.sources().stream().map(Source::name).toArray(ChannelName[]::new));
    world.tasks.update(
        ann,
        task.id(),
        new TaskDraft(
            draft.name(),
            status,
            draft.include(),
            draft.exclude(),
            true,
            null,
            true,
            draft.sources()));
  }

  private long resolves() {
    return world.accounts.log().stream().filter(call -> call.startsWith("resolve")).count();
  }

  private long watches() {
    return world.accounts.log().stream().filter(call -> call.startsWith("watch")).count();
  }

  private void posts(long channel, int from, int to) {
    monitoring.onPosts(
        ann,
        channel,
        IntStream.rangeClosed(from, to).mapToObj(i -> world.post(i, "post " + i)).toList(),
        "c" + to + "." + to);
  }

  private List<Integer> leads() {
    return world.leads.list(ann, Query.ALL, 0, 100).leads().reversed().stream()
        .map(Lead::messageId)
        .toList();
  }

  // --- stalls --------------------------------------------------------------------------------

  private WatchStall stall(String error) {
    return new WatchStall(WatchStall.Cause.REFUSED, error, world.clock.instant(), 3, false);
  }

  private double stalled() {
    return meters.get("jobradar.watches.stalled").gauges().stream().mapToDouble(Gauge::value).sum();
  }

  @Test
  void a_stall_is_published_for_its_sources_and_ends_when_posts_come_again() throws Exception {
    Task task = task(JAVA, GO);
    step();
    monitoring.onStalled(ann, JAVA_ID, stall("FROZEN_PARTICIPANT_MISSING"));
    monitoring.onStalled(ann, JAVA_ID, stall("FROZEN_PARTICIPANT_MISSING"));
    assertThat(stalls.of(ann)).containsOnlyKeys(JAVA_ID);
    assertThat(stalled()).isEqualTo(1);
    monitoring.onResumed(ann, JAVA_ID);
    monitoring.onResumed(ann, JAVA_ID);
    assertThat(stalls.of(ann)).isEmpty();
    assertThat(stalled()).isZero();
    assertThat(world.events)
        .filteredOn(SourceChanged.class::isInstance)
        .containsExactly(
            new SourceChanged(ann, task.id(), JAVA, SourceStatus.ERROR, "STALLED_REFUSED"),
            new SourceChanged(ann, task.id(), JAVA, SourceStatus.OK, null));
  }

  @Test
  void what_is_no_longer_watched_stalls_no_longer() throws Exception {
    Task task = task(JAVA);
    task(GO);
    step();
    monitoring.onStalled(ann, JAVA_ID, stall("CHANNEL_X"));
    monitoring.onStalled(ann, GO_ID, stall("CHANNEL_X"));
    monitoring.onStalled(ann, StalledWatches.ACCOUNT, stall("CHANNEL_X"));
    update(task, TaskStatus.PAUSED);
    step();
    assertThat(stalls.of(ann)).containsOnlyKeys(GO_ID, StalledWatches.ACCOUNT);
    monitoring.onWatchEnded(ann, GO_ID, "CHANNEL_PRIVATE");
    step();
    assertThat(stalls.of(ann)).isEmpty();
  }

  @Test
  void posts_that_can_never_be_read_are_counted_once_and_the_place_is_after_them()
      throws Exception {
    Task task = task(JAVA);
    step();
    monitoring.onMoved(ann, JAVA_ID, "c10.10");
    posts(JAVA_ID, 11, 12);
    SkippedPosts two = new SkippedPosts(13, 14, true, "an unknown constructor");
    monitoring.onPassedOver(ann, JAVA_ID, two, "c14.14");
    monitoring.onPassedOver(ann, JAVA_ID, two, "c13.13");
    posts(JAVA_ID, 15, 15);
    assertThat(leads()).containsExactly(11, 12, 15);
    assertThat(world.channels.known(ann, JAVA).orElseThrow())
        .matches(known -> known.passedOver() == 2 && known.passedOverLast() == 14);
    world.intake.storePositions();
    assertThat(source(task).lastMessageId()).isEqualTo(15);
    assertThat(meters.get("jobradar.posts.passed.over").counter().count()).isEqualTo(2);
  }

  // --- new names -----------------------------------------------------------------------------

  private SourceChannel described(long id, String... names) {
    return new SourceChannel(
        new ChannelRef(id, id * 7), List.of(names), "Title " + id, true, true, 100, false);
  }

  private List<String> names(Task task) {
    return world.tasks.find(ann, task.id()).orElseThrow().sources().stream()
        .map(source -> source.name().value())
        .toList();
  }

  private List<String> urls() {
    return world.leads.list(ann, Query.ALL, 0, 100).leads().reversed().stream()
        .map(Lead::url)
        .toList();
  }

  @Test
  void a_renamed_channel_takes_its_sources_and_leads_along() throws Exception {
    Task task = task(JAVA, GO);
    step();
    monitoring.onMoved(ann, JAVA_ID, "c10.10");
    posts(JAVA_ID, 11, 11);
    world.events.clear();
    monitoring.onDescribed(ann, described(JAVA_ID, "javajobs"));
    assertThat(world.events).as("nothing new").doesNotContain(new TasksChanged(ann));
    monitoring.onDescribed(ann, described(JAVA_ID, "Java_New", "second"));
    assertThat(names(task)).containsExactly("java_new", "golangjobs");
    assertThat(urls()).containsExactly("https://t.me/java_new/11");
    assertThat(world.events).contains(new TasksChanged(ann));
    step();
    assertThat(watches()).as("it is watched all the time").isEqualTo(1);
    posts(JAVA_ID, 12, 12);
    assertThat(urls()).containsExactly("https://t.me/java_new/11", "https://t.me/java_new/12");
    assertThat(world.channels.known(ann, new ChannelName("java_new")).orElseThrow().former())
        .matches(former -> former != null && former.name().equals(JAVA) && former.checked())
        .matches(former -> former != null && former.takenBy() == null);
  }

  @Test
  void channels_that_swap_their_names_stay_themselves() throws Exception {
    Task task = task(JAVA, GO);
    step();
    monitoring.onMoved(ann, JAVA_ID, "c10.10");
    monitoring.onMoved(ann, GO_ID, "c10.10");
    posts(JAVA_ID, 11, 11);
    posts(GO_ID, 21, 21);
    monitoring.onDescribed(ann, described(JAVA_ID, GO.value()));
    assertThat(names(task)).containsExactly("golangjobs", "c/" + GO_ID);
    assertThat(urls())
        .containsExactly("https://t.me/golangjobs/11", "https://t.me/c/" + GO_ID + "/21");
    monitoring.onDescribed(ann, described(GO_ID, JAVA.value()));
    assertThat(names(task)).containsExactly("golangjobs", "javajobs");
    assertThat(urls()).containsExactly("https://t.me/golangjobs/11", "https://t.me/javajobs/21");
    assertThat(world.channels.known(ann, JAVA).orElseThrow().former())
        .matches(former -> former != null && "Title 501".equals(former.takenBy()));
    posts(GO_ID, 22, 22);
    assertThat(urls()).contains("https://t.me/javajobs/22");
  }

  @Test
  void a_name_that_means_another_channel_leaves_the_one_before_to_its_id() throws Exception {
    Task task = task(JAVA);
    step();
    posts(JAVA_ID, 1, 2);
    world.accounts.channel(JAVA.value(), 900);
    monitoring.onWatchEnded(ann, JAVA_ID, "CHANNEL_INVALID");
    step();
    assertThat(names(task)).containsExactly("c/" + JAVA_ID);
    assertThat(source(task).lastMessageId()).isEqualTo(2);
    step();
    assertThat(watched()).containsExactly(watch(JAVA_ID, "c2.2"));
    assertThat(world.channels.known(ann, JAVA).orElseThrow().channel().id()).isEqualTo(900);
    assertThat(world.channels.known(ann, ChannelName.unnamed(JAVA_ID)).orElseThrow().former())
        .matches(former -> former != null && "Title 900".equals(former.takenBy()));
  }

  // --- what is watched -----------------------------------------------------------------------

  @Test
  void sources_are_resolved_once_and_watched() throws Exception {
    task(JAVA, GO);
    task(JAVA);
    assertThat(step()).isNull();
    assertThat(watched()).containsExactlyInAnyOrder(watch(JAVA_ID, null), watch(GO_ID, null));
    assertThat(resolves()).isEqualTo(2);
    step();
    assertThat(resolves()).isEqualTo(2);
    assertThat(watches()).as("nothing changed, nothing is said again").isEqualTo(1);
    monitoring = restarted();
    step();
    assertThat(resolves()).isEqualTo(2);
    assertThat(watches()).isEqualTo(2);
    assertThat(meters.get("jobradar.users.watched").gauges()).isNotEmpty();
  }

  @Test
  void watching_goes_on_after_a_restart_where_it_was() throws Exception {
    Task task = task(JAVA);
    step();
    monitoring.onAccountMoved(ann, "a7");
    monitoring.onMoved(ann, JAVA_ID, "c10.10");
    posts(JAVA_ID, 11, 12);
    world.intake.storePositions();
    monitoring = restarted();
    step();
    assertThat(watched()).containsExactly(watch(JAVA_ID, "c12.12"));
    assertThat(world.accounts.watched(ann)).extracting(WatchList::accountPosition).isEqualTo("a7");
    assertThat(source(task).lastMessageId()).isEqualTo(12);
    assertThat(leads()).containsExactly(11, 12);
  }

  @Test
  void nothing_is_watched_for_who_has_nothing_running_no_plan_or_no_session() throws Exception {
    Task task = task(JAVA);
    step();
    assertThat(watched()).hasSize(1);
    update(task, TaskStatus.PAUSED);
    step();
    assertThat(watched()).isEmpty();
    update(task, TaskStatus.RUNNING);
    world.accounts.state(ann, new AccountState.SessionEnded("SESSION_REVOKED"));
    monitoring.sessionEnded(new SessionEnded(ann, "SESSION_REVOKED"));
    step();
    assertThat(watched()).isEmpty();
    world.accounts.state(ann, new AccountState.Connected(world.clock.instant()));
    step();
    assertThat(watched()).hasSize(1);
    world.database.client().sql("update users set disabled = true").update();
    step();
    assertThat(watched()).isEmpty();
  }

  @Test
  void a_plan_that_ends_stops_it_to_the_moment() throws Exception {
    task(JAVA);
    Instant end = world.clock.instant().plus(Duration.ofDays(3));
    world
        .database
        .client()
        .sql("update users set plan_until = ?")
        .param(end.toEpochMilli())
        .update();
    assertThat(step()).isEqualTo(end);
    assertThat(watched()).hasSize(1);
    world.clock.advanceTo(end);
    assertThat(step()).isNull();
    assertThat(watched()).isEmpty();
  }

  @Test
  void what_was_closed_by_a_logout_is_watched_again() throws Exception {
    task(JAVA);
    step();
    world.accounts.close(ann);
    monitoring.loggedOut(new UserLoggedOut(ann));
    step();
    assertThat(watched()).hasSize(1);
  }

  @Test
  void a_disconnected_account_is_watched_again_where_it_was_after_the_next_sign_in()
      throws Exception {
    task(JAVA);
    step();
    monitoring.onMoved(ann, JAVA_ID, "c100.55");
    world.accounts.logOut(ann);
    monitoring.disconnected(new TelegramDisconnected(ann));
    assertThat(step()).isNull();
    assertThat(watched()).isEmpty();
    world.accounts.state(ann, new AccountState.Asleep());
    monitoring.signedIn(new UserSignedIn(ann));
    step();
    assertThat(watched()).containsExactly(watch(JAVA_ID, "c100.55"));
  }

  @Test
  void what_could_not_be_said_is_said_again_also_when_it_is_nothing() throws Exception {
    Task task = task(JAVA);
    failWatching();
    step();
    assertThat(watched()).hasSize(1);
    update(task, TaskStatus.PAUSED);
    failWatching();
    step();
    assertThat(watched()).isEmpty();
    step();
    assertThat(watches()).as("said once it went well").isEqualTo(4);
  }

  /** The next step says what is watched, in vain. */
  private void failWatching() {
    world.accounts.onWatching(() -> {
      throw new IllegalStateException("its updates have just ended");
    });
    assertThatThrownBy(this::step).hasMessage("its updates have just ended");
    world.accounts.onWatching(() -> {});
  }

  // --- where it begins -----------------------------------------------------------------------

  @Test
  void the_first_check_only_remembers_the_newest_post() throws Exception {
    Task task = task(JAVA);
    step();
    monitoring.onMoved(ann, JAVA_ID, "c100.55");
    assertThat(source(task).lastMessageId()).isEqualTo(55);
    posts(JAVA_ID, 56, 56);
    assertThat(leads()).containsExactly(56);
  }

  @Test
  void a_source_added_to_a_watched_channel_begins_at_the_newest_post_seen() throws Exception {
    task(JAVA);
    step();
    monitoring.onMoved(ann, JAVA_ID, "c100.55");
    Task later = task(JAVA);
    step();
    assertThat(source(later).lastMessageId()).isEqualTo(55);
    posts(JAVA_ID, 56, 57);
    assertThat(leads()).containsExactlyInAnyOrder(56, 56, 57, 57);
    assertThat(watches()).isEqualTo(1);
  }

  @Test
  void a_resumed_task_begins_at_the_newest_post() throws Exception {
    Task task = task(JAVA);
    step();
    monitoring.onMoved(ann, JAVA_ID, "c100.55");
    monitoring.onFeed(ann, JAVA_ID, WatchMode.PUSHED);
    update(task, TaskStatus.PAUSED);
    step();
    update(task, TaskStatus.RUNNING);
    step();
    assertThat(watched()).containsExactly(watch(JAVA_ID, null));
    monitoring.onMoved(ann, JAVA_ID, "c300.80");
    posts(JAVA_ID, 81, 81);
    assertThat(leads()).containsExactly(81);
  }

  private double usersInMemory() {
    return world.meters.get("jobradar.users.in.memory").gauge().value();
  }

  @Test
  void tasks_are_in_memory_only_while_something_is_watched() throws Exception {
    world.filter(TestLeads.filter());
    monitoring = restarted();
    Task task = task(JAVA);
    step();
    posts(JAVA_ID, 1, 2);
    assertThat(usersInMemory()).isEqualTo(1);
    update(task, TaskStatus.PAUSED);
    step();
    assertThat(usersInMemory()).isZero();
  }

  @Test
  void what_comes_late_does_not_put_a_forgotten_position_back() throws Exception {
    Task task = task(JAVA);
    step();
    posts(JAVA_ID, 1, 2);
    update(task, TaskStatus.PAUSED);
    world.accounts.onWatching(() -> monitoring.onMoved(ann, JAVA_ID, "c3.3"));
    step();
    assertThat(world.channels.known(ann, JAVA).orElseThrow().position()).isNull();
    world.accounts.onWatching(() -> {});
    monitoring.onMoved(ann, JAVA_ID, "c4.4");
    posts(JAVA_ID, 5, 6);
    assertThat(world.channels.known(ann, JAVA).orElseThrow().position()).isNull();
    update(task, TaskStatus.RUNNING);
    step();
    assertThat(watched()).containsExactly(watch(JAVA_ID, null));
    monitoring.onMoved(ann, JAVA_ID, "c9.9");
    assertThat(world.channels.known(ann, JAVA).orElseThrow().position()).isEqualTo("c9.9");
  }

  @Test
  void a_position_never_goes_back() throws Exception {
    task(JAVA);
    step();
    monitoring.onMoved(ann, JAVA_ID, "c100.55");
    monitoring.onMoved(ann, JAVA_ID, "c99.54");
    assertThat(world.channels.known(ann, JAVA).orElseThrow().position()).isEqualTo("c100.55");
    monitoring.onMoved(ann, JAVA_ID, "c101.55");
    world.intake.storePositions();
    assertThat(world.channels.known(ann, JAVA).orElseThrow().position()).isEqualTo("c101.55");
  }

  // --- names ---------------------------------------------------------------------------------

  @Test
  void a_name_that_nobody_has_is_not_asked_for_again_until_it_is_edited() throws Exception {
    Task task = task(NOBODY);
    assertThat(step()).isNull();
    assertThat(source(task).status()).isEqualTo(SourceStatus.INVALID);
    assertThat(source(task).lastError()).isEqualTo(FailureCode.NO_SUCH_NAME);
    world.clock.advance(Duration.ofDays(1));
    monitoring = restarted();
    step();
    assertThat(resolves()).isEqualTo(1);
    world.accounts.channel(NOBODY.value(), 900);
    update(task, TaskStatus.RUNNING);
    step();
    assertThat(watched()).containsExactly(watch(900, null));
  }

  @Test
  void a_name_of_a_person_is_told_apart() throws Exception {
    world.accounts.refuse("nobody", new AccountException.NoSuchName(true, null));
    Task task = task(NOBODY);
    step();
    assertThat(source(task).lastError()).isEqualTo(FailureCode.NOT_A_CHANNEL);
  }

  @Test
  void an_error_is_tried_again_after_a_minute_doubling_to_an_hour() throws Exception {
    Task task = task(JAVA);
    world.accounts.refuse("javajobs", new AccountException.Refused("CHANNEL_PRIVATE", null));
    for (long minutes : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      Instant next = world.clock.instant().plus(Duration.ofMinutes(minutes));
      assertThat(step()).isEqualTo(next);
      assertThat(source(task).status()).isEqualTo(SourceStatus.ERROR);
      assertThat(source(task).lastError()).isEqualTo("CHANNEL_PRIVATE");
      assertThat(source(task).nextRetryAt()).isEqualTo(next);
      long asked = resolves();
      world.clock.advanceTo(next.minusMillis(1));
      assertThat(step()).isEqualTo(next);
      assertThat(resolves()).isEqualTo(asked);
      world.clock.advanceTo(next);
    }
  }

  @Test
  void a_flood_wait_holds_up_names_and_nothing_else() throws Exception {
    task(GO);
    step();
    task(JAVA);
    world.accounts.failNext(
        new AccountException.FloodWait("contacts.resolveUsername", Duration.ofHours(18), null));
    Instant until = world.clock.instant().plus(Duration.ofHours(18));
    assertThat(step()).isEqualTo(until);
    assertThat(watched()).containsExactly(watch(GO_ID, null));
    monitoring = restarted();
    assertThat(step()).isEqualTo(until);
    assertThat(resolves()).isEqualTo(2);
    world.clock.advanceTo(until);
    assertThat(step()).isNull();
    assertThat(watched()).hasSize(2);
  }

  @Test
  void no_more_than_thirty_names_are_asked_for_in_a_minute() throws Exception {
    for (int t = 0; t < 4; t++) {
      ChannelName[] names = new ChannelName[10];
      for (int i = 0; i < 10; i++) {
        names[i] = new ChannelName("channel" + t + "x" + i);
        world.accounts.channel(names[i].value(), 1_000 + t * 10 + i);
      }
      task(names);
    }
    Instant next = step();
    assertThat(resolves()).isEqualTo(30);
    assertThat(watched()).hasSize(30);
    assertThat(next).isEqualTo(world.clock.instant().plusSeconds(60));
    world.clock.advance(Duration.ofSeconds(60));
    assertThat(step()).isNull();
    assertThat(resolves()).isEqualTo(40);
    assertThat(watched()).hasSize(40);
  }

  @Test
  void an_unreachable_telegram_is_no_fault_of_a_source() throws Exception {
    Task task = task(JAVA);
    Instant soon = world.clock.instant().plusSeconds(7);
    world.accounts.failNext(new AccountException.Unreachable(soon, null));
    assertThat(step()).isEqualTo(soon);
    assertThat(source(task).status()).isEqualTo(SourceStatus.OK);
    assertThat(step()).isNull();
    assertThat(watched()).hasSize(1);
  }

  @Test
  void a_name_that_telegram_fails_at_is_tried_ever_more_seldom_and_holds_up_no_other()
      throws Exception {
    Task bad = task(NOBODY);
    ChannelName later = new ChannelName("zzzjobs");
    world.accounts.channel(later.value(), 901);
    task(later);
    world.accounts.refuse(
        NOBODY.value(),
        AccountException.Unreachable.atThisCall(new IllegalStateException("no hash")));
    for (long minutes : new long[] {1, 2, 4}) {
      Instant next = world.clock.instant().plus(Duration.ofMinutes(minutes));
      assertThat(step()).isEqualTo(next);
      assertThat(watched()).containsExactly(watch(901, null));
      assertThat(source(bad).status()).isEqualTo(SourceStatus.ERROR);
      assertThat(source(bad).lastError()).isEqualTo(FailureCode.UNREACHABLE);
      assertThat(source(bad).nextRetryAt()).isEqualTo(next);
      long asked = resolves();
      world.clock.advanceTo(next.minusMillis(1));
      step();
      assertThat(resolves()).isEqualTo(asked);
      world.clock.advanceTo(next);
    }
    world.accounts.refuse(NOBODY.value(), null);
    world.accounts.channel(NOBODY.value(), 900);
    step();
    assertThat(watched()).containsExactlyInAnyOrder(watch(900, null), watch(901, null));
  }

  // --- when it goes wrong --------------------------------------------------------------------

  @Test
  void a_channel_that_is_taken_away_is_an_error_and_tried_again_where_it_was() throws Exception {
    Task task = task(JAVA, GO);
    step();
    monitoring.onMoved(ann, JAVA_ID, "c100.55");
    monitoring.onMoved(ann, GO_ID, "c10.5");
    monitoring.onWatchEnded(ann, JAVA_ID, "CHANNEL_PRIVATE");
    assertThat(source(task).status()).isEqualTo(SourceStatus.ERROR);
    assertThat(source(task).lastError()).isEqualTo("CHANNEL_PRIVATE");
    Instant retry = world.clock.instant().plusSeconds(60);
    assertThat(step()).isEqualTo(retry);
    assertThat(watches()).isEqualTo(1);
    world.clock.advanceTo(retry);
    Instant forgiven = retry.plusSeconds(60);
    assertThat(step()).isEqualTo(forgiven);
    assertThat(watched())
        .containsExactlyInAnyOrder(watch(JAVA_ID, "c100.55"), watch(GO_ID, "c10.5"));
    assertThat(source(task).status()).isEqualTo(SourceStatus.ERROR);
    world.clock.advanceTo(forgiven);
    step();
    assertThat(source(task).status()).isEqualTo(SourceStatus.OK);
    assertThat(source(task).errorCount()).isZero();
  }

  @Test
  void an_access_hash_that_is_no_longer_good_is_asked_for_once_before_the_source_is_at_fault()
      throws Exception {
    Task task = task(JAVA);
    step();
    posts(JAVA_ID, 1, 2);
    monitoring.onWatchEnded(ann, JAVA_ID, "CHANNEL_INVALID");
    assertThat(source(task).status()).isEqualTo(SourceStatus.OK);
    step();
    assertThat(resolves()).isEqualTo(2);
    assertThat(watches()).isEqualTo(2);
    assertThat(watched()).containsExactly(watch(JAVA_ID, "c2.2"));
    monitoring.onWatchEnded(ann, JAVA_ID, "CHANNEL_INVALID");
    step();
    assertThat(resolves()).isEqualTo(2);
    assertThat(source(task).status()).isEqualTo(SourceStatus.ERROR);
    assertThat(source(task).lastError()).isEqualTo("CHANNEL_INVALID");
  }

  @Test
  void a_channel_that_is_taken_away_again_waits_longer() throws Exception {
    Task task = task(JAVA);
    step();
    monitoring.onMoved(ann, JAVA_ID, "c100.55");
    for (long minutes : new long[] {1, 2, 4}) {
      monitoring.onWatchEnded(ann, JAVA_ID, "CHANNEL_PRIVATE");
      Instant retry = world.clock.instant().plus(Duration.ofMinutes(minutes));
      assertThat(source(task).nextRetryAt()).isEqualTo(retry);
      world.clock.advanceTo(retry);
      step();
      monitoring.onFeed(ann, JAVA_ID, WatchMode.POLLED);
    }
  }

  @Test
  void updates_that_stopped_begin_again_after_a_pause_from_what_is_stored() throws Exception {
    task(JAVA);
    step();
    monitoring.onMoved(ann, JAVA_ID, "c100.55");
    Duration pause = Duration.ofSeconds(1);
    for (int i = 0; i < 3; i++) {
      monitoring.onStopped(ann);
      Instant again = world.clock.instant().plus(pause);
      assertThat(step()).isEqualTo(again);
      world.clock.advanceTo(again);
      long before = watches();
      step();
      assertThat(watches()).isEqualTo(before + 1);
      assertThat(watched()).containsExactly(watch(JAVA_ID, "c100.55"));
      pause = pause.multipliedBy(2);
    }
    posts(JAVA_ID, 56, 56);
    monitoring.onStopped(ann);
    assertThat(step()).isEqualTo(world.clock.instant().plusSeconds(1));
  }
}

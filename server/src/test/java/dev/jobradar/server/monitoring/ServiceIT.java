package dev.jobradar.server.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.SessionStore;
import dev.jobradar.clients.UserId;
import dev.jobradar.sandbox.ReadyAccount;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.StandingFault;
import dev.jobradar.sandbox.world.ChannelInfo;
import dev.jobradar.server.JobRadarApplication;
import dev.jobradar.server.account.WatchStall;
import dev.jobradar.server.channels.ChannelDirectory;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.delivery.Delivery;
import dev.jobradar.server.delivery.DeliveryState;
import dev.jobradar.server.leads.Lead;
import dev.jobradar.server.leads.Leads;
import dev.jobradar.server.storage.StorageSettings;
import dev.jobradar.server.storage.TestDatabase;
import dev.jobradar.server.storage.Vendor;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.TaskDraft;
import dev.jobradar.server.tasks.TaskStatus;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.session.SessionString;
import dev.jobradar.testsupport.Eventually;
import dev.jobradar.testsupport.SandboxClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.FileSystemUtils;

/** From a post to a message: the whole service, against the sandbox. */
@ParameterizedClass
@EnumSource(Vendor.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(2)
@Timeout(180)
@SuppressWarnings("NullAway.Init")
class ServiceIT {
  @Parameter Vendor vendor;

  private Sandbox sandbox;
  private Path home;
  private StorageSettings storage;
  private ConfigurableApplicationContext context;

  @BeforeParameterizedClassInvocation
  void begins() throws IOException {
    sandbox = Sandbox.builder().strict(true).start();
    home = Files.createTempDirectory("jobradar-test-");
    storage = TestDatabase.newSettings(vendor, home);
    context = start();
  }

  @AfterParameterizedClassInvocation
  void ends() throws IOException {
    context.close();
    Eventually.await("no connections left", () -> sandbox.stats().connections() == 0);
    int most = sandbox.stats().maxOpenPerAccount();
    sandbox.close();
    FileSystemUtils.deleteRecursively(home);
    assertThat(most).as("most at once, per account").isEqualTo(1);
  }

  private ConfigurableApplicationContext start() {
    TelegramOptions telegram = SandboxClients.options(sandbox).build();
    SpringApplication application = new SpringApplication(JobRadarApplication.class);
    application.addInitializers(fresh ->
        ((GenericApplicationContext) fresh).registerBean(TelegramOptions.class, () -> telegram));
    List<String> arguments =
        new ArrayList<>(
            List.of("--server.port=0", "--server.address=127.0.0.1", "--jobradar.home=" + home));
    if (vendor == Vendor.POSTGRESQL) {
      arguments.add("--jobradar.database=" + storage.databaseUrl());
      arguments.add("--jobradar.database-user=" + storage.databaseUser());
    }
    return application.run(arguments.toArray(String[]::new));
  }

  // --- what tests have in common -------------------------------------------------------------

  /** Somebody with an account at Telegram and here. */
  private record Person(UserId user, dev.jobradar.sandbox.world.UserId account) {}

  private Person person() {
    ReadyAccount ready = sandbox.readyAccounts(1).getFirst();
    long user =
        context
            .getBean(SessionStore.class)
            .signedIn(
                new Me(ready.user().value(), "Ann", null, null, ready.phone()),
                ready.phone(),
                SessionString.parse(ready.session()).session())
            .user()
            .value();
    return new Person(new UserId(user), ready.user());
  }

  private ChannelName channel(Person person, boolean joined) {
    for (ChannelInfo channel : sandbox.world().channels()) {
      String name = channel.username();
      if (name != null && sandbox.world().joined(person.account(), channel.id()) == joined) {
        return ChannelName.parse(name);
      }
    }
    throw new AssertionError("the sandbox has no such channel");
  }

  /** A task that watches by now: its sources were checked. */
  private Task watching(Person person, ChannelName... sources) throws InterruptedException {
    Tasks tasks = context.getBean(Tasks.class);
    Task task =
        tasks
            .create(
                person.user(),
                new TaskDraft(
                    "Java",
                    TaskStatus.RUNNING,
                    List.of("java разработчик"),
                    List.of(),
                    true,
                    null,
                    true,
                    List.of(sources)),
                1)
            .orElseThrow();
    Eventually.await(
        "the first check",
        () ->
            tasks.find(person.user(), task.id()).orElseThrow().sources().stream()
                .allMatch(source -> source.lastMessageId() != null));
    return task;
  }

  private List<String> saved(Person person) {
    return sandbox.savedMessages(person.account()).stream()
        .map(message -> message.message().text())
        .toList();
  }

  private List<Lead> leads(Person person) {
    return context
        .getBean(Leads.class)
        .list(person.user(), Leads.Query.ALL, 0, 100)
        .leads()
        .reversed();
  }

  private void awaitDelivered(Person person, int count) throws InterruptedException {
    Eventually.await(
        count + " delivered leads",
        () ->
            leads(person).size() == count
                && leads(person).stream().allMatch(lead -> lead.deliveredAt() != null));
  }

  private static String vacancy(int number) {
    return "Ищем Java-разработчика, отдел " + number;
  }

  private static String message(ChannelName source, int number) {
    return "🔥 Новый лид\n\n"
        + vacancy(number)
        + "\n\nИсточник: @"
        + source.value()
        + "\nКлюч: java разработчик";
  }

  // --- tests ---------------------------------------------------------------------------------

  @Test
  void a_post_becomes_a_lead_and_a_message_whether_its_channel_was_joined_or_not()
      throws Exception {
    Person ann = person();
    ChannelName joined = channel(ann, true);
    ChannelName other = channel(ann, false);
    watching(ann, joined, other);
    sandbox.post(joined.value(), vacancy(1));
    sandbox.post(joined.value(), "Ищем повара");
    awaitDelivered(ann, 1);
    sandbox.post(other.value(), vacancy(2));
    awaitDelivered(ann, 2);
    assertThat(saved(ann)).containsExactly(message(joined, 1), message(other, 2));
  }

  @Test
  void what_was_posted_while_the_service_was_down_comes_once() throws Exception {
    Person ann = person();
    ChannelName joined = channel(ann, true);
    ChannelName other = channel(ann, false);
    watching(ann, joined, other);
    sandbox.post(joined.value(), vacancy(1));
    awaitDelivered(ann, 1);
    context.close();
    sandbox.post(joined.value(), vacancy(2));
    sandbox.post(other.value(), vacancy(3));
    context = start();
    awaitDelivered(ann, 3);
    sandbox.post(joined.value(), vacancy(4));
    awaitDelivered(ann, 4);
    assertThat(saved(ann))
        .containsExactlyInAnyOrder(
            message(joined, 1), message(joined, 2), message(other, 3), message(joined, 4));
  }

  @Test
  void lost_answers_lost_connections_and_waits_change_nothing() throws Exception {
    Person ann = person();
    ChannelName joined = channel(ann, true);
    watching(ann, joined);
    Aim sending = Aim.account(ann.account()).calling("messages.sendMessage");
    if (vendor == Vendor.SQLITE) {
      // Not for both: it takes the half minute that a call waits for its answer.
      sandbox.faults().set(new Fault.LoseAnswers(true), sending, 1);
    }
    sandbox.post(joined.value(), vacancy(1));
    awaitDelivered(ann, 1);
    sandbox.faults().set(new Fault.Fail(420, "FLOOD_WAIT_1"), sending, 1);
    sandbox.post(joined.value(), vacancy(2));
    awaitDelivered(ann, 2);
    sandbox.reset(Aim.account(ann.account()));
    sandbox.post(joined.value(), vacancy(3));
    awaitDelivered(ann, 3);
    assertThat(saved(ann))
        .containsExactly(message(joined, 1), message(joined, 2), message(joined, 3));
  }

  @Test
  void a_channel_that_stalls_is_told_with_telegrams_reason() throws Exception {
    Person ann = person();
    ChannelName other = channel(ann, false);
    watching(ann, other);
    StalledWatches stalls = context.getBean(StalledWatches.class);
    Aim difference = Aim.account(ann.account()).calling("updates.getChannelDifference");
    sandbox.faults().set(new Fault.Fail(400, "FROZEN_PARTICIPANT_MISSING"), difference, 1);
    Eventually.await("the stall", () -> !stalls.of(ann.user()).isEmpty());
    assertThat(stalls.of(ann.user()).values())
        .extracting(WatchStall::error)
        .containsExactly("FROZEN_PARTICIPANT_MISSING");
  }

  @Test
  void a_post_that_cannot_be_read_is_counted_at_its_source_and_those_after_it_come()
      throws Exception {
    Person ann = person();
    ChannelName joined = channel(ann, true);
    watching(ann, joined);
    sandbox.post(joined.value(), vacancy(1));
    awaitDelivered(ann, 1);
    int unknown = leads(ann).getFirst().messageId() + 1;
    sandbox
        .faults()
        .set(
            new Fault.UnknownMessage(unknown),
            Aim.channel(sandbox.channel(joined.value())).of(ann.account()));
    sandbox.post(joined.value(), "of an unknown kind");
    sandbox.post(joined.value(), vacancy(2));
    awaitDelivered(ann, 2);
    ChannelDirectory channels = context.getBean(ChannelDirectory.class);
    Eventually.await(
        "the post that was passed over",
        () -> channels.known(ann.user(), joined).orElseThrow().passedOverLast() == unknown);
  }

  @Test
  void a_burst_is_a_digest_and_loses_nothing() throws Exception {
    Person ann = person();
    ChannelName joined = channel(ann, true);
    watching(ann, joined);
    // Nothing is sent until all are there, however slow the machine is.
    Aim sending = Aim.account(ann.account()).calling("messages.sendMessage");
    try (StandingFault wait = sandbox.faults().set(new Fault.Fail(420, "FLOOD_WAIT_1"), sending)) {
      for (int i = 1; i <= 40; i++) {
        sandbox.post(joined.value(), vacancy(i));
      }
      Eventually.await("40 leads and a try", () -> leads(ann).size() == 40 && wait.struck() > 0);
    }
    awaitDelivered(ann, 40);
    List<String> told =
        saved(ann).stream()
            .flatMap(String::lines)
            .filter(line -> line.contains("отдел"))
            .map(line -> line.replaceFirst(".*отдел ", ""))
            .toList();
    assertThat(told).hasSize(40).doesNotHaveDuplicates();
    assertThat(saved(ann)).hasSizeLessThan(40);
  }

  @Test
  void a_session_that_telegram_ended_is_told_and_what_was_found_waits() throws Exception {
    Person ann = person();
    ChannelName joined = channel(ann, true);
    watching(ann, joined);
    sandbox
        .faults()
        .set(
            new Fault.Fail(420, "FLOOD_WAIT_1"),
            Aim.account(ann.account()).calling("messages.sendMessage"),
            1);
    sandbox.post(joined.value(), vacancy(1));
    Delivery delivery = context.getBean(Delivery.class);
    Eventually.await(
        "the wait to be obeyed",
        () -> delivery.state(ann.user()).hold() == DeliveryState.Hold.FLOOD_WAIT);
    sandbox.revoke(ann.account(), 401, "SESSION_REVOKED");
    Eventually.await(
        "the end of the session",
        () -> delivery.state(ann.user()).hold() == DeliveryState.Hold.SESSION_ENDED);
    assertThat(delivery.state(ann.user()))
        .isEqualTo(new DeliveryState(1, DeliveryState.Hold.SESSION_ENDED, "SESSION_REVOKED", null));
    assertThat(saved(ann)).isEmpty();
  }
}

package dev.jobradar.server.delivery;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.AccountConnected;
import dev.jobradar.server.account.Accounts;
import dev.jobradar.server.account.FakeAccounts;
import dev.jobradar.server.account.FloodWaits;
import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.channels.ChannelDirectory;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.leads.ChangedPosts;
import dev.jobradar.server.leads.DeliveryOrders;
import dev.jobradar.server.leads.LeadId;
import dev.jobradar.server.leads.LeadTriage;
import dev.jobradar.server.leads.Leads;
import dev.jobradar.server.leads.PostFilter;
import dev.jobradar.server.leads.PostProcessor;
import dev.jobradar.server.leads.TestLeads;
import dev.jobradar.server.pacing.ClockSet;
import dev.jobradar.server.pacing.TestClock;
import dev.jobradar.server.storage.TestDatabase;
import dev.jobradar.server.storage.Vendor;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.TaskDraft;
import dev.jobradar.server.tasks.TaskStatus;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.tasks.TestTasks;
import dev.jobradar.server.users.TestUsers;
import dev.jobradar.server.users.User;
import dev.jobradar.server.users.Users;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The service from posts to messages, on a real database, with accounts that are not real. */
public final class DeliveryWorld implements AutoCloseable {
  public static final ChannelName JAVA = new ChannelName("javajobs");
  public static final ChannelName GO = new ChannelName("golangjobs");
  public static final ChannelName ALERTS = new ChannelName("myalerts");
  public static final long JAVA_ID = 501;
  public static final long GO_ID = 502;
  public static final long ALERTS_ID = 503;
  private static final int ENOUGH = 10_000;

  public final TestClock clock = new TestClock();
  public final TestDatabase database;
  public final FakeAccounts accounts = new FakeAccounts();
  public final Accounts paced;
  public final List<Object> events = Collections.synchronizedList(new ArrayList<>());
  public final Users users;
  public final Tasks tasks;
  public final FloodWaits floodWaits;
  public final ChannelDirectory channels;
  public final Leads leads;
  public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final DeliveryQueue outbox;
  Sender sender;
  public PostProcessor intake;

  public DeliveryWorld(Vendor vendor) {
    database = TestDatabase.open(vendor);
    users = TestUsers.create(database, clock);
    tasks = TestTasks.create(database, users, events::add, clock);
    floodWaits = new FloodWaits(database.client(), clock);
    paced = accounts.paced(floodWaits, clock);
    leads = new Leads(database.client(), clock);
    outbox =
        new DeliveryQueue(
            database.client(), database.group(), database.transactions(), leads, clock);
    channels =
        new ChannelDirectory(
            database.client(),
            database.template(),
            database.transactions(),
            paced,
            List.of(tasks, leads, outbox),
            clock);
    sender = newSender();
    intake = newIntake(orders());
    accounts.channel(JAVA.value(), JAVA_ID);
    accounts.channel(GO.value(), GO_ID);
    accounts.channel(ALERTS.value(), ALERTS_ID);
  }

  private Sender newSender() {
    return new Sender(
        outbox,
        paced,
        channels,
        floodWaits,
        new DeliverySettings(20, 8),
        events::add,
        new DeliveryMeters(outbox, meters, clock),
        clock);
  }

  /** Delivery that was never started: it only takes notes. */
  public Delivery delivery() {
    return new Delivery(outbox, sender, new DeliverySettings(20, 8), clock);
  }

  /** The user's connection works again, and delivery hears of it. */
  public void connected(UserId user) {
    delivery().connected(new AccountConnected(user));
  }

  /** Orders that wake nobody. */
  public DeliveryOrders orders() {
    return new DeliveryOrders() {
      @Override
      public void order(UserId user, LeadId lead) {
        outbox.order(user, lead);
      }

      @Override
      public void withdraw(UserId user, LeadId lead) {
        outbox.withdraw(user, lead);
      }

      @Override
      public void keepBack(UserId user, List<LeadId> leads) {
        outbox.keepBack(user, leads);
      }

      @Override
      public void release(UserId user, List<LeadId> leads) {
        outbox.release(user, leads);
      }

      @Override
      public void ordered(UserId user) {}
    };
  }

  /** What people do with their leads. */
  public LeadTriage triage() {
    return new LeadTriage(database.client(), orders(), database.transactions(), events::add, clock);
  }

  public PostProcessor newIntake(DeliveryOrders orders) {
    return TestLeads.intake(database, tasks, users, channels, paced, orders, events::add, clock);
  }

  /** Another filter reads the posts from now on. */
  public void filter(PostFilter filter) {
    intake =
        TestLeads.intake(
            database, tasks, users, channels, paced, filter, orders(), events::add, clock, meters);
  }

  /** The machine's clock is set, and everybody hears of it. */
  public ClockSet setClock(Duration by) {
    Instant before = clock.instant();
    clock.advance(by);
    ClockSet set = new ClockSet(before, clock.instant());
    database
        .transactions()
        .executeWithoutResult(_ -> {
          floodWaits.on(set);
          tasks.on(set);
          outbox.clockSet(set, Sender.REFUSED_RETRY.longest());
        });
    return set;
  }

  // --- people and tasks ----------------------------------------------------------------------

  /** A new user, whose account knows the channels. */
  public UserId user(long telegramId) {
    User user = users.signedIn(telegramId, "7999" + telegramId, "Ann", null);
    database.client().sql("update users set plan = 'business', plan_until = null").update();
    return user.id();
  }

  /** What each of these names means is known. */
  public void resolved(UserId user, ChannelName... names) throws InterruptedException {
    for (ChannelName name : names) {
      channels.find(user, name);
    }
  }

  public static TaskDraft draft(
      @Nullable ChannelName alertsChannel, List<String> include, ChannelName... sources) {
    return new TaskDraft(
        "Task",
        TaskStatus.RUNNING,
        include,
        List.of(),
        true,
        alertsChannel,
        true,
        List.of(sources));
  }

  public Task task(UserId user, TaskDraft draft) {
    return tasks.create(user, draft, 6).orElseThrow();
  }

  /** A task whose sources have been read up to message 0. */
  public Task startedTask(UserId user, TaskDraft draft) throws InterruptedException {
    Task task = task(user, draft);
    resolved(user, draft.sources().toArray(ChannelName[]::new));
    draft.sources().forEach(source -> tasks.seen(task.id(), source, 0));
    return tasks.find(user, task.id()).orElseThrow();
  }

  /** What handles posts that change. */
  public ChangedPosts changed() {
    return TestLeads.changed(intake);
  }

  // --- what happens --------------------------------------------------------------------------

  public ReceivedPost post(int id, String text) {
    return TestLeads.post(id, text, clock.instant());
  }

  /** Posts arrive in one batch. */
  public void posts(UserId user, long channel, ReceivedPost... posts) {
    int last = posts[posts.length - 1].id();
    ChangedPosts.Batch batch = changed().prepare(user, channel, List.of(posts));
    batch.late().forEach(look -> changed().lookAgain(user, channel, look));
    intake.take(user, channel, batch.posts(), "c" + (last + 1) + "." + last);
  }

  /** A post is told to have been edited. */
  public void edited(UserId user, long channel, ReceivedPost post) {
    changed()
        .prepareEdit(user, channel, post)
        .ifPresent(look -> changed().lookAgain(user, channel, look));
  }

  /** Sends whatever may be sent now; returns when there is more to do. */
  public Optional<Instant> send(UserId user) throws InterruptedException {
    for (int i = 0; i < ENOUGH; i++) {
      Instant due = sender.step(user);
      if (due == null || due.isAfter(clock.instant())) {
        return Optional.ofNullable(due);
      }
    }
    throw new AssertionError("it never ends");
  }

  /** How many deliveries have that status. */
  public int deliveries(String status) {
    return database
        .client()
        .sql("select count(*) from deliveries where status = ?")
        .param(status)
        .query(Integer.class)
        .single();
  }

  @Override
  public void close() {
    database.close();
  }
}

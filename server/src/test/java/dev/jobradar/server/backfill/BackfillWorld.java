package dev.jobradar.server.backfill;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.Accounts;
import dev.jobradar.server.account.FakeAccounts;
import dev.jobradar.server.account.FloodWaits;
import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.channels.ChannelDirectory;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.leads.DeliveryOrders;
import dev.jobradar.server.leads.LeadId;
import dev.jobradar.server.leads.Leads;
import dev.jobradar.server.leads.PostProcessor;
import dev.jobradar.server.leads.TestLeads;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Backfills over a real database and a Telegram that is not there. */
public final class BackfillWorld implements AutoCloseable {
  public static final ChannelName JAVA = new ChannelName("javajobs");
  public static final ChannelName GO = new ChannelName("golangjobs");
  public static final long JAVA_ID = 11;
  public static final long GO_ID = 12;
  public static final Duration PAUSE = Duration.ofMillis(500);

  public final TestDatabase database;
  public final TestClock clock = new TestClock();
  public final FakeAccounts telegram = new FakeAccounts();
  public final List<Object> published = Collections.synchronizedList(new ArrayList<>());
  public final List<LeadId> ordered = Collections.synchronizedList(new ArrayList<>());
  public final Users users;
  public final Tasks tasks;
  public final Leads leads;
  public final ChannelDirectory channels;
  public final PostProcessor intake;
  public final Backfills backfills;
  final BackfillSteps steps;
  public final User ann;
  public final User bob;

  public BackfillWorld(Vendor vendor) {
    database = TestDatabase.open(vendor);
    users = TestUsers.create(database, clock);
    tasks = TestTasks.create(database, users, published::add, clock);
    leads = new Leads(database.client(), clock);
    Accounts accounts = telegram.paced(new FloodWaits(database.client(), clock), clock);
    backfills = new Backfills(database.client(), clock);
    channels =
        new ChannelDirectory(
            database.client(),
            database.template(),
            database.transactions(),
            accounts,
            List.of(tasks, new Leads(database.client(), clock), backfills),
            clock);
    intake =
        TestLeads.intake(
            database,
            tasks,
            users,
            channels,
            accounts,
            TestLeads.costlyFilter(),
            new Orders(),
            published::add,
            clock,
            new SimpleMeterRegistry());
    steps =
        new BackfillSteps(
            backfills,
            tasks,
            users,
            channels,
            accounts,
            intake,
            TestLeads.whole(accounts),
            database.transactions(),
            published::add,
            new BackfillSettings(8, PAUSE),
            clock);
    ann = users.signedIn(1, "79990000001", "Ann", null);
    bob = users.signedIn(2, "79990000002", "Bob", null);
    telegram.channel("javajobs", JAVA_ID);
    telegram.channel("golangjobs", GO_ID);
  }

  public BackfillService service() {
    return new BackfillService(
        backfills, steps, published::add, new BackfillSettings(8, Duration.ZERO), clock);
  }

  private final class Orders implements DeliveryOrders {
    @Override
    public void withdraw(UserId user, LeadId lead) {}

    @Override
    public void order(UserId user, LeadId lead) {
      ordered.add(lead);
    }

    @Override
    public void keepBack(UserId user, List<LeadId> leads) {}

    @Override
    public void release(UserId user, List<LeadId> leads) {}

    @Override
    public void ordered(UserId user) {}
  }

  /** A task that wants posts with the word java. */
  public Task task(User user, TaskStatus status, ChannelName... sources) {
    return tasks
        .create(
            user.id(),
            new TaskDraft(
                "Java", status, List.of("java"), List.of(), true, null, true, List.of(sources)),
            9)
        .orElseThrow();
  }

  /** Posts with ids from 1 to that number, of which every tenth has the word java. */
  public void history(long channel, int posts) {
    telegram.posted(
        channel,
        IntStream.rangeClosed(1, posts)
            .mapToObj(id -> post(id, id % 10 == 0 ? "java " + id : "php " + id))
            .toArray(ReceivedPost[]::new));
  }

  public ReceivedPost post(int id, String text) {
    return new ReceivedPost(id, clock.instant().minusSeconds(100_000 - id), text, false);
  }

  /** Monitoring comes to a post. */
  public void monitoringReads(User user, long channel, ReceivedPost post, String position) {
    intake.take(user.id(), channel, List.of(post), position);
  }

  public Backfill begun(Task task, ChannelName source, int wanted, boolean deliver) {
    return backfills.create(task.user(), task.id(), source, wanted, deliver).orElseThrow();
  }

  public Backfill now(Backfill backfill) {
    return backfills.find(backfill.user(), backfill.id()).orElseThrow();
  }

  /** The message ids of a user's leads, in the order in which they were found. */
  public List<Integer> leadsOf(User user) {
    return database
        .client()
        .sql("select message_id from leads where user_id = ? order by id")
        .param(user.id().value())
        .query(Integer.class)
        .list();
  }

  /** Does one step. */
  public void step(User user) throws InterruptedException {
    steps.step(user.id());
  }

  /** Does steps until there is nothing to do now. */
  public int runAll(User user) throws InterruptedException {
    int count = 0;
    for (var due = steps.step(user.id()); due != null; due = steps.step(user.id())) {
      count++;
      if (due.isAfter(clock.instant().plus(PAUSE))) {
        return count;
      }
      clock.advanceTo(due);
    }
    return count + 1;
  }

  @Override
  public void close() {
    database.close();
  }
}

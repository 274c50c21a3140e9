package dev.jobradar.server.monitoring;

import static dev.jobradar.server.delivery.DeliveryWorld.ALERTS;
import static dev.jobradar.server.delivery.DeliveryWorld.ALERTS_ID;
import static dev.jobradar.server.delivery.DeliveryWorld.GO;
import static dev.jobradar.server.delivery.DeliveryWorld.GO_ID;
import static dev.jobradar.server.delivery.DeliveryWorld.JAVA;
import static dev.jobradar.server.delivery.DeliveryWorld.JAVA_ID;
import static dev.jobradar.server.delivery.DeliveryWorld.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.AccountConnected;
import dev.jobradar.server.account.AccountException;
import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.account.WatchList;
import dev.jobradar.server.delivery.DeliveryWorld;
import dev.jobradar.server.leads.Lead;
import dev.jobradar.server.leads.Leads.Query;
import dev.jobradar.server.pacing.ClockSettled;
import dev.jobradar.server.storage.Vendor;
import dev.jobradar.server.tasks.Task;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Posts, database failures, restarts, waits, clocks that are set, lost answers and channels that
 * are taken away, in an order that a seed decides. Then everything works again, and it is counted:
 * every post of every channel is one lead and one message to each destination.
 *
 * <p>{@code -Djobradar.seeds=100} tries so many orders, {@code -Djobradar.minutes=60} goes on for
 * so long.
 */
@ParameterizedClass
@EnumSource(Vendor.class)
@Order(2)
@Timeout(300)
class EverythingGoesWrongIT {
  private static final int EVENTS = 120;

  private static final List<Duration> JUMPS =
      List.of(Duration.ofHours(1), Duration.ofHours(-1), Duration.ofDays(1), Duration.ofDays(-1));
  private static final long SEEDS = Long.getLong("jobradar.seeds", 3);
  private static final Map<Long, String> CHANNELS = Map.of(JAVA_ID, "java", GO_ID, "go");

  private final Vendor vendor;

  EverythingGoesWrongIT(Vendor vendor) {
    this.vendor = vendor;
  }

  @TestFactory
  Stream<DynamicTest> nothing_is_lost_and_nothing_comes_twice() {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(Long.getLong("jobradar.minutes", 0));
    return LongStream.iterate(1, seed -> seed <= SEEDS || System.nanoTime() < end, seed -> seed + 1)
        .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> run(seed)));
  }

  private void run(long seed) throws Exception {
    try (DeliveryWorld world = new DeliveryWorld(vendor)) {
      Story story = new Story(world, new Random(seed));
      story.begin();
      for (int i = 0; i < EVENTS; i++) {
        story.event();
      }
      story.end();
      story.count();
    }
  }

  /** One seed's story, with the channels as they are at Telegram. */
  private static final class Story {
    private final DeliveryWorld world;
    private final Random random;
    private final UserId ann;
    private final Map<Long, Integer> newest = new HashMap<>();

    /** Up to where each watched channel was handed over by the account, which may repeat some. */
    private final Map<Long, Integer> handed = new HashMap<>();

    private final Map<Long, Integer> stored = new HashMap<>();
    private Monitoring monitoring;

    /** Ends the fault of the database that lasts until the next event. */
    private AutoCloseable lasting = () -> {};

    Story(DeliveryWorld world, Random random) {
      this.world = world;
      this.random = random;
      this.ann = world.user(1);
      this.monitoring = restarted();
    }

    private Monitoring restarted() {
      handed.clear();
      StalledWatches stalls = new StalledWatches(new SimpleMeterRegistry());
      return new Monitoring(
          new SubscriptionPlanner(
              world.users, world.tasks, world.channels, world.accounts, stalls, world.clock),
          world.intake,
          world.changed(),
          world.channels,
          world.tasks,
          stalls,
          new MonitoringSettings(4),
          new SimpleMeterRegistry(),
          world.clock);
    }

    void begin() throws InterruptedException {
      world.task(ann, draft(ALERTS, List.of(), JAVA));
      world.task(ann, draft(null, List.of("java", "go"), GO, JAVA));
      plan();
      for (long channel : CHANNELS.keySet()) {
        newest.put(channel, 100);
        handed.put(channel, 100);
        monitoring.onMoved(ann, channel, "c100.100");
      }
    }

    void event() throws Exception {
      switch (random.nextInt(11)) {
        case 0, 1, 2 -> post(1 + random.nextInt(8));
        case 3 -> post(30 + random.nextInt(100));
        case 4 -> breakDatabase();
        case 5 -> monitoring = restarted();
        case 6 -> breakSending();
        case 7 -> takeAway();
        case 8 -> world.clock.advance(Duration.ofMillis(random.nextInt(90_000)));
        case 9 -> setClock();
        default -> {
          monitoring.connected(new AccountConnected(ann));
          world.connected(ann);
        }
      }
      live();
      lasting.close();
      lasting = () -> {};
    }

    private void setClock() {
      // It is told as soon as the database works.
      world.database.failed();
      Duration by = JUMPS.get(random.nextInt(JUMPS.size()));
      monitoring.on(new ClockSettled(world.setClock(by)));
    }

    /** What goes on all the time. */
    private void live() throws InterruptedException {
      plan();
      for (long channel : CHANNELS.keySet()) {
        hand(channel);
      }
      try {
        world.send(ann);
      } catch (DataAccessException | TransactionException broken) {
        world.database.failed();
      }
      positionsNeverGoBack();
    }

    private void post(int count) {
      newest.merge(random.nextBoolean() ? JAVA_ID : GO_ID, count, Integer::sum);
    }

    private void breakDatabase() throws SQLException {
      switch (random.nextInt(world.database.settings().vendor() == Vendor.SQLITE ? 4 : 2)) {
        case 0 -> world.database.failAtStep(1 + random.nextInt(60));
        case 1 -> world.database.failFromStep(1 + random.nextInt(60));
        case 2 -> {
          world.database.onEachConnection("pragma max_page_count = 1");
          lasting = () -> world.database.onEachConnection("pragma max_page_count = 1000000");
        }
        default -> {
          world.database.onEachConnection("pragma busy_timeout = 20");
          Connection other = DriverManager.getConnection(world.database.settings().databaseUrl());
          try (Statement statement = other.createStatement()) {
            statement.execute("begin immediate");
          }
          lasting = other;
        }
      }
    }

    private void breakSending() {
      AccountException cause =
          switch (random.nextInt(3)) {
            case 0 -> new AccountException.Unreachable(null, null);
            case 1 ->
                new AccountException.FloodWait(
                    "messages.sendMessage", Duration.ofSeconds(1 + random.nextInt(200)), null);
            default -> new AccountException.SlowMode(Duration.ofSeconds(30), null);
          };
      if (cause instanceof AccountException.Unreachable && random.nextBoolean()) {
        world.accounts.loseNextAnswer(cause);
      } else {
        world.accounts.failNext(cause);
      }
    }

    private void takeAway() {
      long channel = random.nextBoolean() ? JAVA_ID : GO_ID;
      if (handed.remove(channel) != null) {
        try {
          monitoring.onWatchEnded(ann, channel, "CHANNEL_PRIVATE");
        } catch (DataAccessException | TransactionException broken) {
          // It is found out again by the one who asks next.
          world.database.failed();
          monitoring = restarted();
        }
      }
    }

    private void plan() throws InterruptedException {
      long before = watches();
      try {
        monitoring.step(ann);
      } catch (DataAccessException | TransactionException broken) {
        world.database.failed();
      }
      WatchList list = world.accounts.watched(ann);
      if (watches() > before && list != null) {
        Map<Long, Integer> now = new HashMap<>();
        for (WatchList.Watch watch : list.channels()) {
          long channel = watch.channel().id();
          String position = watch.position();
          int last =
              position == null
                  ? newest.getOrDefault(channel, 0)
                  : WatchList.lastMessageId(position).orElseThrow();
          now.put(channel, handed.getOrDefault(channel, last));
        }
        handed.clear();
        handed.putAll(now);
      }
    }

    private long watches() {
      return world.accounts.log().stream().filter(call -> call.startsWith("watch")).count();
    }

    /** The account hands over what is new, in pages, and sometimes some of it again. */
    private void hand(long channel) {
      Integer from = handed.get(channel);
      while (from != null && from < newest.getOrDefault(channel, 0)) {
        int again = random.nextInt(10) == 0 ? Math.min(from - 100, random.nextInt(5)) : 0;
        int first = from - again + 1;
        int last = Math.min(newest.getOrDefault(channel, 0), from + 1 + random.nextInt(100));
        List<ReceivedPost> posts =
            IntStream.rangeClosed(first, last).mapToObj(id -> postOf(channel, id)).toList();
        try {
          monitoring.onPosts(ann, channel, posts, "c" + last + "." + last);
        } catch (DataAccessException | TransactionException broken) {
          world.database.failed();
          handed.clear();
          monitoring.onStopped(ann);
          return;
        }
        handed.put(channel, last);
        from = last;
      }
    }

    private ReceivedPost postOf(long channel, int id) {
      return world.post(id, "Ищем " + CHANNELS.get(channel) + " " + id);
    }

    private void positionsNeverGoBack() {
      world.database.failed();
      for (var known : world.channels.known(ann)) {
        String position = known.position();
        int now = position == null ? -1 : WatchList.lastMessageId(position).orElse(-1);
        Integer before = stored.put(known.channel().id(), now);
        assertThat(now).isGreaterThanOrEqualTo(before == null ? -1 : before);
      }
    }

    /** Everything works again, and time goes on until nothing waits. */
    void end() throws InterruptedException {
      world.database.failed();
      for (int i = 0; i < 200; i++) {
        world.clock.advance(Duration.ofMinutes(2));
        live();
      }
    }

    void count() {
      for (Task task : world.tasks.of(ann)) {
        for (var source : task.sources()) {
          long channel = source.name().equals(JAVA) ? JAVA_ID : GO_ID;
          assertThat(
                  leads(task).stream()
                      .filter(lead -> lead.source().equals(source.name()))
                      .map(Lead::messageId)
                      .sorted())
              .as("leads of %s in %s", task, source.name())
              .containsExactlyElementsOf(
                  IntStream.rangeClosed(101, newest.getOrDefault(channel, 0)).boxed().toList());
        }
      }
      assertThat(world.deliveries("waiting") + world.deliveries("digested")).isZero();
      int java = newest.getOrDefault(JAVA_ID, 0) - 100;
      int go = newest.getOrDefault(GO_ID, 0) - 100;
      // Both tasks read the first channel, and each tells of it.
      assertThat(told("self")).hasSize(2 * java + go);
      assertThat(told("channel " + ALERTS_ID)).hasSize(java).doesNotHaveDuplicates();
      Map<String, Integer> times = new HashMap<>();
      told("self").forEach(post -> times.merge(post, 1, Integer::sum));
      assertThat(times)
          .allSatisfy(
              (post, count) -> assertThat(count).isEqualTo(post.startsWith("java") ? 2 : 1));
    }

    private List<Lead> leads(Task task) {
      List<Lead> all = new ArrayList<>();
      boolean more = true;
      while (more) {
        var page = world.leads.list(ann, new Query(task.id(), Set.of()), all.size(), 500);
        all.addAll(page.leads());
        more = page.hasMore();
      }
      return all;
    }

    /** Which posts the messages in a chat tell of. */
    private List<String> told(String chat) {
      return world.accounts.texts(chat).stream()
          .flatMap(String::lines)
          .filter(line -> line.matches("(\\d+\\. )?Ищем (java|go) \\d+"))
          .map(line -> line.replaceFirst(".*Ищем ", ""))
          .toList();
    }
  }
}

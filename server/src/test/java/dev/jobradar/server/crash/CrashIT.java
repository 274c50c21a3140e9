package dev.jobradar.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.sandbox.ReadyAccount;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.server.faults.ReadyUser;
import dev.jobradar.server.storage.TestDatabase;
import dev.jobradar.server.storage.Vault;
import dev.jobradar.server.storage.Vendor;
import dev.jobradar.testsupport.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills the service at random moments while posts come in, and counts at both ends: every matching
 * post is one lead and one message, none is lost, none comes twice, no position goes backwards.
 *
 * <p>{@code -Djobradar.crash.kills=300} makes it longer, {@code -Djobradar.crash.seed} repeats one.
 */
@ParameterizedClass
@EnumSource(Vendor.class)
@Order(1)
@Timeout(value = 3, unit = TimeUnit.HOURS)
@Execution(ExecutionMode.CONCURRENT)
class CrashIT {
  private static final int KILLS = Integer.getInteger("jobradar.crash.kills", 10);
  private static final long SEED = Long.getLong("jobradar.crash.seed", System.nanoTime());

  private static final int USERS = 4;
  private static final int JOINED = 3;
  private static final int OTHERS = 2;
  private static final int POSTS_PER_SECOND = 15;

  /** Every matching post has one, and so has every message about it. */
  private static final Pattern TOKEN = Pattern.compile("лид-(\\d+)-лид");

  @TempDir Path folder;

  private final Vendor vendor;
  private final Random random = new Random(SEED);
  private final Sandbox sandbox = Sandbox.builder().strict(true).start();
  private final TestDatabase database;
  private final List<String> channels;
  private final List<ReadyAccount> accounts = sandbox.readyAccounts(USERS);

  /** Which matching posts were made: channel and message id to the token in the text. */
  private final Map<String, Integer> posted = new TreeMap<>();

  CrashIT(Vendor vendor) {
    this.vendor = vendor;
    this.database = TestDatabase.open(vendor);
    this.channels = new ArrayList<>(ReadyUser.channels(sandbox, accounts.getFirst(), true, JOINED));
    this.channels.addAll(ReadyUser.channels(sandbox, accounts.getFirst(), false, OTHERS));
    Vault vault = Vault.open(database.settings());
    for (ReadyAccount account : accounts) {
      ReadyUser.store(database, vault, account, channels);
    }
  }

  @AfterEach
  void close() {
    sandbox.close();
    database.close();
  }

  @Test
  void every_matching_post_is_one_lead_and_one_message_however_often_the_service_dies()
      throws Exception {
    System.out.println("CrashIT on " + vendor + ", -Djobradar.crash.seed=" + SEED);
    Map<String, Integer> positions = new HashMap<>();
    try (Poster poster = new Poster()) {
      try (RunningService first = RunningService.start(database.settings(), sandbox, folder)) {
        first.awaitReady();
        awaitTrue(first, "every source was looked at", () -> uninitialised() == 0);
        poster.start();
        pause(500 + random.nextInt(1_000));
        first.kill();
      }
      for (int kill = 1; kill < KILLS; kill++) {
        checkPositions(positions);
        try (RunningService next = RunningService.start(database.settings(), sandbox, folder)) {
          // Every third dies while it is still starting.
          if (kill % 3 > 0) {
            next.awaitReady();
            pause(random.nextInt(2_500));
          } else {
            pause(500 + random.nextInt(3_000));
          }
          next.kill();
        }
      }
    }
    checkPositions(positions);
    try (RunningService last = RunningService.start(database.settings(), sandbox, folder)) {
      last.awaitReady();
      long expected = (long) USERS * posted.size();
      awaitTrue(last, "every lead", () -> count("select count(*) from leads") >= expected);
      awaitTrue(
          last,
          "every message",
          () -> count("select count(*) from leads where delivered_at is null") == 0);
      last.stop();
    }
    checkPositions(positions);
    assertThat(posted).as("enough happened").hasSizeGreaterThan(30);
    for (ReadyAccount account : accounts) {
      assertThat(leads(account)).isEqualTo(posted.keySet());
      Map<Integer, Long> messages = tokensReceived(account);
      assertThat(messages.keySet()).isEqualTo(Set.copyOf(posted.values()));
      assertThat(messages.values()).as("messages about one lead").containsOnly(1L);
    }
    assertThat(count("select count(*) from telegram_sessions where ended is not null")).isZero();
    assertThat(sandbox.stats().maxOpenPerKey()).isEqualTo(1);
    assertThat(sandbox.stats().maxOpenPerAccount()).isEqualTo(1);
    Eventually.await(
        "Telegram sees every connection closed", () -> sandbox.stats().connections() == 0);
  }

  // --- looking -------------------------------------------------------------------------------

  private static void awaitTrue(RunningService service, String what, Callable<Boolean> condition)
      throws InterruptedException, IOException {
    try {
      Eventually.await(what, Duration.ofMinutes(2), condition);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("not in time: " + what + "\n" + service.tail(), e);
    }
  }

  private static void pause(long millis) throws InterruptedException {
    Thread.sleep(millis);
  }

  private long count(String sql) {
    return database.client().sql(sql).query(Long.class).single();
  }

  private long uninitialised() {
    return count("select count(*) from sources where last_message_id is null");
  }

  /** No source's place may be before where it was seen last. */
  private void checkPositions(Map<String, Integer> before) {
    Map<String, Integer> now = new HashMap<>();
    database
        .client()
        .sql("select id, last_message_id from sources")
        .query(row -> {
          now.put(row.getString("id"), row.getInt("last_message_id"));
        });
    before.forEach((source, id) -> assertThat(now.get(source)).isGreaterThanOrEqualTo(id));
    before.putAll(now);
  }

  private Set<String> leads(ReadyAccount account) {
    return new TreeSet<>(
        database
            .client()
            .sql(
                "select l.source, l.message_id from leads l join users u on u.id = l.user_id"
                    + " where u.telegram_user_id = ?")
            .param(account.user().value())
            .query((row, n) -> row.getString("source") + "/" + row.getInt("message_id"))
            .list());
  }

  /** How many messages in Saved Messages mention each token. */
  private Map<Integer, Long> tokensReceived(ReadyAccount account) {
    return sandbox.savedMessages(account.user()).stream()
        .flatMap(message -> tokens(message.message().text()).stream())
        .collect(Collectors.groupingBy(token -> token, TreeMap::new, Collectors.counting()));
  }

  private static Set<Integer> tokens(String text) {
    Set<Integer> tokens = new TreeSet<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(Integer.valueOf(matcher.group(1)));
    }
    return tokens;
  }

  // --- posting -------------------------------------------------------------------------------

  /** Posts all the time, whether anybody listens or not; every third post matches. */
  private final class Poster implements AutoCloseable {
    private final Thread thread = Thread.ofVirtual().name("poster").unstarted(this::run);
    private volatile boolean stopping;

    void start() {
      thread.start();
    }

    private void run() {
      Random choice = new Random(SEED + 1);
      for (int number = 1; !stopping; number++) {
        String channel = channels.get(choice.nextInt(channels.size()));
        if (number % 3 == 0) {
          int id = sandbox.post(channel, "лид-" + number + "-лид. Вакансия для всех").id();
          posted.put(channel + "/" + id, number);
        } else {
          sandbox.post(channel, "Новости номер " + number);
        }
        try {
          pause(1_000 / POSTS_PER_SECOND);
        } catch (InterruptedException e) {
          return;
        }
      }
    }

    @Override
    public void close() {
      stopping = true;
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

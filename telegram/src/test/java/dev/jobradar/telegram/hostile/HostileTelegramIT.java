package dev.jobradar.telegram.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * However data centres answer, a whole client, from its sign-in on, opens few connections, makes
 * few calls, needs little stack and memory, ends every call, and tells why it does not work. In
 * real time, hundreds of clients at once. The number of seeds is set with {@code
 * -Djobradar.hostile.seeds=10000}, one of them is repeated with {@code -Djobradar.hostile.seed=N}.
 */
class HostileTelegramIT {
  private static final int SEEDS = Integer.getInteger("jobradar.hostile.seeds", 300);
  private static final @Nullable Integer ONE = Integer.getInteger("jobradar.hostile.seed");
  private static final int AT_ONCE = Integer.getInteger("jobradar.hostile.at.once", 150);

  /**
   * A data centre that sends an account away is left over three connections: for the sign-in, to
   * leave it elsewhere, to stay. It sends it away again at once: with the first connection that
   * makes four, three after a quarter of a second, three after half a second more, and the next
   * pause is a second. A connection that breaks while another one is being made adds its redials,
   * the first after a quarter of a second.
   */
  private static final int CONNECTIONS_A_SECOND = 12;

  /** The same with the pauses that follow, of 1, 2 and 4 seconds. */
  private static final int CONNECTIONS_IN_TEN_SECONDS = 24;

  /**
   * Each of those three moves asks where the account is, where the data centre is, for the sign-in,
   * and leaves it; then the first query, what the person wants and two calls for updates are made
   * again. A person does two things a second.
   */
  private static final int CALLS_A_SECOND = 3 * 8 + 2;

  /** The same with the moves that follow. */
  private static final int CALLS_IN_TEN_SECONDS = 6 * 8 + 20;

  /** A packet and its repetition, for each call and each connection. */
  private static final int WRONG_SALTS_IN_ALL = 200;

  /** With what the server knows of it. */
  private static final long BYTES_OF_A_CLIENT = 100_000;

  private static final long BYTES_OF_ALL = 50_000_000;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  @Timeout(value = 3_600, unit = TimeUnit.SECONDS)
  void no_answers_make_a_client_flood_its_servers_or_fall_silent() throws Exception {
    ConcurrentLinkedQueue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
    try {
      if (ONE != null) {
        run(ONE, ONE + 1);
      } else {
        for (int seed = 0; seed < SEEDS; seed += AT_ONCE) {
          run(seed, Math.min(SEEDS, seed + AT_ONCE));
        }
      }
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertThat(uncaught).isEmpty();
  }

  private static void run(int from, int to) throws Exception {
    try (HostileTelegram telegram = new HostileTelegram();
        ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      long usedBefore = usedMemory();
      List<HostileRun> runs = new ArrayList<>();
      for (int seed = from; seed < to; seed++) {
        runs.add(new HostileRun(seed, telegram));
      }
      List<Future<?>> busy = new ArrayList<>();
      for (HostileRun run : runs) {
        busy.add(
            people.submit(() -> {
              run.go();
              return null;
            }));
      }
      for (Future<?> one : busy) {
        one.get(5 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
      runs.forEach(HostileRun::requireAnOutcome);
      assertThat(usedMemory() - usedBefore)
          .as("bytes of %s clients", runs.size())
          .isLessThan(BYTES_OF_ALL + runs.size() * BYTES_OF_A_CLIENT);
      try (ExecutorService closing = Executors.newVirtualThreadPerTaskExecutor()) {
        runs.forEach(run -> closing.execute(run::close));
      }
      for (HostileRun run : runs) {
        run.requireClosed(PATIENCE);
        run.requireFewer(
            CALLS_A_SECOND, CALLS_IN_TEN_SECONDS, CONNECTIONS_A_SECOND, CONNECTIONS_IN_TEN_SECONDS);
        assertThat(run.server.wrongSalts())
            .as("%s: wrong salts", run)
            .isLessThanOrEqualTo(WRONG_SALTS_IN_ALL);
      }
      assertThat(telegram.network().maxOpenPerKey()).as("connections of a key").isEqualTo(1);
      assertThat(telegram.network().maxOpenPerAccount()).as("of an account").isEqualTo(1);
      report(from, runs);
    }
  }

  private static void report(int from, List<HostileRun> runs) {
    System.out.printf(
        Locale.ROOT,
        "%d clients from seed %d: %d calls, at most %d a second and %d in ten; connections %d and"
            + " %d; %d wrong salts%n",
        runs.size(),
        from,
        runs.stream().mapToInt(run -> run.server.calls.all()).sum(),
        most(runs, run -> run.server.calls.most(1_000)),
        most(runs, run -> run.server.calls.most(10_000)),
        most(runs, run -> run.connections.most(1_000)),
        most(runs, run -> run.connections.most(10_000)),
        most(runs, run -> (int) run.server.wrongSalts()));
  }

  private static int most(List<HostileRun> runs, ToIntFunction<HostileRun> figure) {
    return runs.stream().mapToInt(figure).max().orElse(0);
  }

  private static long usedMemory() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}

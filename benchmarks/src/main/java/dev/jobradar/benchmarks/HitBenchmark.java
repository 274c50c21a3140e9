package dev.jobradar.benchmarks;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.jobradar.clients.ClientResult;
import dev.jobradar.clients.UserClients;
import dev.jobradar.clients.UserId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Asking for a user's client when there is one, at 10,000 users who are really connected, beside
 * what one might have taken instead. Each call makes the user's id from a number, as a caller does.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // by JMH, in connect()
public class HitBenchmark {
  private static final int USERS = 10_000;

  private SandboxChild sandbox;
  private UserClients clients;
  private AsyncLoadingCache<UserId, ClientResult> caffeine;
  private final Map<UserId, ClientResult> map = new HashMap<>();
  private final Map<UserId, ClientResult> concurrent = new ConcurrentHashMap<>();

  /** Users in no order, each thread from a place of its own. */
  @State(Scope.Thread)
  public static class Order {
    private final int[] users = new int[1 << 16];
    private int at;

    @Setup
    public void shuffle() {
      SplittableRandom random = new SplittableRandom(Thread.currentThread().threadId());
      for (int i = 0; i < users.length; i++) {
        users[i] = random.nextInt(USERS);
      }
    }

    UserId next() {
      at = (at + 1) & (users.length - 1);
      return new UserId(users[at]);
    }
  }

  @Setup(Level.Trial)
  public void connect() throws IOException, InterruptedException {
    sandbox = SandboxChild.start(Path.of(System.getProperty("jobradar.command")));
    MemorySessions sessions = new MemorySessions(sandbox.accounts(USERS));
    clients = sessions.clients(sandbox.dataCentres(), 100);
    clients.connectAll(sessions.users());
    for (UserId user : sessions.users()) {
      ClientResult answer = clients.get(user, Duration.ofMinutes(5));
      if (!(answer instanceof ClientResult.Connected)) {
        throw new IllegalStateException("not connected: " + answer);
      }
      map.put(user, answer);
      concurrent.put(user, answer);
    }
    caffeine =
        Caffeine.newBuilder()
            .maximumSize(2 * USERS)
            .buildAsync(user -> Objects.requireNonNull(map.get(user)));
    map.forEach((user, answer) -> caffeine.get(user).join());
  }

  @TearDown(Level.Trial)
  public void disconnect() throws IOException {
    clients.close();
    sandbox.close();
  }

  @Benchmark
  public ClientResult userClients(Order order) throws InterruptedException {
    return clients.get(order.next());
  }

  @Benchmark
  @Threads(2)
  public ClientResult userClientsTwoThreads(Order order) throws InterruptedException {
    return clients.get(order.next());
  }

  @Benchmark
  public ClientResult caffeineCache(Order order) {
    return caffeine.get(order.next()).join();
  }

  @Benchmark
  @Threads(2)
  public ClientResult caffeineCacheTwoThreads(Order order) {
    return caffeine.get(order.next()).join();
  }

  /** The least that a look-up can cost: no life cycle at all. */
  @Benchmark
  public @Nullable ClientResult concurrentMap(Order order) {
    return concurrent.get(order.next());
  }

  @Benchmark
  @Threads(2)
  public @Nullable ClientResult concurrentMapTwoThreads(Order order) {
    return concurrent.get(order.next());
  }

  @Benchmark
  public @Nullable ClientResult synchronizedMap(Order order) {
    synchronized (map) {
      return map.get(order.next());
    }
  }

  @Benchmark
  @Threads(2)
  public @Nullable ClientResult synchronizedMapTwoThreads(Order order) {
    synchronized (map) {
      return map.get(order.next());
    }
  }

  /** What making the id costs, and taking the next one. */
  @Benchmark
  public void idAlone(Order order, Blackhole hole) {
    hole.consume(order.next().value());
  }
}

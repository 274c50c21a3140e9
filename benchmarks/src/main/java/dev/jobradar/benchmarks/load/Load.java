package dev.jobradar.benchmarks.load;

import dev.jobradar.benchmarks.SandboxChild;
import dev.jobradar.benchmarks.SandboxChild.Account;
import dev.jobradar.benchmarks.ServiceChild;
import dev.jobradar.benchmarks.TemporaryFolder;
import dev.jobradar.benchmarks.ThisProcess;
import dev.jobradar.benchmarks.Watched;
import dev.jobradar.sandbox.feed.LoadChannels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The service under load: how late leads come, what a post and a lead cost, and whether anything is
 * lost or doubled. Sandbox and service are processes of their own on this machine.
 *
 * <pre>Load JOBRADAR [OPTION VALUE]…</pre>
 */
final class Load {
  /** What is needed beside the posts, at the most. */
  private static final Duration BESIDES = Duration.ofMinutes(40);

  private Load() {}

  /** Measures and prints. */
  public static void main(String[] args) throws Exception {
    if (Arrays.asList(args).contains("--help")) {
      System.out.println(LoadOptions.USAGE);
      return;
    }
    LoadOptions options;
    try {
      if (args.length == 0) {
        throw new IllegalArgumentException("JOBRADAR is missing");
      }
      options = LoadOptions.parse(Arrays.asList(args).subList(1, args.length));
    } catch (IllegalArgumentException e) {
      System.err.println("load: " + e.getMessage() + "\n" + LoadOptions.USAGE);
      System.exit(2);
      return;
    }
    ThisProcess.requireFiles(options.users());
    endWithin(options.length().multipliedBy(3).plus(BESIDES));
    try (Cleanup cleanup = new Cleanup()) {
      Runtime.getRuntime().addShutdownHook(new Thread(cleanup::close));
      measure(options, Path.of(args[0]), cleanup);
    }
    System.exit(0);
  }

  private static void measure(LoadOptions options, Path jobradar, Cleanup cleanup)
      throws Exception {
    Path home = cleanup.add(new TemporaryFolder("jobradar-benchmark-load")).path();
    Watched watched = new Watched();
    SandboxChild sandbox =
        cleanup.add(
            SandboxChild.startWatched(
                jobradar,
                List.of("--channels", Integer.toString(options.channels())),
                event -> watched.on(event, System.nanoTime())));
    LoadDatabase database = cleanup.add(LoadDatabase.open(options.database(), home));
    Map<String, String> settings = new HashMap<>(database.environment());
    if (options.heapMegabytes() > 0) {
      settings.put("JDK_JAVA_OPTIONS", "-Xmx" + options.heapMegabytes() + "m");
    }
    ServiceChild first = cleanup.add(new ServiceChild(jobradar, sandbox, home, settings));
    first.awaitReady();
    first.close();
    LoadPlan plan = LoadPlan.of(options.users(), options.channels(), options.seed());
    List<Account> accounts = sandbox.describedAccounts(options.users());
    if (options.joined()) {
      join(sandbox, plan, accounts);
    }
    database.store(plan, accounts);
    ServiceChild service = cleanup.add(new ServiceChild(jobradar, sandbox, home, settings));
    long began = System.nanoTime();
    service.awaitReady();
    new LoadRun(options, plan, accounts, sandbox, watched, database, service).run(began);
  }

  private static void join(SandboxChild sandbox, LoadPlan plan, List<Account> accounts)
      throws Exception {
    for (int user = 0; user < plan.users(); user++) {
      long account = accounts.get(user).userId();
      for (int rank : plan.channelsOf(user)) {
        sandbox.order(Map.of("do", "join", "user_id", account, "channel", LoadChannels.name(rank)));
      }
    }
    // Commands are done in order: when this one is, so are those before.
    var _ = sandbox.ask(Map.of("do", "stats"), "stats");
  }

  private static void endWithin(Duration most) {
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            Thread.sleep(most);
          } catch (InterruptedException e) {
            return;
          }
          System.err.println("load: not done after " + most.toMinutes() + " minutes");
          System.exit(1);
        });
  }

  /** What was started, closed once, the last first: at the end, on failure and on Ctrl-C. */
  private static final class Cleanup implements AutoCloseable {
    private final Deque<AutoCloseable> all = new ArrayDeque<>();
    private boolean closed;

    synchronized <T extends AutoCloseable> T add(T started) throws Exception {
      if (closed) {
        started.close();
        throw new IllegalStateException("the program is ending");
      }
      all.push(started);
      return started;
    }

    @Override
    public synchronized void close() {
      closed = true;
      while (!all.isEmpty()) {
        try {
          all.pop().close();
        } catch (Exception e) {
          System.err.println("load: something was left behind: " + e.getMessage());
        }
      }
    }
  }
}

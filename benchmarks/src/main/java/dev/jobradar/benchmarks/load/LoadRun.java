package dev.jobradar.benchmarks.load;

import dev.jobradar.benchmarks.PostNumber;
import dev.jobradar.benchmarks.SandboxChild;
import dev.jobradar.benchmarks.SandboxChild.Account;
import dev.jobradar.benchmarks.ServiceChild;
import dev.jobradar.benchmarks.ThisProcess;
import dev.jobradar.benchmarks.Watched;
import dev.jobradar.benchmarks.Watched.Message;
import dev.jobradar.benchmarks.load.CpuCost.Stretch;
import dev.jobradar.benchmarks.load.LoadOutcome.Posted;
import dev.jobradar.sandbox.feed.LoadChannels;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * One run, once users are stored and the service is up: nothing for a while, posts to warm up, the
 * posts that are counted, and posts that nobody wants.
 */
final class LoadRun {
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration MOST_UNWANTED = Duration.ofMinutes(1);

  /** So often it is looked whether leads came together in one message. */
  private static final Duration LOOK = Duration.ofSeconds(10);

  /** How long the last leads may take. */
  private static final Duration MOST_LATE = Duration.ofMinutes(4);

  private static final int MOST_MESSAGES = 10_000;

  private final LoadOptions options;
  private final LoadPlan plan;
  private final List<Account> accounts;
  private final SandboxChild sandbox;
  private final Watched watched;
  private final LoadDatabase database;
  private final ServiceChild service;
  private final List<Posted> posted = new ArrayList<>();
  private Duration latest = Duration.ZERO;

  LoadRun(
      LoadOptions options,
      LoadPlan plan,
      List<Account> accounts,
      SandboxChild sandbox,
      Watched watched,
      LoadDatabase database,
      ServiceChild service) {
    this.options = options;
    this.plan = plan;
    this.accounts = accounts;
    this.sandbox = sandbox;
    this.watched = watched;
    this.database = database;
    this.service = service;
  }

  /**
   * Measures and prints.
   *
   * @param began when the service was started
   */
  void run(long began) throws IOException, InterruptedException, SQLException {
    LoadReport report = new LoadReport();
    report.setting(options);
    awaitWatching();
    report.up(since(began), cpu(), plan.users());
    Moment beforeIdle = now();
    TimeUnit.NANOSECONDS.sleep(IDLE.toNanos());
    Stint idle = now().since(beforeIdle);
    long restingMemory = ThisProcess.resident(pid());

    var _ = post(random(WARM_UP, true));
    var _ = drain();

    if (options.recording() != null) {
      jcmd(
          "JFR.start",
          "name=load",
          "settings=profile",
          "jdk.CPUTimeSample#enabled=true",
          "jdk.ExecutionSample#enabled=false");
    }
    watched.resetConnectionCounts();
    latest = Duration.ZERO;
    Moment beforeMixed = now();
    List<LoadPost> mixed = random(options.length(), true);
    List<Posted> counted = post(mixed);
    Stint busy = now().since(beforeMixed);
    report.requests(watched.requests(ids()), watched.errors(), options.length());
    report.load(busy, mixed.size(), latest);
    boolean handled = drain();
    Stint mixedStint = now().since(beforeMixed);
    if (options.recording() != null) {
      jcmd("JFR.stop", "name=load", "filename=" + options.recording());
    }

    Moment beforeUnwanted = now();
    List<LoadPost> unwanted = new ArrayList<>(random(shorter(options.length()), false));
    var _ = post(unwanted);
    List<LoadPost> closing = LoadPost.closing(next(), plan.channels());
    var _ = post(closing);
    unwanted.addAll(closing);
    handled &= drain();
    Stint unwantedStint = now().since(beforeUnwanted);

    List<List<Message>> received = received();
    report.outcome(LoadOutcome.of(plan, counted, received), since(counted.getFirst().nanos()));
    report.books(LoadOutcome.of(plan, posted, received), watched.dropped(), mostConnections());
    Stretch all = stretch(mixed, mixedStint, idle);
    Stretch none = stretch(unwanted, unwantedStint, idle);
    // A service that is behind has done only a part of what it is counted for.
    report.cpu(all, none, handled ? CpuCost.of(all, none) : null, idle);
    report.memory(
        restingMemory,
        ThisProcess.resident(pid()),
        ThisProcess.mostResident(pid()),
        ThisProcess.resident(sandbox.process().pid()));
    report.log(LogFindings.of(service.log()));
    System.out.print(report);
  }

  // --- posting -------------------------------------------------------------------------------

  private int next() {
    return posted.size() + 1;
  }

  private static Duration shorter(Duration length) {
    return length.compareTo(MOST_UNWANTED) < 0 ? length : MOST_UNWANTED;
  }

  private List<LoadPost> random(Duration over, boolean wanted) {
    return LoadPost.random(
        next(),
        (int) (options.rate() * over.toSeconds()),
        over,
        options.channels(),
        wanted,
        options.seed());
  }

  private List<Posted> post(List<LoadPost> posts) throws IOException, InterruptedException {
    List<Posted> made = new ArrayList<>(posts.size());
    long began = System.nanoTime();
    for (LoadPost post : posts) {
      String text = post.text(options.seed());
      long due = began + post.at().toNanos();
      TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
      long now = System.nanoTime();
      latest = Duration.ofNanos(Math.max(latest.toNanos(), now - due));
      made.add(new Posted(post, now));
      sandbox.order(Map.of("do", "post", "channel", LoadChannels.name(post.rank()), "text", text));
    }
    // Says whether one was refused, and that all were made.
    var _ = sandbox.ask(Map.of("do", "stats"), "stats");
    posted.addAll(made);
    return made;
  }

  // --- waiting -------------------------------------------------------------------------------

  private void awaitWatching() throws InterruptedException, SQLException {
    long deadline =
        System.nanoTime() + Duration.ofMinutes(3).plusMillis(100L * plan.users()).toNanos();
    while (database.unwatched() > 0) {
      if (System.nanoTime() > deadline || !service.process().isAlive()) {
        throw new IllegalStateException(
            "the service does not get round to %,d of the channels"
                .formatted(database.unwatched()));
      }
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  /** Until every lead has come; false if some had not come when it was too late. */
  private boolean drain() throws IOException, InterruptedException {
    long due = plan.due(posted.stream().map(Posted::post).toList());
    long began = System.nanoTime();
    long looked = began;
    while (watched.allSent() < due && System.nanoTime() - began < MOST_LATE.toNanos()) {
      TimeUnit.MILLISECONDS.sleep(100);
      long quietSince = Math.max(looked, watched.lastSent());
      if (System.nanoTime() - quietSince > LOOK.toNanos()) {
        // Fewer messages than leads: several may have come in one.
        if (LoadOutcome.of(plan, posted, received()).lost() == 0) {
          return true;
        }
        looked = System.nanoTime();
      }
    }
    return watched.allSent() >= due;
  }

  // --- looking -------------------------------------------------------------------------------

  private List<Long> ids() {
    return accounts.stream().map(Account::userId).toList();
  }

  private List<List<Message>> received() throws IOException {
    List<List<Message>> received = new ArrayList<>(accounts.size());
    for (long account : ids()) {
      JsonNode messages =
          sandbox
              .ask(Map.of("do", "messages", "user_id", account, "limit", MOST_MESSAGES), "messages")
              .path("messages");
      List<Long> times = watched.sentBy(account);
      boolean known = times.size() == messages.size();
      List<Message> all = new ArrayList<>(messages.size());
      for (int i = 0; i < messages.size(); i++) {
        all.add(
            new Message(
                known ? times.get(i) : LoadOutcome.UNKNOWN,
                PostNumber.in(messages.path(i).path("text").asString(""))));
      }
      received.add(all);
    }
    return received;
  }

  private int mostConnections() throws IOException {
    return sandbox.ask(Map.of("do", "stats"), "stats").path("max_open_per_account").asInt();
  }

  private long pid() {
    return service.process().pid();
  }

  private Duration cpu() {
    return cpu(service.process());
  }

  private static Duration cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  /** CPU time of all until a moment. */
  private record Moment(
      long nanos, Duration service, Duration sandbox, Duration database, Duration all) {
    Stint since(Moment before) {
      return new Stint(
          Duration.ofNanos(nanos - before.nanos),
          service.minus(before.service),
          sandbox.minus(before.sandbox),
          database.minus(before.database),
          all.minus(before.all));
    }
  }

  /**
   * CPU time in a stretch of time.
   *
   * @param database of PostgreSQL's processes; zero with SQLite
   * @param all of the whole machine
   */
  record Stint(
      Duration length, Duration service, Duration sandbox, Duration database, Duration all) {
    /** How many cores that is. */
    double cores(Duration cpu) {
      return (double) cpu.toNanos() / length.toNanos();
    }
  }

  private Moment now() throws IOException {
    return new Moment(
        System.nanoTime(),
        cpu(),
        cpu(sandbox.process()),
        database.cpu().orElse(Duration.ZERO),
        ThisProcess.cpuOfAll());
  }

  /** PostgreSQL works for the service: what it needs is counted as the service's. */
  private Stretch stretch(List<LoadPost> posts, Stint stint, Stint idle) {
    double quiet = idle.cores(idle.service().plus(idle.database())) * stint.length().toNanos();
    Duration cpu = stint.service().plus(stint.database()).minusNanos((long) quiet);
    return new Stretch(plan.received(posts), plan.due(posts), cpu);
  }

  private void jcmd(String... command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    all.add(Long.toString(pid()));
    all.addAll(List.of(command));
    Process process =
        new ProcessBuilder(all)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("jcmd " + command[0] + " failed");
    }
  }
}

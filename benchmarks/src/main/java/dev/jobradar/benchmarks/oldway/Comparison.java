package dev.jobradar.benchmarks.oldway;

import dev.jobradar.benchmarks.SandboxChild;
import dev.jobradar.benchmarks.Watched;
import dev.jobradar.benchmarks.Watched.Message;
import dev.jobradar.benchmarks.oldway.Outcome.Posted;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** One run, once both ways have their users. */
final class Comparison {
  private static final String OLD_POSTS_OF = "javajobs";
  private static final int MOST_MESSAGES = 10_000;

  /** How long the last deliveries may take; two passes of the old loop if that is more. */
  private static final Duration REST = Duration.ofMinutes(1);

  private static final Duration PATIENCE = Duration.ofMinutes(8);

  private final Options options;
  private final SandboxChild sandbox;
  private final Watched watched;
  private final OldUsers old;
  private final NewUsers now;
  private final Report report = new Report();

  Comparison(Options options, SandboxChild sandbox, Watched watched, OldUsers old, NewUsers now) {
    this.options = options;
    this.sandbox = sandbox;
    this.watched = watched;
    this.old = old;
    this.now = now;
  }

  /** What was counted while posts were made. */
  private record Counted(
      Map<String, Integer> old, Map<String, Integer> now, Set<String> errors, int passes) {}

  void run() throws IOException, InterruptedException {
    say(
        String.format(
            Locale.ROOT,
            "%d users of each way, %d tasks each with %d sources (%d of all %d not joined)",
            options.users(),
            Watch.TASKS,
            Watch.of(0).getFirst().sources().size(),
            Watch.OTHERS.size(),
            Watch.channels().size()));
    int first = settle();
    if (options.roundTrip().isPositive()) {
      sandbox.ask(
          Map.of(
              "do", "fault", "fault", "delay_answers", "delay_ms", options.roundTrip().toMillis()),
          "fault");
    }
    List<PlannedPost> table = Timetable.main(options.seed(), first, options.length());
    say(
        String.format(
            Locale.ROOT,
            "%,d posts in %d minutes, seed %d; the old loop begins every %d s; an answer takes %d"
                + " ms",
            table.size(),
            options.length().toMinutes(),
            options.seed(),
            options.interval().toSeconds(),
            options.roundTrip().toMillis()));
    List<Posted> posted = new ArrayList<>();
    Counted counted = post(table, posted);
    say("the posts are made; waiting for the last deliveries");
    awaitDeliveries(posted);
    old.loop().close();
    report.requests(counted.old(), counted.now(), options.length());
    report.outcomes(finalOutcome(old, posted), finalOutcome(now, posted));
    report.row("passes of the loop meanwhile", Integer.toString(counted.passes()), "–");
    report.row("  the longest took", Report.seconds(old.loop().longestPass()), "–");
    backfill();
    report.row("connections of an account, at most", mostOpen(old), mostOpen(now));
    System.out.print(report);
    say(
        String.format(
            Locale.ROOT,
            "errors that requests were answered with: %s; requests of the old loop that failed: %d",
            counted.errors().isEmpty() ? "none" : counted.errors(),
            old.loop().failures()));
  }

  /** Lets a first post of every kind come through on both ways; the number of the next post. */
  private int settle() throws IOException, InterruptedException {
    old.loop().start();
    List<Posted> posted = new ArrayList<>();
    for (PlannedPost post : Timetable.first(options.seed())) {
      posted.add(new Posted(post, System.nanoTime()));
      sandbox.post(post.channel(), post.text());
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!(outcome(old, posted).complete() && outcome(now, posted).complete())) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "not even the first posts have come: %d of the old way are missing, %d of the service"
                .formatted(outcome(old, posted).lost(), outcome(now, posted).lost()));
      }
      TimeUnit.SECONDS.sleep(1);
    }
    return posted.getLast().post().number() + 1;
  }

  private Counted post(List<PlannedPost> table, List<Posted> posted)
      throws IOException, InterruptedException {
    int passes = old.loop().passes();
    old.loop().longestPass();
    watched.resetConnectionCounts();
    long began = System.nanoTime();
    for (PlannedPost post : table) {
      sleepUntil(began + post.at().toNanos());
      posted.add(new Posted(post, System.nanoTime()));
      sandbox.post(post.channel(), post.text());
    }
    sleepUntil(began + options.length().toNanos());
    catchUp();
    return new Counted(
        watched.requests(old.accounts()),
        watched.requests(now.accounts()),
        watched.errors(),
        old.loop().passes() - passes);
  }

  /** Lines come in order: when this is answered, those of all requests before have been read. */
  private void catchUp() throws IOException {
    sandbox.ask(Map.of("do", "stats"), "stats");
  }

  private static void sleepUntil(long nanos) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(Math.max(0, nanos - System.nanoTime()));
  }

  /** Until all came, or what has not come will not come any more. */
  private void awaitDeliveries(List<Posted> posted) throws IOException, InterruptedException {
    int passes = old.loop().passes();
    long began = System.nanoTime();
    while (System.nanoTime() - began < PATIENCE.toNanos()) {
      boolean rested = System.nanoTime() - began > REST.toNanos();
      // The pass that was under way does not count.
      boolean oldDone = rested && old.loop().passes() >= passes + 2;
      if ((oldDone || outcome(old, posted).complete())
          && (rested || outcome(now, posted).complete())) {
        return;
      }
      TimeUnit.SECONDS.sleep(2);
    }
  }

  private Outcome outcome(Way way, List<Posted> posted) throws IOException {
    List<List<Message>> received = new ArrayList<>();
    for (long account : way.accounts()) {
      received.add(watched.messages(account, savedMessages(account)));
    }
    return Outcome.of(posted, received);
  }

  private Outcome finalOutcome(Way way, List<Posted> posted) throws IOException {
    for (long account : way.accounts()) {
      watched.requireWhole(account, savedMessages(account).size());
    }
    return outcome(way, posted);
  }

  private List<String> savedMessages(long account) throws IOException {
    List<String> texts = new ArrayList<>();
    sandbox
        .ask(Map.of("do", "messages", "user_id", account, "limit", MOST_MESSAGES), "messages")
        .path("messages")
        .forEach(message -> texts.add(message.path("text").asString("")));
    return texts;
  }

  private void backfill() throws IOException, InterruptedException {
    int wanted = options.backfill();
    Random random = new Random(options.seed());
    int there =
        sandbox
            .ask(Map.of("do", "channel", "channel", OLD_POSTS_OF), "channel")
            .path("posts")
            .asInt();
    for (int number = 1_000_000 + there; there < wanted; there++, number++) {
      PlannedPost more =
          PlannedPost.of(
              number, Duration.ZERO, OLD_POSTS_OF, null, PlannedPost.Kind.STEADY, random);
      sandbox.post(more.channel(), more.text());
    }
    Backfilled before = backfill(old, wanted);
    Backfilled after = backfill(now, wanted);
    report.row("backfill: posts found", before.found(), after.found());
    report.row("  requests", before.requests(), after.requests());
    report.row("  time, without the old way's pauses", before.time(), after.time());
    // The old service paused 2 to 5 seconds after each message.
    report.row(
        "  with them (computed)",
        "%d to %d min".formatted(Math.round(wanted * 2 / 60.0), Math.round(wanted * 5 / 60.0)),
        after.time());
  }

  private record Backfilled(int found, int requests, String time) {}

  private Backfilled backfill(Way way, int wanted) throws IOException, InterruptedException {
    watched.resetConnectionCounts();
    long began = System.nanoTime();
    int found = way.backfill(OLD_POSTS_OF, wanted);
    Duration time = Duration.ofNanos(System.nanoTime() - began);
    catchUp();
    int requests =
        watched.requests(way.accounts().subList(0, 1)).getOrDefault("messages.getHistory", 0);
    return new Backfilled(found, requests, Report.seconds(time));
  }

  private int mostOpen(Way way) throws IOException {
    int most = 0;
    JsonNode connections = sandbox.ask(Map.of("do", "connections"), "connections");
    for (JsonNode account : connections.path("accounts")) {
      if (way.accounts().contains(account.path("user_id").asLong())) {
        most = Math.max(most, account.path("max_open").asInt());
      }
    }
    return most;
  }

  private static void say(String line) {
    System.out.println(line);
  }
}

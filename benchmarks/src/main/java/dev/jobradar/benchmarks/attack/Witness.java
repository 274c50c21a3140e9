package dev.jobradar.benchmarks.attack;

import dev.jobradar.benchmarks.SandboxChild;
import dev.jobradar.benchmarks.attack.Browser.Answer;
import dev.jobradar.benchmarks.attack.People.Person;
import dev.jobradar.benchmarks.attack.People.SignIn;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What innocent people notice while something happens: how long liveness takes, how long a post
 * takes to become a lead, and whether somebody can sign in.
 */
final class Witness {
  private static final String CHANNEL = "javajobs";
  private static final String WORD = "innocent";

  /** What takes longer is not waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Target target;
  private final SandboxChild sandbox;
  private final People people;
  private final Person reader;
  private final String liveness;
  private final AtomicLong posts = new AtomicLong();

  /** Signs somebody in who has a task that runs. */
  Witness(Target target, SandboxChild sandbox, People people)
      throws IOException, InterruptedException {
    this.target = target;
    this.sandbox = sandbox;
    this.people = people;
    this.reader = people.signedIn();
    // Versions that had liveness elsewhere are asked for the page, which needs no database either.
    this.liveness = status("/livez") == 404 ? "/" : "/livez";
    long task = people.task(reader, List.of(CHANNEL), List.of(WORD));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!reader
        .browser()
        .get("/api/tasks/" + task)
        .body()
        .path("source_states")
        .path(0)
        .path("last_message_id")
        .isNumber()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("the service does not get round to the source");
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  Person reader() {
    return reader;
  }

  /**
   * What was noticed.
   *
   * @param liveness the longest answer
   * @param lead the longest time from a post to its lead
   * @param signIn how it went, and how long it took
   * @param more what only this attack is about
   */
  record Noticed(Duration liveness, Duration lead, String signIn, String more) {}

  /** How somebody signs in, if this attack has one in mind. */
  interface SigningIn {
    SignIn run() throws IOException, InterruptedException;
  }

  /** The attack itself; returns what only it is about. */
  interface Attack {
    String run() throws IOException, InterruptedException;
  }

  /**
   * Watches an attack from its beginning to its end, and until what was posted meanwhile is there.
   *
   * @param person somebody who has signed in before and is not signed in now
   */
  Noticed watch(Attack attack, Person person, @Nullable SigningIn other)
      throws IOException, InterruptedException {
    List<String> failures = new ArrayList<>();
    AtomicLong liveness = new AtomicLong();
    AtomicLong lead = new AtomicLong();
    Thread alive = repeat("liveness", failures, () -> longest(liveness, this::livenessOnce));
    Thread leads = repeat("leads", failures, () -> longest(lead, this::leadOnce));
    StringBuilder signIn = new StringBuilder();
    Thread signs = Thread.ofPlatform().start(() -> signIn.append(signIn(person, other)));
    String more;
    try {
      more = attack.run();
      var _ = signs.join(PATIENCE);
    } finally {
      for (Thread each : List.of(alive, leads, signs)) {
        each.interrupt();
        each.join();
      }
    }
    synchronized (failures) {
      String told = failures.isEmpty() ? more : more + "; " + String.join(", ", failures);
      return new Noticed(
          Duration.ofNanos(liveness.get()), Duration.ofNanos(lead.get()), signIn.toString(), told);
    }
  }

  private String signIn(Person person, @Nullable SigningIn other) {
    try {
      // When it has begun.
      TimeUnit.SECONDS.sleep(3);
      long begun = System.nanoTime();
      SignIn done = other == null ? people.signInAgain(person) : other.run();
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      return done.done() ? time(took) : done.told();
    } catch (IOException e) {
      return "fails: " + e.getClass().getSimpleName();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "not within " + PATIENCE.toSeconds() + " s";
    }
  }

  private interface Once {
    /** Says how long it took. */
    long run() throws IOException, InterruptedException;
  }

  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  private static void longest(AtomicLong longest, Once once)
      throws IOException, InterruptedException {
    long took = once.run();
    longest.accumulateAndGet(took, Math::max);
  }

  /** Until it is interrupted; what is under way is finished first. */
  private static Thread repeat(String name, List<String> failures, Step step) {
    return Thread.ofPlatform()
        .name(name)
        .start(() -> {
          boolean failed = false;
          while (!Thread.currentThread().isInterrupted()) {
            try {
              step.run();
              TimeUnit.MILLISECONDS.sleep(100);
            } catch (IOException e) {
              if (!failed) {
                failed = true;
                synchronized (failures) {
                  failures.add(name + " fails: " + e.getMessage());
                }
              }
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        });
  }

  private long livenessOnce() throws IOException, InterruptedException {
    long begun = System.nanoTime();
    int status = status(liveness);
    if (status != 200) {
      throw new IOException("status " + status);
    }
    return System.nanoTime() - begun;
  }

  private int status(String path) throws IOException, InterruptedException {
    return target
        .http()
        .send(target.to(path).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private long leadOnce() throws IOException, InterruptedException {
    String text = WORD + " post " + posts.incrementAndGet() + " ends here";
    long begun = System.nanoTime();
    sandbox.post(CHANNEL, text);
    boolean interrupted = false;
    while (true) {
      try {
        Answer leads = reader.browser().get("/api/leads?page=1&limit=20");
        if (leads.body().toString().contains(text)) {
          if (interrupted) {
            Thread.currentThread().interrupt();
          }
          return System.nanoTime() - begun;
        }
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        // The attack is over; this post counts nevertheless.
        interrupted = true;
      }
      if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        throw new IOException("none within " + PATIENCE.toSeconds() + " s");
      }
    }
  }

  static String time(Duration time) {
    return time.compareTo(Duration.ofSeconds(1)) < 0
        ? time.toMillis() + " ms"
        : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
  }
}

package dev.jobradar.benchmarks.attack;

import dev.jobradar.benchmarks.SandboxChild;
import dev.jobradar.benchmarks.attack.Browser.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Accounts of the sandbox that sign in to the service. */
final class People {
  /** The codes of both versions: five digits, or eight letters and figures in two halves. */
  private static final Pattern CODE = Pattern.compile("JobRadar: ([0-9A-Z]{4}-?[0-9A-Z]{1,4})\\b");

  private final Target target;
  private final SandboxChild sandbox;
  private final AtomicInteger next = new AtomicInteger();

  People(Target target, SandboxChild sandbox) {
    this.target = target;
    this.sandbox = sandbox;
  }

  /** A person and their browser. */
  record Person(String phone, Browser browser) {
    /** Shows neither. */
    @Override
    public String toString() {
      return "Person";
    }
  }

  /** Somebody with a number that nobody has yet, far from everybody else. */
  Person stranger() {
    int number = next.incrementAndGet();
    // Numbers that end in 7 have a password, and those in 0000 no account.
    String phone = "999661%04d".formatted(1 + number / 6 * 10 + number % 6);
    return new Person(phone, new Browser(target, "203.0.%d.7".formatted(number)));
  }

  /** Somebody who has signed in with Telegram's code. */
  Person signedIn() throws IOException, InterruptedException {
    Person person = stranger();
    firstSignIn(person).orThrow();
    return person;
  }

  /** How a sign-in went: with the answer that ended it. */
  record SignIn(boolean done, String told) {
    void orThrow() throws IOException {
      if (!done) {
        throw new IOException("somebody cannot sign in: " + told);
      }
    }
  }

  /** With Telegram's code, which may have to be entered again when another one was sent. */
  SignIn firstSignIn(Person person) throws IOException, InterruptedException {
    Answer started = person.browser().post("/api/auth/start", Map.of("phone", person.phone()));
    if (!started.isOk()) {
      return new SignIn(false, started.told());
    }
    Map<String, String> id = Map.of("auth_id", started.text("auth_id"));
    Map<String, String> code = Map.of("auth_id", started.text("auth_id"), "code", "11111");
    Answer entered = person.browser().post("/api/auth/submit-code", code);
    for (int i = 0; i < 3 && entered.text("code").equals("code_renewed"); i++) {
      entered = person.browser().post("/api/auth/submit-code", code);
    }
    if (!entered.isOk()) {
      return new SignIn(false, entered.told());
    }
    Answer saved = person.browser().post("/api/auth/save", id);
    return new SignIn(saved.isOk(), saved.told());
  }

  /** With a code of the service's own. */
  SignIn signInAgain(Person person) throws IOException, InterruptedException {
    Answer started = person.browser().post("/api/auth/start", Map.of("phone", person.phone()));
    if (!started.isOk()) {
      return new SignIn(false, started.told());
    }
    if (!started.text("login_via").equals("telegram_message")) {
      return new SignIn(false, "only Telegram's own code");
    }
    Answer entered =
        person
            .browser()
            .post(
                "/api/auth/login-by-telegram",
                Map.of("phone", person.phone(), "code", code(person)));
    return new SignIn(entered.isOk(), entered.told());
  }

  private String code(Person person) throws IOException {
    JsonNode messages =
        sandbox.ask(Map.of("do", "messages", "phone", person.phone(), "limit", 1), "messages");
    Matcher code = CODE.matcher(messages.toString());
    if (!code.find()) {
      throw new IOException("there is no code in Saved Messages");
    }
    return code.group(1);
  }

  /** A task of theirs that runs. */
  long task(Person person, List<String> sources, List<String> keywords)
      throws IOException, InterruptedException {
    Answer made =
        person
            .browser()
            .post(
                "/api/tasks",
                Map.of(
                    "name",
                    "Task",
                    "status",
                    "running",
                    "sources",
                    sources,
                    "include_keywords",
                    keywords));
    if (!made.isOk() && made.status() != 201) {
      throw new IOException("there is no task: " + made.told());
    }
    return made.body().path("id").asLong();
  }
}

package dev.jobradar.benchmarks.attack;

import dev.jobradar.benchmarks.SandboxChild;
import dev.jobradar.benchmarks.attack.People.Person;
import dev.jobradar.benchmarks.attack.Witness.Attack;
import dev.jobradar.benchmarks.attack.Witness.Noticed;
import dev.jobradar.benchmarks.attack.Witness.SigningIn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Attacks a service of its own, and prints what innocent people notice of each attack.
 *
 * <pre>AttackProgram JOBRADAR [--service OTHER_JOBRADAR] [--seconds N] [--only NAME,NAME]</pre>
 */
final class AttackProgram {
  private static final String USAGE =
      """
      benchmarks/run attack [OPTION VALUE]...
        --service FILE   the ./jobradar whose service is attacked, to compare versions (this one)
        --seconds N      how long an attack lasts, 5 to 120 (20)
        --only NAMES     some of: peace, keywords, number, addresses, site, malformed, calls, lock,
                         slow, cookie\
      """;

  /** Attacks, people who sign in meanwhile, and a start. */
  private static final Duration MOST = Duration.ofMinutes(40);

  private static final List<String> NAMES =
      List.of(
          "peace",
          "keywords",
          "number",
          "addresses",
          "site",
          "malformed",
          "calls",
          "lock",
          "slow",
          "cookie");

  private AttackProgram() {}

  private record Options(Path service, Duration length, Set<String> only) {
    static Options parse(Path jobradar, List<String> arguments) {
      Path service = jobradar;
      Duration length = Duration.ofSeconds(20);
      Set<String> only = new TreeSet<>(NAMES);
      for (int i = 0; i < arguments.size(); i += 2) {
        String value = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
        switch (arguments.get(i)) {
          case "--service" -> service = Path.of(value);
          case "--seconds" -> length = Duration.ofSeconds(Integer.parseInt(value));
          case "--only" -> only = new TreeSet<>(List.of(value.split(",", -1)));
          default -> throw new IllegalArgumentException("unknown option " + arguments.get(i));
        }
      }
      if (length.toSeconds() < 5 || length.toSeconds() > 120 || !NAMES.containsAll(only)) {
        throw new IllegalArgumentException("a value that is not allowed");
      }
      return new Options(service, length, only);
    }
  }

  /** Attacks and prints. */
  public static void main(String[] args) throws Exception {
    if (Arrays.asList(args).contains("--help")) {
      System.out.println(USAGE);
      return;
    }
    Options options;
    try {
      options = Options.parse(Path.of(args[0]), Arrays.asList(args).subList(1, args.length));
    } catch (IllegalArgumentException e) {
      System.err.println("attack: " + e.getMessage() + "\n" + USAGE);
      System.exit(2);
      return;
    }
    endWithin(MOST);
    try (SandboxChild sandbox = SandboxChild.startWatched(Path.of(args[0]), event -> {});
        Target target = Target.start(options.service(), sandbox)) {
      closeOnSignal(List.of(target, sandbox));
      run(target, sandbox, options);
    }
    System.exit(0);
  }

  private interface Made {
    Attack make() throws IOException, InterruptedException;
  }

  private record Prepared(String name, Attack attack, Person person) {}

  private static void run(Target target, SandboxChild sandbox, Options options)
      throws IOException, InterruptedException {
    People people = new People(target, sandbox);
    Witness witness = new Witness(target, sandbox, people);
    Attacks attacks = new Attacks(target, sandbox, people, options.length());
    Person victim = people.signedIn();
    Map<String, Made> all = new LinkedHashMap<>();
    all.put("peace", attacks::peace);
    all.put("keywords", attacks::keywords);
    all.put("number", () -> attacks.oneNumber(victim));
    all.put("addresses", attacks::fiveAddresses);
    all.put("site", attacks::oneSite);
    all.put("malformed", attacks::malformed);
    all.put("calls", attacks::calls);
    all.put("lock", () -> attacks.lock(witness.reader()));
    all.put("slow", () -> attacks.slow(2_000));
    all.put("cookie", attacks::stolenCookie);
    // Everybody signs in first: an attack may keep people out of the service for hours.
    List<Prepared> prepared = new ArrayList<>();
    for (Map.Entry<String, Made> each : all.entrySet()) {
      if (options.only().contains(each.getKey())) {
        Person person = each.getKey().equals("number") ? victim : people.signedIn();
        person.browser().post("/api/logout", Map.of());
        prepared.add(new Prepared(each.getKey(), each.getValue().make(), person));
      }
    }
    System.out.println("| attack | liveness | a lead | a sign-in | |\n|---|---|---|---|---|");
    for (Prepared each : prepared) {
      Person newcomer = people.stranger();
      SigningIn other = each.name().equals("addresses") ? () -> people.firstSignIn(newcomer) : null;
      Noticed noticed = witness.watch(each.attack(), each.person(), other);
      System.out.printf(
          "| %s | %s | %s | %s | %s |%n",
          each.name(),
          Witness.time(noticed.liveness()),
          Witness.time(noticed.lead()),
          noticed.signIn(),
          noticed.more());
    }
    attacks.close();
  }

  private static void closeOnSignal(List<? extends AutoCloseable> what) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              for (AutoCloseable each : what) {
                try {
                  each.close();
                } catch (Exception e) {
                  System.err.println("attack: something was left behind: " + e.getMessage());
                }
              }
            }));
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
          System.err.println("attack: not done after " + most.toMinutes() + " minutes");
          System.exit(1);
        });
  }
}

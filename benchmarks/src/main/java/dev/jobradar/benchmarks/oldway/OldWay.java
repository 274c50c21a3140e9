package dev.jobradar.benchmarks.oldway;

import dev.jobradar.benchmarks.SandboxChild;
import dev.jobradar.benchmarks.Watched;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The service beside the way of its predecessor: requests to Telegram, delay from post to delivery,
 * what was lost, and what a backfill takes.
 *
 * <pre>OldWay JOBRADAR [OPTION VALUE]…</pre>
 */
final class OldWay {
  /** What is needed before and after the posts, at the most. */
  private static final Duration BESIDES = Duration.ofMinutes(20);

  private OldWay() {}

  /** Measures and prints. */
  public static void main(String[] args) throws Exception {
    if (Arrays.asList(args).contains("--help")) {
      System.out.println(Options.USAGE);
      return;
    }
    Options options;
    try {
      if (args.length == 0) {
        throw new IllegalArgumentException("JOBRADAR is missing");
      }
      options = Options.parse(Arrays.asList(args).subList(1, args.length));
    } catch (IllegalArgumentException e) {
      System.err.println("oldway: " + e.getMessage() + "\n" + Options.USAGE);
      System.exit(2);
      return;
    }
    endWithin(options.length().plus(BESIDES));
    Watched watched = new Watched();
    Path jobradar = Path.of(args[0]);
    try (SandboxChild sandbox =
            SandboxChild.startWatched(jobradar, event -> watched.on(event, System.nanoTime()));
        Service service = Service.start(jobradar, sandbox)) {
      closeOnSignal(sandbox, service);
      NewUsers now = NewUsers.open(service, sandbox, options);
      try (OldUsers old = OldUsers.open(sandbox, options)) {
        new Comparison(options, sandbox, watched, old, now).run();
      }
    }
    System.exit(0);
  }

  private static void closeOnSignal(SandboxChild sandbox, Service service) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              for (AutoCloseable each : List.of(service, sandbox)) {
                try {
                  each.close();
                } catch (Exception e) {
                  System.err.println("oldway: something was left behind: " + e.getMessage());
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
          System.err.println("oldway: not done after " + most.toMinutes() + " minutes");
          System.exit(1);
        });
  }
}

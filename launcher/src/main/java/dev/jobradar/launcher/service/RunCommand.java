package dev.jobradar.launcher.service;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jobradar run}: the service, with Telegram itself. */
@Command(
    name = "run",
    description = {
      "Runs JobRadar with Telegram itself.",
      "",
      "TELEGRAM_API_ID and TELEGRAM_API_HASH have to be set in the environment; my.telegram.org"
          + " gives every application its own. Everything else has a default and can be set in the"
          + " environment too: docs/operating.md has the list. It ends on SIGTERM or Ctrl-C, when"
          + " what is being sent has been sent.",
      "",
    })
public final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Where the web pages and the API are (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--address",
      paramLabel = "IP",
      defaultValue = "127.0.0.1",
      description =
          "The address to listen on (default: ${DEFAULT-VALUE}, for a proxy with TLS in front).")
  private String address = "127.0.0.1";

  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = "jobradar-data",
      description =
          "Where the database and the key file are, unless JOBRADAR_DATABASE and"
              + " JOBRADAR_KEY_FILE name others (default: ${DEFAULT-VALUE}).")
  private Path home = Path.of("jobradar-data");

  @Option(
      names = "--log",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How log lines are written (default: ${DEFAULT-VALUE}).")
  private LogFormat log = LogFormat.text;

  /** How log lines are written. */
  enum LogFormat {
    text,
    json
  }

  @Override
  public Integer call() {
    List<String> missing = missing(System.getenv());
    if (!missing.isEmpty()) {
      spec.commandLine().getErr().println("jobradar run: cannot start, missing:");
      missing.forEach(each -> spec.commandLine().getErr().println("  " + each));
      spec.commandLine().getErr().println("To look around without them: ./jobradar demo");
      spec.commandLine().getErr().flush();
      return ExitCode.USAGE;
    }
    ServiceProcess service =
        new ServiceProcess()
            .with("server.port", port)
            .with("server.address", address)
            .with("jobradar.home", home.toString());
    if (log == LogFormat.json) {
      service.with("logging.structured.format.console", "ecs");
    }
    return service.run(context -> {});
  }

  static List<String> missing(Map<String, String> environment) {
    List<String> missing = new ArrayList<>();
    @Nullable String id = environment.get("TELEGRAM_API_ID");
    if (id == null || id.isBlank()) {
      missing.add("TELEGRAM_API_ID: the application's id at my.telegram.org");
    } else if (!id.strip().matches("\\d{1,9}")) {
      missing.add("TELEGRAM_API_ID: it is set, but is no number");
    }
    @Nullable String hash = environment.get("TELEGRAM_API_HASH");
    if (hash == null || hash.isBlank()) {
      missing.add("TELEGRAM_API_HASH: the application's hash at my.telegram.org");
    }
    return missing;
  }
}

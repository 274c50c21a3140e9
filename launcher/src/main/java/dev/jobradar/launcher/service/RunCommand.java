package dev.jobradar.launcher.service;

import dev.jobradar.server.storage.StorageException;
import dev.jobradar.server.storage.StorageSettings;
import dev.jobradar.telegram.proxy.Proxy;
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
      "Runs the JobRadar service against Telegram.",
      "",
      "Set TELEGRAM_API_ID and TELEGRAM_API_HASH in the environment; my.telegram.org issues them."
          + " Everything else has a default; docs/operating.md lists the settings. Stops gracefully"
          + " on SIGTERM or Ctrl-C: messages being sent are finished first.",
      "",
    })
public final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port of the web pages and the API (SERVER_PORT; default: 8080).")
  private @Nullable Integer port;

  @Option(
      names = "--address",
      paramLabel = "IP",
      description =
          "Address to listen on (SERVER_ADDRESS; default: 127.0.0.1, behind a TLS proxy).")
  private @Nullable String address;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description =
          "Folder of the database and the key file, unless JOBRADAR_DATABASE and"
              + " JOBRADAR_KEY_FILE name others (JOBRADAR_HOME; default: jobradar-data).")
  private @Nullable Path home;

  @Option(
      names = "--log",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "Log format (default: ${DEFAULT-VALUE}).")
  private LogFormat log = LogFormat.text;

  /** How log lines are written. */
  enum LogFormat {
    text,
    json
  }

  @Override
  public Integer call() {
    List<String> faults = new ArrayList<>(faults(System.getenv()));
    if (port != null && !isPort(port)) {
      faults.add("--port: a port is a number from 0 to 65535");
    }
    if (!faults.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("jobradar run: cannot start; missing or invalid settings:");
      faults.forEach(each -> spec.commandLine().getErr().println("  " + each));
      spec.commandLine().getErr().println("To try JobRadar without them: ./jobradar demo");
      spec.commandLine().getErr().flush();
      return ExitCode.USAGE;
    }
    ServiceProcess service =
        new ServiceProcess()
            .unlessSet("server.port", 8080)
            .unlessSet("server.address", "127.0.0.1")
            .unlessSet("jobradar.home", "jobradar-data");
    // A port of its own, so that no header from outside opens the meters.
    service
        .unlessSet("management.server.port", 8081)
        .unlessSet("management.server.address", "127.0.0.1");
    given(service, "server.port", port);
    given(service, "server.address", address);
    given(service, "jobradar.home", home);
    if (log == LogFormat.json) {
      service.with("logging.structured.format.console", "ecs");
    }
    return service.run(context -> {});
  }

  private static void given(ServiceProcess service, String name, @Nullable Object value) {
    if (value != null) {
      service.with(name, value);
    }
  }

  /** Settings in the environment that keep the service from starting. */
  static List<String> faults(Map<String, String> environment) {
    List<String> faults = new ArrayList<>();
    @Nullable String id = environment.get("TELEGRAM_API_ID");
    if (id == null || id.isBlank()) {
      faults.add("TELEGRAM_API_ID: the application's id at my.telegram.org");
    } else if (!id.strip().matches("\\d{1,9}")) {
      faults.add("TELEGRAM_API_ID: not a number");
    }
    @Nullable String hash = environment.get("TELEGRAM_API_HASH");
    if (hash == null || hash.isBlank()) {
      faults.add("TELEGRAM_API_HASH: the application's hash at my.telegram.org");
    }
    @Nullable String database = environment.get("JOBRADAR_DATABASE");
    if (database != null && !database.isBlank()) {
      try {
        StorageSettings.check(database);
      } catch (StorageException e) {
        faults.add("JOBRADAR_DATABASE: " + e.getMessage());
      }
    }
    @Nullable String port = environment.get("SERVER_PORT");
    if (port != null && !port.isBlank() && !isPort(port.strip())) {
      faults.add("SERVER_PORT: a port is a number from 0 to 65535");
    }
    @Nullable String management = environment.get("MANAGEMENT_SERVER_PORT");
    if (management != null
        && !management.isBlank()
        && !management.strip().equals("-1")
        && !isPort(management.strip())) {
      faults.add("MANAGEMENT_SERVER_PORT: a port is a number from 0 to 65535; -1 is for none");
    }
    @Nullable String proxy = environment.get("JOBRADAR_TELEGRAM_PROXY");
    if (proxy != null && !proxy.isBlank()) {
      try {
        Proxy.parse(proxy);
      } catch (IllegalArgumentException e) {
        faults.add("JOBRADAR_TELEGRAM_PROXY: " + e.getMessage());
      }
    }
    return faults;
  }

  private static boolean isPort(int port) {
    return port >= 0 && port <= 65_535;
  }

  private static boolean isPort(String port) {
    return port.matches("\\d{1,5}") && isPort(Integer.parseInt(port));
  }
}

package dev.jobradar.launcher.service;

import dev.jobradar.server.storage.KeyRotation;
import dev.jobradar.server.storage.StorageException;
import dev.jobradar.server.storage.StorageSettings;
import dev.jobradar.server.storage.Vault;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code jobradar key}: the key that stored Telegram sessions are encrypted with. */
@Command(
    name = "key",
    description = {
      "Creates or rotates the key that encrypts stored Telegram sessions.",
      "",
      "`key new` prints new keys for JOBRADAR_KEY. `key rotate` adds a new key to the key file and"
          + " re-encrypts every stored session with it; JobRadar must not be running.",
      "",
    },
    subcommands = {KeyCommand.New.class, KeyCommand.Rotate.class})
public final class KeyCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing subcommand");
  }

  /** {@code jobradar key new}. */
  @Command(name = "new", description = "Prints new keys for JOBRADAR_KEY. Keep them secret.")
  static final class New implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      spec.commandLine().getOut().println(Vault.create().keys());
      spec.commandLine().getOut().flush();
      return ExitCode.OK;
    }
  }

  /** {@code jobradar key rotate}. */
  @Command(
      name = "rotate",
      description =
          "Adds a new key to the key file and re-encrypts every stored session with it. Safe to"
              + " repeat after an interruption.")
  static final class Rotate implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
        names = "--home",
        paramLabel = "DIR",
        defaultValue = "jobradar-data",
        description = "As with `jobradar run` (default: ${DEFAULT-VALUE}).")
    private Path home = Path.of("jobradar-data");

    @Override
    public Integer call() {
      try {
        int sessions = KeyRotation.rotate(settings(home, System.getenv()));
        spec.commandLine().getOut().println("re-encrypted sessions: " + sessions);
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
      } catch (StorageException e) {
        spec.commandLine().getErr().println("jobradar key rotate: " + e.getMessage());
        spec.commandLine().getErr().flush();
        return ExitCode.SOFTWARE;
      }
    }

    private static StorageSettings settings(Path home, Map<String, String> environment) {
      @Nullable String keyFile = environment.get("JOBRADAR_KEY_FILE");
      return new StorageSettings(
          Path.of(environment.getOrDefault("JOBRADAR_HOME", home.toString())),
          environment.get("JOBRADAR_DATABASE"),
          environment.get("JOBRADAR_DATABASE_USER"),
          environment.get("JOBRADAR_DATABASE_PASSWORD"),
          environment.get("JOBRADAR_KEY"),
          keyFile == null ? null : Path.of(keyFile));
    }
  }
}

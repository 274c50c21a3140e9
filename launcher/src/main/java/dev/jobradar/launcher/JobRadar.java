package dev.jobradar.launcher;

import dev.jobradar.launcher.service.DemoCommand;
import dev.jobradar.launcher.service.KeyCommand;
import dev.jobradar.launcher.service.RunCommand;
import dev.jobradar.launcher.session.SessionCommand;
import dev.jobradar.launcher.telegram.TelegramCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code jobradar}. It exits with 0 on success, with 1 on failure and with 2 on wrong
 * usage; errors go to standard error.
 */
@Command(
    name = "jobradar",
    description = "Finds job leads in Telegram.",
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      SandboxCommand.class,
      TelegramCommand.class,
      SessionCommand.class,
      KeyCommand.class
    })
final class JobRadar implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs the command that the arguments name, and ends the JVM with its exit code. */
  public static void main(String[] args) {
    System.setProperty("slf4j.provider", loggingFor(args));
    System.setProperty("slf4j.internal.verbosity", "WARN");
    System.exit(commandLine().execute(args));
  }

  /** The service logs as Spring does; other commands only need lines on standard error. */
  private static String loggingFor(String[] args) {
    boolean service = args.length > 0 && (args[0].equals("run") || args[0].equals("demo"));
    return service
        ? "ch.qos.logback.classic.spi.LogbackServiceProvider"
        : "org.slf4j.simple.SimpleServiceProvider";
  }

  static CommandLine commandLine() {
    return new CommandLine(new JobRadar())
        .setExecutionExceptionHandler((e, command, arguments) -> explain(e, command));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing subcommand");
  }

  /** The JDK's own message is the name of the file, as a rule. */
  private static @Nullable String words(Exception failure) {
    return switch (failure) {
      case NoSuchFileException e -> "there is no " + e.getFile();
      case AccessDeniedException e -> "no permission for " + e.getFile();
      default -> failure.getMessage();
    };
  }

  private static int explain(Exception failure, CommandLine command) {
    PrintWriter err = command.getErr();
    if (failure instanceof IOException || failure instanceof UncheckedIOException) {
      err.println(command.getCommandSpec().qualifiedName() + ": " + words(failure));
    } else {
      // Unexpected, so a defect of ours: the stack trace shows where.
      failure.printStackTrace(err);
    }
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }
}

package dev.jobradar.launcher.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jobradar.telegram.session.SessionString;
import dev.jobradar.telegram.session.SessionStringException;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What the verbs have in common: a session string comes in, and is refused in words. */
abstract class Verb implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  /** Caught here, because picocli would print what it does not know. */
  @Parameters(hidden = true)
  @Nullable List<String> arguments;

  abstract void run(SessionString string, PrintWriter out, PrintWriter err);

  @Override
  public Integer call() throws IOException {
    CommandLine line = spec.commandLine();
    if (arguments != null) {
      throw new ParameterException(
          line, "The session string is read from standard input, never from the arguments.");
    }
    try {
      run(SessionString.parse(input()), line.getOut(), line.getErr());
      line.getOut().flush();
      return CommandLine.ExitCode.OK;
    } catch (SessionStringException e) {
      line.getErr().println(spec.qualifiedName() + ": " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    } finally {
      line.getErr().flush();
    }
  }

  @SuppressWarnings("SystemConsoleNull") // some JDKs say so with null, others with isTerminal()
  private static String input() throws IOException {
    Console console = System.console();
    if (console != null && console.isTerminal()) {
      char[] typed = console.readPassword("Session string (not shown): ");
      return typed == null ? "" : new String(typed);
    }
    return bare(new String(System.in.readNBytes(SessionString.MAX_LENGTH + 1), UTF_8));
  }

  /** Our own session files hold the string in a JSON object. */
  private static String bare(String text) {
    if (!text.stripLeading().startsWith("{")) {
      return text;
    }
    try {
      return new JsonMapper().readTree(text).path("session").asString("");
    } catch (JacksonException showsCharacters) {
      return text;
    }
  }
}

package dev.jobradar.launcher.telegram;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import org.jspecify.annotations.Nullable;

/** Asks a person for a code or a password without showing it; without a terminal, reads a line. */
final class Secrets {
  /** Null without a terminal, in whichever way this JDK says that there is none. */
  @SuppressWarnings("SystemConsoleNull") // some JDKs say so with null, others with isTerminal()
  private final @Nullable Console console = terminal(System.console());

  private @Nullable BufferedReader lines;

  private static @Nullable Console terminal(@Nullable Console console) {
    return console != null && console.isTerminal() ? console : null;
  }

  /** Whether there is somebody to ask again. */
  boolean interactive() {
    return console != null;
  }

  String ask(String question) throws IOException {
    if (console == null) {
      return line();
    }
    char[] typed = console.readPassword("%s: ", question);
    if (typed == null) {
      throw new FailedException("nothing was entered");
    }
    return new String(typed);
  }

  /** The next line of standard input. */
  String line() throws IOException {
    if (lines == null) {
      lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    }
    String line = lines.readLine();
    if (line == null) {
      throw new FailedException("standard input ended before a code or password came");
    }
    return line;
  }
}

package dev.jobradar.launcher;

import dev.jobradar.sandbox.SandboxOptions;
import dev.jobradar.sandbox.SandboxProcess;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code jobradar sandbox}. */
@Command(
    name = "sandbox",
    description = {
      "Runs a Telegram data centre on loopback for any MTProto client.",
      "",
      "Events are JSON lines on standard output, commands JSON lines on standard input:",
      "  {\"do\":\"post\",\"channel\":\"javajobs\",\"text\":\"...\"}",
      "  {\"do\":\"accounts\",\"count\":N,\"file\":\"FILE\"}   signed-in session strings",
      "  {\"do\":\"stats\"}",
      "",
      "Phones 99966XYYYY live at data centre X, with X five times as the code; of any other number "
          + "the code is among the events. Numbers that end in 7 have the two-step password "
          + "'secret'."
    })
final class SandboxVerb implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "4430",
      description =
          "The port of data centre 1 on 127.0.0.1 (default: ${DEFAULT-VALUE}); the others have "
              + "those that follow. 0: a free one for each.")
  int port = 4430;

  @Option(
      names = "--dcs",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many data centres, 1 to 9 (default: ${DEFAULT-VALUE}).")
  int dataCentres = 3;

  @Option(
      names = "--public-key",
      paramLabel = "FILE",
      description = "Where the public RSA key is written as PEM; else a temporary file.")
  @Nullable Path publicKey;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Keeps keys, accounts and histories over restarts; else nothing is kept.")
  @Nullable Path state;

  @Option(
      names = "--strict",
      description =
          "Ends a signed-in key that is used over two connections at once with "
              + "AUTH_KEY_DUPLICATED, as Telegram does.")
  boolean strict;

  @Override
  public Integer call() {
    SandboxOptions options;
    try {
      options = new SandboxOptions(port, dataCentres, publicKey, state, strict);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    return SandboxProcess.run(options, System.in, System.out, System.err);
  }
}

package dev.jobradar.launcher;

import dev.jobradar.sandbox.SandboxOptions;
import dev.jobradar.sandbox.SandboxProcess;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code jobradar sandbox}: a Telegram data centre on loopback, in this process. */
@Command(
    name = "sandbox",
    description = {
      "Starts a Telegram data centre on this machine, for tests.",
      "",
      "Any MTProto client can sign in to it: point the client at the address and the public key"
          + " that the first line on standard output names. Events are written to standard output"
          + " and commands read from standard input, both as JSON lines; docs/sandbox.md describes"
          + " them. It listens on loopback only, keeps nothing unless --state is given, and ends"
          + " on SIGTERM or Ctrl-C.",
      "",
    })
final class SandboxCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      paramLabel = "N|0",
      defaultValue = "4430",
      description =
          "Port of data centre 1; the others take the following ports. 0 takes free ports"
              + " (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--dcs",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many data centres, 1 to 9 (default: ${DEFAULT-VALUE}).")
  private int dataCentres;

  @Option(
      names = "--ipv6",
      description = "Listen on ::1 too, at the same ports, and list that in help.getConfig.")
  private boolean ipv6;

  @Option(
      names = "--public-key",
      paramLabel = "FILE",
      description =
          "Where to write the server's public RSA key, as PEM (default: a temporary file, named in"
              + " the first line on standard output).")
  private @Nullable Path publicKey;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "Keep RSA key, accounts, auth keys, random_ids and history in this directory, and start"
              + " from what is there.")
  private @Nullable Path state;

  @Option(
      names = "--strict",
      description =
          "When a second connection sends a request while an earlier one of the same signed-in key"
              + " is open, answer AUTH_KEY_DUPLICATED and end the session, as Telegram does.")
  private boolean strict;

  @Option(
      names = "--posts-per-minute",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Automatic new posts per minute, over all channels, 0 to 60000; now and then an older"
              + " one is edited (default: ${DEFAULT-VALUE}).")
  private int postsPerMinute;

  @Option(
      names = "--connections-per-minute",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Answer an address that opens more connections a minute with transport error 429, as"
              + " Telegram does; 0 for no limit (default: ${DEFAULT-VALUE}).")
  private int connectionsPerMinute;

  @Option(
      names = "--channels",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Channels beside the usual ones, 0 to 100000: load_0001, the most popular one, load_0002"
              + " and so on. Accounts join them by the command join (default: ${DEFAULT-VALUE}).")
  private int loadChannels;

  @Override
  public Integer call() {
    // Not System.out, which says nothing when writing fails.
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    return SandboxProcess.run(options(), System.in, out, System.err);
  }

  private SandboxOptions options() {
    try {
      return new SandboxOptions(
          port,
          dataCentres,
          ipv6,
          publicKey,
          state,
          strict,
          postsPerMinute,
          connectionsPerMinute,
          loadChannels);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}

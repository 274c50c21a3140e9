package dev.jobradar.launcher.telegram;

import dev.jobradar.telegram.proxy.Proxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code jobradar telegram}: the options that its commands share. */
@Command(
    name = "telegram",
    description = {
      "Works with one Telegram account; prints results as JSON lines on standard output.",
      "",
      "Without --dc it connects to Telegram itself; TELEGRAM_API_ID and TELEGRAM_API_HASH in the "
          + "environment name the application (my.telegram.org).",
      "",
      "--proxy takes precedence over --proxy-file, and that over TELEGRAM_PROXY in the environment."
          + " Other users of this machine can see a process's arguments: put a proxy with a"
          + " password or secret into a file or the environment."
    },
    footer = {
      "",
      "Options may come before or after the command:",
      "  jobradar telegram login --phone +… --session-file me.session",
      "  jobradar telegram me --session-file me.session"
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      LoginVerb.class,
      MeVerb.class,
      ResolveVerb.class,
      HistoryVerb.class,
      SendVerb.class,
      WatchVerb.class,
      LogoutVerb.class
    })
public final class TelegramCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--dc",
      paramLabel = "HOST:PORT",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Data centre to connect to instead of Telegram's, such as the sandbox's.")
  @Nullable String dc;

  @Option(
      names = "--public-key",
      paramLabel = "FILE",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Public RSA key of that data centre, as PEM.")
  @Nullable Path publicKey;

  @Option(
      names = "--session-file",
      paramLabel = "FILE",
      scope = CommandLine.ScopeType.INHERIT,
      description =
          "Required. Where the sign-in is stored; readable by its owner only, locked while in use.")
  @Nullable Path sessionFile;

  @Option(
      names = "--proxy",
      paramLabel = "URL",
      scope = CommandLine.ScopeType.INHERIT,
      description =
          "socks5://[user:password@]host:port, http://[user:password@]host:port,"
              + " mtproxy://secret@host:port, or a tg://proxy link.")
  @Nullable String proxy;

  @Option(
      names = "--proxy-file",
      paramLabel = "FILE",
      scope = CommandLine.ScopeType.INHERIT,
      description = "File with such a URL.")
  @Nullable Path proxyFile;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing subcommand");
  }

  /** Opens the account that the options name. */
  Account open() throws IOException, InterruptedException {
    if (sessionFile == null) {
      throw new ParameterException(spec.commandLine(), "Missing option: --session-file=FILE");
    }
    if (dc != null && publicKey == null) {
      throw new ParameterException(
          spec.commandLine(), "--dc needs --public-key, the key of that data centre");
    }
    return Account.open(dc, publicKey, sessionFile, proxy());
  }

  private @Nullable Proxy proxy() throws IOException {
    String url = proxy != null ? proxy : System.getenv("TELEGRAM_PROXY");
    if (proxy == null && proxyFile != null) {
      url = Files.readString(proxyFile);
    }
    if (url == null || url.isBlank()) {
      return null;
    }
    try {
      return Proxy.parse(url.strip());
    } catch (IllegalArgumentException e) {
      throw new FailedException("the proxy cannot be used: " + e.getMessage());
    }
  }

  /** The command line, for usage errors of verbs. */
  CommandLine commandLine() {
    return spec.commandLine();
  }
}

package dev.jobradar.launcher.service;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.event.Event;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.session.DataCentres;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code jobradar demo}: the service with a Telegram of its own, and nothing kept. */
@Command(
    name = "demo",
    description = {
      "Runs JobRadar against a local Telegram sandbox, with a temporary database.",
      "",
      "Nothing leaves this machine and nothing is kept. It prints the address, a phone number and a"
          + " code to sign in with, and shows here what JobRadar sends to your Telegram.",
      "",
    })
public final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      paramLabel = "N|0",
      defaultValue = "8080",
      description =
          "Port of the web pages and the API; 0 picks a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--posts-per-minute",
      paramLabel = "N",
      defaultValue = "60",
      description = "New posts across all channels (default: ${DEFAULT-VALUE}).")
  private int postsPerMinute;

  @Override
  public Integer call() throws IOException {
    if (port < 0 || port > 65_535) {
      throw new ParameterException(
          spec.commandLine(), "--port: a port is a number from 0 to 65535");
    }
    if (postsPerMinute < 0) {
      throw new ParameterException(spec.commandLine(), "--posts-per-minute: 0 or more");
    }
    Path home = Files.createTempDirectory("jobradar-demo-");
    try (Sandbox sandbox = Sandbox.builder().strict(true).postsPerMinute(postsPerMinute).start()) {
      PrintWriter out = spec.commandLine().getOut();
      DemoInbox inbox = new DemoInbox(sandbox, out);
      return new ServiceProcess()
          .alone() // never another database: its sessions mean nothing to the demo's Telegram
          .with("server.port", port)
          .with("server.address", "127.0.0.1")
          .with("jobradar.home", home.toString())
          .with("jobradar.demo", true)
          .with("management.server.port", -1)
          .with("logging.level.root", "warn")
          .with(context -> {
            context.registerBean(
                DemoEnd.class, () -> new DemoEnd(sandbox, new DemoFolder(home), out));
            context.registerBean(TelegramOptions.class, () -> options(sandbox));
          })
          .run(context -> {
            inbox.start();
            welcome(context);
          });
    } finally {
      new DemoFolder(home).close();
    }
  }

  private static TelegramOptions options(Sandbox sandbox) {
    Map<DcId, InetSocketAddress> addresses =
        sandbox.dataCentres().stream()
            .collect(
                Collectors.toMap(
                    dc -> new DcId(dc.id()), dc -> new InetSocketAddress(dc.host(), dc.port())));
    return TelegramOptions.builder(1, "demo")
        .dataCentres(DataCentres.custom(addresses, List.of(sandbox.publicKey())))
        .firstDc(new DcId(1))
        .build();
  }

  private void welcome(ConfigurableApplicationContext context) {
    int actual =
        context instanceof WebServerApplicationContext web && web.getWebServer() != null
            ? web.getWebServer().getPort()
            : port;
    PrintWriter out = spec.commandLine().getOut();
    out.println();
    out.println("JobRadar is up: http://127.0.0.1:" + actual);
    out.println();
    out.println("  phone     +99966 1 2001      (any +99966 X YYYY, X from 1 to 3, is an account)");
    out.println("  code      11111              (X five times)");
    out.println("  password  secret             (only for numbers that end in 7)");
    out.println("  channels  @javajobs, @golangjobs and twenty-two others");
    out.println();
    out.println("What JobRadar sends to Saved Messages appears below. Ctrl-C ends the demo.");
    out.println();
    out.flush();
  }

  /** What is left to do when the service has ended: says what Telegram saw, and tidies up. */
  record DemoEnd(Sandbox sandbox, DemoFolder folder, PrintWriter out) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      Event.Stats stats = sandbox.stats();
      out.println();
      out.printf(
          "Telegram has counted at most %d connections per account, %d per key, at any moment.%n",
          stats.maxOpenPerAccount(), stats.maxOpenPerKey());
      out.flush();
      sandbox.close();
      folder.close();
    }
  }

  /** The demo's folder, which goes with it. */
  record DemoFolder(Path path) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      if (!Files.exists(path)) {
        return;
      }
      try (Stream<Path> files = Files.walk(path)) {
        List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        for (Path file : deepestFirst) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}

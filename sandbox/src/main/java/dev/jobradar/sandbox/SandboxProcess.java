package dev.jobradar.sandbox;

import dev.jobradar.sandbox.event.CommandLines;
import dev.jobradar.sandbox.event.Event;
import dev.jobradar.sandbox.event.EventLines;
import dev.jobradar.sandbox.rpc.DataCentre;
import dev.jobradar.sandbox.state.StateException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox as a program: events as JSON lines out, commands as JSON lines in, until it is
 * stopped.
 */
public final class SandboxProcess {

  private final SandboxOptions options;
  private final InputStream in;
  private final OutputStream out;
  private final PrintStream err;
  private final CountDownLatch ending = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  private SandboxProcess(
      SandboxOptions options, InputStream in, OutputStream out, PrintStream err) {
    this.options = options;
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs until SIGTERM or SIGINT comes or the calling thread is interrupted.
   *
   * @param in commands; its end changes nothing
   * @param out events; a slow reader delays nothing
   * @param err what went wrong
   * @return the exit code: 0, or 1 when it could not start or its events could not be written
   */
  public static int run(SandboxOptions options, InputStream in, OutputStream out, PrintStream err) {
    return new SandboxProcess(options, in, out, err).run();
  }

  private int run() {
    Thread hook = new Thread(this::endFromOutside, "sandbox-ending");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      serve();
      return 0;
    } catch (StateException | UncheckedIOException | IllegalArgumentException e) {
      err.println("sandbox: " + e.getMessage());
      return 1;
    } finally {
      ended.countDown();
      removeHook(hook);
    }
  }

  /** A signal has come: lets everything be closed, and then ends as a program that is done. */
  private void endFromOutside() {
    ending.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    // Without this the JVM says 128 + the signal's number, as if it had been cut off.
    Runtime.getRuntime().halt(0);
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook is running already.
    }
  }

  private void serve() {
    try (EventLines events = new EventLines(out);
        Sandbox sandbox = start(events)) {
      Path key = writeKey(sandbox);
      events.begin(ready(sandbox.dataCentres(), key));
      new CommandLines(new SandboxCommands(sandbox)::done, events).start(in);
      ending.await();
      events.ending();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Sandbox start(EventLines events) {
    Sandbox.Builder builder =
        Sandbox.builder()
            .port(options.port())
            .dataCentres(options.dataCentres())
            .ipv6(options.ipv6())
            .strict(options.strict())
            .postsPerMinute(options.postsPerMinute())
            .connectionsPerMinute(options.connectionsPerMinute())
            .loadChannels(options.loadChannels())
            .listener(events);
    Path state = options.state();
    return (state == null ? builder : builder.state(state)).start();
  }

  private Path writeKey(Sandbox sandbox) {
    String pem = sandbox.publicKey().toPem();
    @Nullable Path wanted = options.publicKey();
    try {
      if (wanted == null) {
        Path temporary = Files.createTempFile("jobradar-sandbox-", ".pem");
        temporary.toFile().deleteOnExit();
        Files.writeString(temporary, pem);
        return temporary;
      }
      // At once, so that a waiting reader never sees half of it.
      Path fresh = wanted.resolveSibling(wanted.getFileName() + ".new");
      Files.writeString(fresh, pem);
      Files.move(
          fresh, wanted, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return wanted;
    } catch (IOException e) {
      throw new UncheckedIOException("the public key cannot be written: " + e.getMessage(), e);
    }
  }

  private static Event ready(List<DataCentre> dataCentres, Path key) {
    return new Event.Ready(
        dataCentres.stream()
            .map(dc -> new Event.DataCentre(dc.id(), dc.host(), dc.port(), dc.ipv6()))
            .toList(),
        key.toString());
  }
}

package dev.jobradar.telegram;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.mtproto.client.CallOptions;
import dev.jobradar.mtproto.client.ConnectionListener;
import dev.jobradar.mtproto.client.MtprotoConnection;
import dev.jobradar.telegram.MigrationState.Arrived;
import dev.jobradar.telegram.MigrationState.Arriving;
import dev.jobradar.telegram.MigrationState.Departing;
import dev.jobradar.telegram.MigrationState.Ended;
import dev.jobradar.telegram.MigrationState.Event;
import dev.jobradar.telegram.MigrationState.Home;
import dev.jobradar.telegram.MigrationState.Luggage;
import dev.jobradar.telegram.MigrationState.Resting;
import dev.jobradar.tl.api.Config;
import dev.jobradar.tl.api.DcOption;
import dev.jobradar.tl.api.auth.ExportedAuthorization;
import dev.jobradar.tl.api.method.Auth;
import dev.jobradar.tl.api.method.Help;
import dev.jobradar.tl.api.method.Updates;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's way to another data centre (core.telegram.org/api/datacenter): an errand to the one
 * where it was, for the sign-in, and one to the other, to leave it there. Each has a connection of
 * its own, which is seen closed before the next is opened, as is the client's own before the first.
 *
 * <p>The thread that runs the errands of {@link MigrationState}, so that a caller who gives up
 * breaks nothing off. Where the client belongs changes only when the sign-in has arrived, and it
 * goes on until then or until the client is closed.
 */
final class DcMigration {
  private static final Logger log = LoggerFactory.getLogger(DcMigration.class);

  /** How long a connection that is being closed is waited for at a time. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final ClientLife life;
  private final TelegramOptions options;

  /** The number of the connection that it leads to. */
  private final int line;

  private final MtprotoConnection left;
  private final Luggage luggage;
  private final Thread thread;
  private volatile MigrationState state;

  /**
   * A move that begins with {@link #start}.
   *
   * @param life the client's
   * @param left the connection that is given up
   */
  DcMigration(
      ClientLife life,
      TelegramOptions options,
      MtprotoConnection left,
      ClientEffect.SetOut setOut) {
    this.life = life;
    this.options = options;
    this.line = setOut.line();
    this.left = left;
    this.luggage = new Luggage(setOut.who().home(), setOut.who().signedIn(), options.backoff());
    this.state = MigrationState.begin(luggage, setOut.to(), setOut.failedBefore(), now(), jitter());
    this.thread = Thread.ofVirtual().name("telegram-move").unstarted(this::run);
  }

  private static long now() {
    return System.nanoTime() / 1_000_000;
  }

  private static double jitter() {
    return ThreadLocalRandom.current().nextDouble();
  }

  void start() {
    thread.start();
  }

  /** Breaks it off; {@link #awaitEnd} says when. */
  void stop() {
    thread.interrupt();
  }

  /** Waits until no connection of it is left; not positive to look only. */
  boolean awaitEnd(Duration limit) throws InterruptedException {
    return thread.equals(Thread.currentThread())
        || (limit.isPositive() ? thread.join(limit) : !thread.isAlive());
  }

  /** What went wrong last, null for nothing yet. */
  @Nullable MtprotoException trouble() {
    return switch (state) {
      case Resting resting -> resting.trouble();
      case Departing departing -> departing.trouble();
      case Arriving arriving -> arriving.trouble();
      case Arrived arrived -> null;
      case Ended ended -> ended.cause();
    };
  }

  /** The time until the next attempt; not positive while one is under way. */
  Duration pause() {
    return state instanceof Resting resting
        ? Duration.ofMillis(resting.until() - now())
        : Duration.ZERO;
  }

  private void run() {
    try {
      close(left);
      while (life.isOnTheWay(line)) {
        switch (state) {
          case Resting resting -> {
            log.debug(
                "{}: {}; next try in {} ms",
                resting.target(),
                resting.trouble().getMessage(),
                resting.until() - now());
            Thread.sleep(Math.max(0, resting.until() - now()));
            move(new Event.RestOver());
          }
          case Departing departing -> attempt(() -> depart(departing));
          case Arriving arriving -> attempt(() -> arrive(arriving));
          case Arrived(Home home) -> {
            life.happened(new ClientEvent.Arrived(line, home));
            return;
          }
          case Ended(RpcException cause) -> {
            life.happened(new ClientEvent.EndedOnTheWay(line, cause));
            return;
          }
        }
      }
      life.happened(new ClientEvent.GaveUp(line));
    } catch (InterruptedException closing) {
      life.happened(new ClientEvent.GaveUp(line));
    } catch (RuntimeException e) {
      log.error("a move failed in an unexpected way", e);
      life.happened(new ClientEvent.Arrived(line, luggage.home()));
    }
  }

  private void move(Event event) {
    state = MigrationState.next(state, event, luggage, now(), jitter());
  }

  /** Something to do on the way. */
  private interface Errand {
    Event run() throws InterruptedException;
  }

  private void attempt(Errand errand) throws InterruptedException {
    Event event;
    try {
      event = errand.run();
    } catch (MtprotoException e) {
      event = new Event.Failed(e);
    }
    move(event);
  }

  private Event depart(Departing departing) throws InterruptedException {
    DcId target = departing.target();
    if (!luggage.signedIn() && isInTable(target)) {
      return new Event.Departed(List.of(), null);
    }
    MtprotoConnection departure = open(luggage.home());
    try {
      if (luggage.signedIn() && departing.isInDoubt()) {
        DcId home = whereItIs(departure);
        if (home == null) {
          return new Event.StillHere();
        }
        move(new Event.SentOn(home));
        target = home;
      }
      List<InetSocketAddress> told =
          isInTable(target)
              ? List.of()
              : addressesOf(
                  target,
                  departure.invoke(new Help.GetConfig(), repeatable()),
                  departing.failures());
      return new Event.Departed(
          told,
          luggage.signedIn()
              ? departure.invoke(new Auth.ExportAuthorization(target.value()), repeatable())
              : null);
    } finally {
      close(departure);
    }
  }

  private boolean isInTable(DcId dc) {
    return options.dataCentres().addresses().containsKey(dc);
  }

  /** Where the account is, null for where it was. */
  private @Nullable DcId whereItIs(MtprotoConnection departure) throws InterruptedException {
    try {
      departure.invoke(new Updates.GetState(), repeatable());
      return null;
    } catch (RpcException.Migrate elsewhere) {
      return elsewhere.dc();
    }
  }

  /** Signs a new key in over there. */
  private Event arrive(Arriving arriving) throws InterruptedException {
    log.debug("moving to {}", arriving.target());
    MtprotoConnection arrival = open(new Home(arriving.target(), arriving.told(), null));
    try {
      ExportedAuthorization exported = arriving.exported();
      arrival.invoke(
          new Auth.ImportAuthorization(exported.id(), exported.bytes()),
          CallOptions.ONCE.within(options.callTimeout()));
      return new Event.Imported(
          Objects.requireNonNull(arrival.knownKey(), "an answer without a key").key());
    } finally {
      close(arrival);
    }
  }

  private CallOptions repeatable() {
    return CallOptions.REPEATABLE.within(options.callTimeout());
  }

  /**
   * Where a data centre is: IPv4 first, so that its connection tries one address after another.
   * After a failed attempt it begins with the next one: an address may connect and lead nowhere.
   */
  static List<InetSocketAddress> addressesOf(DcId wanted, Config config, int failures) {
    List<InetSocketAddress> usable =
        config.dcOptions().stream()
            .filter(option -> option.id() == wanted.value())
            .filter(option -> !option.mediaOnly() && !option.cdn() && !option.tcpoOnly())
            .sorted(Comparator.comparing(DcOption::ipv6))
            .map(option -> new InetSocketAddress(option.ipAddress(), option.port()))
            .toList();
    if (usable.isEmpty()) {
      throw new TransportException("nobody knows where " + wanted + " is", null);
    }
    List<InetSocketAddress> turned = new ArrayList<>(usable);
    Collections.rotate(turned, -(failures % usable.size()));
    return turned;
  }

  // --- the connections of errands ------------------------------------------------------------

  private MtprotoConnection open(Home where) {
    MtprotoConnection errand =
        new MtprotoConnection(
            options.connection(where.dc(), where.told(), where.key(), false),
            ConnectionListener.NONE);
    errand.open();
    return errand;
  }

  /** Returns when it is closed, also when this is to stop: nothing may be left of it then. */
  private static void close(MtprotoConnection connection) throws InterruptedException {
    boolean stopping = Thread.interrupted();
    connection.close();
    while (true) {
      try {
        if (connection.awaitClosed(LOOK)) {
          break;
        }
      } catch (InterruptedException e) {
        stopping = true;
      }
    }
    if (stopping) {
      throw new InterruptedException("the client is being closed");
    }
  }
}

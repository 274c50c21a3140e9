package dev.jobradar.telegram;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.mtproto.client.CallOptions;
import dev.jobradar.mtproto.client.ConnectionListener;
import dev.jobradar.mtproto.client.MtprotoConnection;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.tl.api.Config;
import dev.jobradar.tl.api.DcOption;
import dev.jobradar.tl.api.auth.ExportedAuthorization;
import dev.jobradar.tl.api.method.Auth;
import dev.jobradar.tl.api.method.Help;
import dev.jobradar.tl.api.method.Updates;
import java.net.InetSocketAddress;
import java.time.Duration;
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
 * <p>It has a thread of its own, so that a caller who gives up breaks nothing off. Where the client
 * belongs changes only when the sign-in has arrived; what fails before is tried again after growing
 * pauses, never earlier than a FLOOD_WAIT allows, until the client is closed. From the second
 * attempt on the account is asked for first: it may be where it was after all.
 *
 * <p>A migration that follows another one soon counts as a failed attempt itself: two data centres
 * may send an account to each other.
 */
final class DcMigration {
  private static final Logger log = LoggerFactory.getLogger(DcMigration.class);

  /** How long a connection that is being closed is waited for at a time. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Where a client belongs: what its connection is made of. */
  record Home(DcId dc, @Nullable InetSocketAddress address, @Nullable AuthKey key) {}

  private final TelegramClient client;
  private final MtprotoConnection left;
  private final Home home;
  private final boolean signedIn;
  private final Thread thread;

  private final int failedBefore;

  private DcId target;

  /**
   * When the next attempt begins, in terms of {@link System#nanoTime}; 0 while one is under way.
   */
  private volatile long pausedUntil;

  /** What went wrong last, null for nothing yet. */
  private volatile @Nullable MtprotoException trouble;

  /**
   * A move that begins with {@link #start}.
   *
   * @param left the connection that is given up
   * @param home where it led to
   * @param signedIn whether there is a sign-in to take along
   * @param sent where Telegram sent the account
   * @param failedBefore how many migrations in a row led nowhere before this one
   */
  DcMigration(
      TelegramClient client,
      MtprotoConnection left,
      Home home,
      boolean signedIn,
      RpcException.Migrate sent,
      int failedBefore) {
    this.client = client;
    this.left = left;
    this.home = home;
    this.signedIn = signedIn;
    this.target = sent.dc();
    this.failedBefore = failedBefore;
    this.trouble = failedBefore == 0 ? null : sentBack(home.dc(), sent);
    this.thread = Thread.ofVirtual().name("telegram-move").unstarted(this::run);
  }

  private static TransportException sentBack(DcId from, RpcException.Migrate sent) {
    return new TransportException(
        from + " sends the account on to " + sent.dc() + " again: no data centre takes it", sent);
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

  @Nullable MtprotoException trouble() {
    return trouble;
  }

  /** The time until the next attempt; not positive while one is under way. */
  Duration pause() {
    long until = pausedUntil;
    return until == 0 ? Duration.ZERO : Duration.ofNanos(until - System.nanoTime());
  }

  private void run() {
    try {
      close(left);
      client.arrived(this, travel());
    } catch (RpcException over) {
      client.endedOn(this, over);
    } catch (InterruptedException closing) {
      client.gaveUp(this);
    } catch (RuntimeException e) {
      log.error("a move failed in an unexpected way", e);
      client.arrived(this, home);
    }
  }

  private Home travel() throws InterruptedException {
    MtprotoException failure = trouble;
    for (int failures = failedBefore; client.isOn(this); failures++) {
      if (failure != null) {
        rest(failures - 1, failure);
      }
      try {
        return attempt(failures > 0);
      } catch (MtprotoException e) {
        if (signedIn && e instanceof RpcException refused && EndedSignIn.meansEnd(refused)) {
          throw refused;
        }
        failure = e;
        trouble = e;
      }
    }
    throw new InterruptedException("the client is at its end");
  }

  private void rest(int failures, MtprotoException why) throws InterruptedException {
    Duration pause =
        client.options().backoff().delay(failures, false, ThreadLocalRandom.current().nextDouble());
    if (why instanceof RpcException.FloodWait told && told.delay().compareTo(pause) > 0) {
      pause = told.delay();
    }
    log.debug("{}: {}; next try in {} ms", target, why.getMessage(), pause.toMillis());
    pausedUntil = System.nanoTime() + pause.toNanos();
    try {
      Thread.sleep(pause);
    } finally {
      pausedUntil = 0;
    }
  }

  private Home attempt(boolean inDoubt) throws InterruptedException {
    InetSocketAddress known = client.options().dataCentres().addresses().get(target);
    if (!signedIn && known != null) {
      return new Home(target, known, null);
    }
    ExportedAuthorization exported = null;
    MtprotoConnection departure = open(home);
    try {
      if (signedIn && inDoubt && isStillHere(departure)) {
        return home;
      }
      known = client.options().dataCentres().addresses().get(target);
      if (known == null) {
        known = addressOf(target, departure.invoke(new Help.GetConfig(), repeatable()));
      }
      if (signedIn) {
        exported = departure.invoke(new Auth.ExportAuthorization(target.value()), repeatable());
      }
    } finally {
      close(departure);
    }
    log.debug("moving to {}", target);
    return exported == null
        ? new Home(target, known, null)
        : new Home(target, known, leave(exported, known));
  }

  /** Whether the account can be asked for where it was; else what says so names the target. */
  private boolean isStillHere(MtprotoConnection departure) throws InterruptedException {
    try {
      departure.invoke(new Updates.GetState(), repeatable());
      return true;
    } catch (RpcException.Migrate elsewhere) {
      target = elsewhere.dc();
      return false;
    }
  }

  /** Signs a new key in over there. */
  private AuthKey leave(ExportedAuthorization exported, InetSocketAddress address)
      throws InterruptedException {
    MtprotoConnection arrival = open(new Home(target, address, null));
    try {
      arrival.invoke(
          new Auth.ImportAuthorization(exported.id(), exported.bytes()),
          CallOptions.ONCE.within(client.options().callTimeout()));
      return Objects.requireNonNull(arrival.knownKey(), "an answer without a key").key();
    } catch (RpcException e) {
      if (!EndedSignIn.meansEnd(e)) {
        throw e;
      }
      // Of a key that was never signed in: the sign-in itself is as it was.
      throw new TransportException(target + " does not take the sign-in: " + e.error(), e);
    } finally {
      close(arrival);
    }
  }

  private CallOptions repeatable() {
    return CallOptions.REPEATABLE.within(client.options().callTimeout());
  }

  private static InetSocketAddress addressOf(DcId wanted, Config config) {
    for (DcOption option : config.dcOptions()) {
      boolean usable = !option.ipv6() && !option.mediaOnly() && !option.cdn() && !option.tcpoOnly();
      if (option.id() == wanted.value() && usable) {
        return new InetSocketAddress(option.ipAddress(), option.port());
      }
    }
    throw new TransportException("nobody knows where " + wanted + " is", null);
  }

  // --- the connections of errands ------------------------------------------------------------

  private MtprotoConnection open(Home where) {
    MtprotoConnection errand =
        new MtprotoConnection(
            client.options().connection(where.dc(), where.address(), where.key(), false),
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

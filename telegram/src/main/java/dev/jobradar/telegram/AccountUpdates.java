package dev.jobradar.telegram;

import dev.jobradar.mtproto.ConnectionClosedException;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.client.ConnectionState;
import dev.jobradar.mtproto.session.Slice;
import dev.jobradar.telegram.updates.ChannelPosition;
import dev.jobradar.telegram.updates.CommonPosition;
import dev.jobradar.telegram.updates.UpdateEngine;
import dev.jobradar.telegram.updates.UpdateMode;
import dev.jobradar.tl.TlMethod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The updates of an account, in order and without gaps: new posts of the channels that it watches,
 * and what happens outside channels.
 *
 * <p>Before {@link #start} nothing is fetched or kept; {@code docs/performance.md} has the cost
 * afterwards. Lost connections, gaps and migrations are repaired from Telegram: the {@link
 * UpdatesListener} receives everything once, whatever happens.
 *
 * <p><b>A restart.</b> {@code start} with the common position that was stored last and, for each
 * channel, the position that was stored last.
 *
 * <p>Thread-safe.
 */
public final class AccountUpdates {
  private static final Logger log = LoggerFactory.getLogger(AccountUpdates.class);

  private final TelegramClient client;

  private volatile @Nullable UpdateLoop run;

  /** The thread of the last run that has stopped: its listener may not have returned yet. */
  private @Nullable Thread leaving;

  /** That thread, once it was logged that it does not end. */
  private @Nullable Thread hanging;

  private boolean closed;

  AccountUpdates(TelegramClient client) {
    this.client = client;
  }

  // --- for the client's owner ----------------------------------------------------------------

  /**
   * Starts updates and returns at once; the listener gets everything else. They run until {@link
   * #stop}, the client's end, or an exception of the listener.
   *
   * @param from the account's stored position, null to start from now
   * @param watches channels to watch from the start
   * @throws IllegalStateException when updates are started already, or no user is signed in
   * @throws ConnectionClosedException when the client is closed
   */
  public void start(@Nullable CommonPosition from, List<Watch> watches, UpdatesListener listener) {
    UpdateLoop fresh;
    synchronized (this) {
      if (closed) {
        throw new ConnectionClosedException("the client is closed", null);
      }
      if (!client.isSignedIn()) {
        throw new IllegalStateException("nobody is signed in");
      }
      if (run != null) {
        throw new IllegalStateException("updates were started already");
      }
      fresh = new UpdateLoop(client, this, from, watches, listener, leaving());
      run = fresh;
    }
    if (client.connectionState() instanceof ConnectionState.Ready) {
      fresh.connected();
    }
  }

  /**
   * Watches a channel; nothing happens if it is watched already. {@link
   * UpdatesListener#onUpdateMode} reports whether the account has joined it. A channel that it has
   * not joined is polled; at most ten can be, and {@link UpdatesListener#onWatchEnded} reports one
   * too many.
   *
   * @param from where to start: its stored position, or one of {@link ChannelPosition#NEWEST} and
   *     {@link ChannelPosition#after}
   * @throws IllegalStateException when updates are not started
   */
  public void watch(ChannelPeer peer, ChannelPosition from) {
    started().watch(Watch.of(peer, from));
  }

  /**
   * Stops watching a channel, if it is watched; posts already on their way to the listener may
   * still arrive.
   *
   * @throws IllegalStateException when updates are not started
   */
  public void unwatch(long channelId) {
    started().unwatch(channelId);
  }

  /** How the posts of a channel arrive; empty while it is not watched or this is not known yet. */
  public Optional<UpdateMode> updateMode(long channelId) {
    UpdateLoop current = run;
    return current == null ? Optional.empty() : current.updateMode(channelId);
  }

  /** Whether it was started and has not stopped. */
  public boolean running() {
    return run != null;
  }

  /**
   * Stops, and returns when no call of the listener is under way; at once when called from one of
   * them. An interrupt cuts the wait short. Does nothing if it is not running.
   */
  public void stop() {
    leave();
    Thread driver = leaving();
    if (driver == null || driver.equals(Thread.currentThread())) {
      return;
    }
    try {
      driver.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private UpdateLoop started() {
    UpdateLoop current = run;
    if (current == null) {
      throw new IllegalStateException("updates are not started");
    }
    return current;
  }

  // --- for the client ------------------------------------------------------------------------

  void connected() {
    UpdateLoop current = run;
    if (current != null) {
      current.connected();
    }
  }

  void disconnected() {
    UpdateLoop current = run;
    if (current != null) {
      current.disconnected();
    }
  }

  void gap() {
    UpdateLoop current = run;
    if (current != null) {
      current.gap();
    }
  }

  void pushed(Slice updates) {
    UpdateLoop current = run;
    if (current != null) {
      current.pushed(updates);
    }
  }

  void result(TlMethod<?> method, Object answer) {
    UpdateLoop current = run;
    if (current != null && UpdateEngine.tellsOfUpdates(method, answer)) {
      current.result(method, answer);
    }
  }

  /** The client can never work again. */
  void over(MtprotoException why) {
    UpdateLoop current;
    synchronized (this) {
      closed = true;
      current = run;
    }
    if (current != null) {
      current.over(why);
    }
  }

  /** The first half of closing: nothing more is asked for. */
  synchronized void close() {
    closed = true;
    leave();
  }

  private synchronized void leave() {
    UpdateLoop last = run;
    run = null;
    if (last != null) {
      last.stop();
      Thread driver = last.driver();
      leaving = driver == null ? leaving : driver;
    }
  }

  /**
   * The second half, when those calls have failed that the listener may be waiting for.
   *
   * @param limit the longest to wait for the listener; not positive to look only
   * @return whether no call of it is under way but the one that asks
   */
  boolean awaitEnd(Duration limit) throws InterruptedException {
    Thread driver = leaving();
    return driver == null || driver.equals(Thread.currentThread()) || driver.join(limit);
  }

  /** Logs, once, that a listener has not returned: only its author can fix that. */
  void hangs() {
    Thread driver;
    synchronized (this) {
      driver = leaving;
      if (driver == null || driver.equals(hanging)) {
        return;
      }
      hanging = driver;
    }
    IllegalStateException where = new IllegalStateException("it is here");
    where.setStackTrace(driver.getStackTrace());
    log.warn("a listener of updates has not returned, on {}", driver, where);
  }

  private synchronized @Nullable Thread leaving() {
    if (leaving != null && !leaving.isAlive()) {
      leaving = null;
      hanging = null;
    }
    return leaving;
  }

  /** A run has stopped by itself, and its thread is about to tell so. */
  synchronized void ended(UpdateLoop last, Thread driver) {
    if (run == last) {
      run = null;
      leaving = driver;
    }
  }
}

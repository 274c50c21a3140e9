package dev.jobradar.clients;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.mtproto.client.CallOptions;
import dev.jobradar.mtproto.client.ConnectionState;
import dev.jobradar.mtproto.client.Dialer;
import dev.jobradar.telegram.ClientListener;
import dev.jobradar.telegram.EndedSignIn;
import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.tl.api.method.Auth;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link TelegramClient} that reports to its slot and waits for its turn to dial. */
final class PacedClient implements ManagedClient, ClientListener {
  private static final Logger log = LoggerFactory.getLogger(PacedClient.class);

  /** Closing a connection takes a second at most, resetting it none. */
  private static final Duration OVERDUE_AFTER = Duration.ofSeconds(5);

  private final DialLimiter limiter;
  private final DialLimiter.Ticket ticket = new DialLimiter.Ticket();
  private final TelegramClient telegram;
  private volatile @Nullable SavedSession session;
  private volatile @Nullable Slot slot;

  /** A new client. */
  PacedClient(
      Connector connector,
      DialLimiter limiter,
      @Nullable UserId user,
      @Nullable SavedSession session) {
    this.limiter = limiter;
    this.session = session;
    this.telegram = connector.make(user, session, this, this::paced);
  }

  /** Wraps an existing client, which does not wait for its turn to dial. */
  PacedClient(DialLimiter limiter, TelegramClient telegram) {
    this.limiter = limiter;
    this.session = telegram.session();
    this.telegram = telegram;
    telegram.listener(this);
  }

  private Dialer paced(Dialer plain) {
    return (address, timeout) -> {
      try {
        limiter.await(ticket);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("closed while it waiting for its turn to dial");
      }
      try {
        return plain.dial(address, timeout);
      } catch (IOException | RuntimeException e) {
        limiter.failed(ticket);
        throw e;
      }
    };
  }

  @Override
  public TelegramClient telegram() {
    return telegram;
  }

  @Override
  public void attach(Slot owner) {
    slot = owner;
  }

  @Override
  public void open() {
    telegram.open();
  }

  @Override
  public void reportState() {
    reportState(telegram::connectionState);
  }

  /** Looks again after each report: the client may have reported a newer state in between. */
  void reportState(Supplier<ConnectionState> looking) {
    ConnectionState reported;
    ConnectionState now = looking.get();
    do {
      reported = now;
      report(reported);
      now = looking.get();
    } while (!now.equals(reported));
  }

  private void report(ConnectionState now) {
    switch (now) {
      case ConnectionState.Ready _ -> onReady();
      case ConnectionState.WaitingToRetry wait -> onLost(wait.cause());
      case ConnectionState.Closed(MtprotoException cause) -> {
        if (cause == null) {
          onClosed();
        } else {
          onEnded(cause);
        }
      }
      case ConnectionState.Idle _,
          ConnectionState.Dialing _,
          ConnectionState.ExchangingKeys _,
          ConnectionState.Initializing _ -> {
        // It will report.
      }
    }
  }

  @Override
  public void prioritize() {
    limiter.prioritize(ticket);
  }

  @Override
  public boolean logOut(Duration within) {
    try {
      var over = telegram.invoke(new Auth.LogOut(), CallOptions.REPEATABLE.within(within));
      log.debug(
          "logged out at {}: {}",
          telegram.dc(),
          over.futureAuthToken() == null ? "done" : "done, with a token");
      return true;
    } catch (MtprotoException e) {
      String reason = EndedSignIn.reason(e);
      if (reason != null) {
        // Over before, or logged out by this very call, whose answer went astray.
        log.debug("logged out at {}: {}", telegram.dc(), reason);
        return true;
      }
      log.warn("a sign-in could not be ended at Telegram: {}", e.getMessage());
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public boolean close(Duration drain) {
    try {
      telegram.close(drain);
    } finally {
      limiter.leave(ticket);
    }
    try {
      return telegram.awaitClosed(OVERDUE_AFTER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public @Nullable SavedSession session() {
    return session;
  }

  @Override
  public @Nullable SavedSession movedTo() {
    SavedSession before = session;
    SavedSession now = telegram.session();
    return before == null
            || now == null
            || now.authKey() == null
            || now.authKey().equals(before.authKey())
        ? null
        : now;
  }

  @Override
  public void stored(SavedSession current) {
    session = current;
  }

  @Override
  public Me account() throws InterruptedException {
    return telegram.me();
  }

  @Override
  public DcId dc() {
    return telegram.dc();
  }

  // --- reports of the client -----------------------------------------------------------------

  @Override
  public void onReady() {
    limiter.connected(ticket);
    emit(new SlotEvent.Ready(this));
  }

  @Override
  public void onLost(MtprotoException cause) {
    if (cause instanceof TransportException transport && transport.is(TransportException.FLOOD)) {
      limiter.flooded(ticket);
    } else {
      limiter.failed(ticket);
    }
    Instant next =
        telegram.connectionState() instanceof ConnectionState.WaitingToRetry wait
            ? Instant.ofEpochMilli(wait.until())
            : Instant.now();
    emit(new SlotEvent.Lost(this, cause, next));
  }

  @Override
  public void onEnded(MtprotoException cause) {
    limiter.leave(ticket);
    emit(new SlotEvent.Failed(this, cause));
  }

  @Override
  public void onClosed() {
    limiter.leave(ticket);
    emit(new SlotEvent.ClosedByCaller(this));
  }

  private void emit(SlotEvent event) {
    Slot owner = slot;
    if (owner != null) {
      owner.handle(event);
    }
  }
}

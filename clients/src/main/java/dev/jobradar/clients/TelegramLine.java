package dev.jobradar.clients;

import dev.jobradar.mtproto.ConnectionClosedException;
import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.mtproto.client.CallOptions;
import dev.jobradar.mtproto.client.ConnectionState;
import dev.jobradar.mtproto.client.Dialer;
import dev.jobradar.telegram.ClientListener;
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

/** A {@link TelegramClient} with its ears and its place in the queue of those who dial. */
final class TelegramLine implements Line, ClientListener {
  private static final Logger log = LoggerFactory.getLogger(TelegramLine.class);

  /** The connection's own goodbye takes a second at most, and a reset none. */
  private static final Duration UNTIL_OVERDUE = Duration.ofSeconds(5);

  private final Pacer pacer;
  private final Pacer.Ticket ticket = new Pacer.Ticket();
  private final TelegramClient client;
  private volatile @Nullable SavedSession session;
  private volatile @Nullable Slot slot;

  /** A new client. */
  TelegramLine(
      Connector connector, Pacer pacer, @Nullable UserId user, @Nullable SavedSession session) {
    this.pacer = pacer;
    this.session = session;
    this.client = connector.make(user, session, this, this::paced);
  }

  /** Around a client that somebody else made. It does not wait its turn when it dials. */
  TelegramLine(Pacer pacer, TelegramClient client) {
    this.pacer = pacer;
    this.session = client.session();
    this.client = client;
    client.listener(this);
  }

  private Dialer paced(Dialer plain) {
    return (address, timeout) -> {
      try {
        pacer.await(ticket);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("closed while it waited for its turn to dial");
      }
      try {
        return plain.dial(address, timeout);
      } catch (IOException | RuntimeException e) {
        pacer.failed(ticket);
        throw e;
      }
    };
  }

  @Override
  public TelegramClient client() {
    return client;
  }

  @Override
  public void attach(Slot owner) {
    slot = owner;
  }

  @Override
  public void open() {
    client.open();
  }

  @Override
  public void sync() {
    sync(client::connectionState);
  }

  /** Looks again after it has told: the client may have told of what came after, and before. */
  void sync(Supplier<ConnectionState> looking) {
    ConnectionState told;
    ConnectionState now = looking.get();
    do {
      told = now;
      tell(told);
      now = looking.get();
    } while (!now.equals(told));
  }

  private void tell(ConnectionState now) {
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
        // It will tell.
      }
    }
  }

  @Override
  public void wanted() {
    pacer.wanted(ticket);
  }

  @Override
  public boolean logOut(Duration within) {
    try {
      var over = client.invoke(new Auth.LogOut(), CallOptions.REPEATABLE.within(within));
      log.debug(
          "logged out at {}: {}",
          client.dc(),
          over.futureAuthToken() == null ? "done" : "done, with a token");
      return true;
    } catch (RpcException.SessionEnded e) {
      return true;
    } catch (ConnectionClosedException e) {
      return e.getCause() instanceof RpcException.SessionEnded;
    } catch (MtprotoException e) {
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
      client.close(drain);
    } finally {
      pacer.leave(ticket);
    }
    try {
      return client.awaitClosed(UNTIL_OVERDUE);
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
    SavedSession now = client.session();
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
    return client.me();
  }

  @Override
  public DcId dc() {
    return client.dc();
  }

  // --- what the client tells -----------------------------------------------------------------

  @Override
  public void onReady() {
    pacer.connected(ticket);
    tell(new SlotEvent.Ready(this));
  }

  @Override
  public void onLost(MtprotoException cause) {
    if (cause instanceof TransportException transport && transport.is(TransportException.FLOOD)) {
      pacer.flooded(ticket);
    } else {
      pacer.failed(ticket);
    }
    Instant next =
        client.connectionState() instanceof ConnectionState.WaitingToRetry wait
            ? Instant.ofEpochMilli(wait.until())
            : Instant.now();
    tell(new SlotEvent.Lost(this, cause, next));
  }

  @Override
  public void onEnded(MtprotoException cause) {
    pacer.leave(ticket);
    tell(new SlotEvent.Doomed(this, cause));
  }

  @Override
  public void onClosed() {
    pacer.leave(ticket);
    tell(new SlotEvent.ClosedByCaller(this));
  }

  private void tell(SlotEvent event) {
    Slot owner = slot;
    if (owner != null) {
      owner.tell(event);
    }
  }
}

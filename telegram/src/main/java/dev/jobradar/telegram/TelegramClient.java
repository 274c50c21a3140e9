package dev.jobradar.telegram;

import dev.jobradar.mtproto.CallFailedException;
import dev.jobradar.mtproto.ConnectionClosedException;
import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.mtproto.client.CallOptions;
import dev.jobradar.mtproto.client.ConnectionListener;
import dev.jobradar.mtproto.client.ConnectionOptions;
import dev.jobradar.mtproto.client.ConnectionState;
import dev.jobradar.mtproto.client.MtprotoConnection;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.session.Slice;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.session.SignedInUser;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.TlException;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.Config;
import dev.jobradar.tl.api.DcOption;
import dev.jobradar.tl.api.InputUserSelf;
import dev.jobradar.tl.api.User;
import dev.jobradar.tl.api.auth.ExportedAuthorization;
import dev.jobradar.tl.api.method.Auth;
import dev.jobradar.tl.api.method.Help;
import dev.jobradar.tl.api.method.Users;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Telegram account over one connection.
 *
 * <p>At every moment at most one TCP connection is open. A lost connection repairs itself; when
 * Telegram sends the account to another data centre, the connection there is opened only after the
 * one here was closed.
 *
 * <p>When Telegram ends the sign-in ({@link RpcException.SessionEnded}), the client closes itself
 * and every later call fails with the same error: trying again never helps.
 *
 * <p>Thread-safe. Calls block; an interrupt ends the caller's wait and nothing else. Listeners are
 * called one after another on a thread of the client.
 */
public final class TelegramClient implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TelegramClient.class);

  /** The first query of a connection with a sign-in. */
  static final Users.GetUsers WHO = new Users.GetUsers(List.of(new InputUserSelf()));

  /** A call is sent on to another data centre this often at most. */
  private static final int MAX_MIGRATIONS = 3;

  private final TelegramOptions options;
  private volatile ClientListener listener;

  private final Object lock = new Object();
  private DcId dc;
  private @Nullable AuthKey key;
  private @Nullable MtprotoConnection connection;
  private boolean signedIn;
  private boolean migrating;

  /** The sign-in as it was, while the account moves and its new key is not signed in yet. */
  private @Nullable SavedSession beforeMove;

  private boolean closed;

  /** Why the sign-in is over, null while it is not. */
  private @Nullable MtprotoException ended;

  /** The account's user id from the session that it began with, 0 when that did not tell. */
  private final long savedId;

  private volatile @Nullable Me me;
  private final Channels channels;
  private final AccountUpdates updates;

  /**
   * A client that does nothing until {@link #open}.
   *
   * @param session what {@link #session} gave earlier, null to sign in anew
   */
  public TelegramClient(
      TelegramOptions options, @Nullable SavedSession session, ClientListener listener) {
    this.options = options;
    this.listener = listener;
    this.dc = session == null ? options.firstDc() : session.dc();
    this.key = session == null ? null : session.authKey();
    this.signedIn = key != null;
    SignedInUser user = session == null ? null : session.user();
    this.savedId = user == null ? 0 : user.id();
    this.channels = new Channels(this);
    this.updates = new AccountUpdates(this);
  }

  /** Begins to connect, and returns at once. The second time it does nothing. */
  public void open() {
    synchronized (lock) {
      if (connection == null && !closed) {
        connection = newConnection(null);
        connection.open();
      }
    }
  }

  /**
   * Has another listener hear of it from now on: a client that was opened for a sign-in passes into
   * the care of whoever keeps the user's. What just happened may still be told to the one before.
   */
  public void listener(ClientListener next) {
    listener = next;
  }

  /** Its options. */
  public TelegramOptions options() {
    return options;
  }

  /** The data centre that it belongs to. */
  public DcId dc() {
    synchronized (lock) {
      return dc;
    }
  }

  /** Where its data centre is reached; null before {@link #open}. */
  public @Nullable InetSocketAddress address() {
    synchronized (lock) {
      return connection == null ? null : connection.options().address();
    }
  }

  /** What its connection is doing; {@link ConnectionState.Idle} before {@link #open}. */
  public ConnectionState connectionState() {
    synchronized (lock) {
      return connection == null ? new ConnectionState.Idle() : connection.state();
    }
  }

  /** Whether an account is signed in, as far as is known. */
  public boolean isSignedIn() {
    synchronized (lock) {
      return signedIn && ended == null;
    }
  }

  /**
   * What is to be stored so that another client can go on, null while nobody is signed in. It is a
   * key to a person's account: to be stored encrypted, and shown to nobody. While Telegram moves
   * the account to another data centre it is the one before, until the new key is signed in.
   */
  public @Nullable SavedSession session() {
    synchronized (lock) {
      if (beforeMove != null) {
        return beforeMove;
      }
      long id = selfId();
      SignedInUser user = id == 0 ? null : new SignedInUser(id, false);
      return key == null || !signedIn
          ? null
          : new SavedSession(dc, options.dataCentres().test(), key, user, options.apiId());
    }
  }

  // --- calls -------------------------------------------------------------------------------

  /**
   * Calls any method of the schema.
   *
   * @throws InterruptedException when the caller is interrupted
   * @throws RpcException when Telegram answers with an error
   * @throws CallFailedException when there is no answer; it says how far the call had come
   * @throws ConnectionClosedException when the client is closed
   */
  public <R> R invoke(TlMethod<R> method, CallOptions how) throws InterruptedException {
    R answer = call(method, how);
    updates.result(method, answer);
    return answer;
  }

  private <R> R call(TlMethod<R> method, CallOptions how) throws InterruptedException {
    long deadline = System.nanoTime() + how.timeout().toNanos();
    for (int migrations = 0; ; migrations++) {
      MtprotoConnection current = current(deadline);
      try {
        return current.invoke(method, how.within(left(deadline)));
      } catch (RpcException.Migrate elsewhere) {
        if (migrations == MAX_MIGRATIONS || !concernsAll(elsewhere)) {
          throw elsewhere;
        }
        migrate(current, elsewhere, deadline);
      } catch (RpcException.SessionEnded over) {
        if (isSignedIn()) {
          end(over);
        }
        throw over;
      } catch (ConnectionClosedException | CallFailedException e) {
        if (!movedMeanwhile(current, e)) {
          throw asEnded(e);
        }
      }
    }
  }

  /** As {@link #invoke(TlMethod, CallOptions)}, for what may run twice, within the usual time. */
  public <R> R read(TlMethod<R> method) throws InterruptedException {
    return invoke(method, CallOptions.REPEATABLE.within(options.callTimeout()));
  }

  /** As {@link #read}, for what puts updates in order: it takes the answer in by itself. */
  <R> R readAside(TlMethod<R> method) throws InterruptedException {
    return call(method, CallOptions.REPEATABLE.within(options.callTimeout()));
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
  }

  private static boolean concernsAll(RpcException.Migrate elsewhere) {
    return switch (elsewhere.kind()) {
      case PHONE, USER, NETWORK -> true;
      case FILE, STATS -> false;
    };
  }

  /** The connection to use, once no migration is under way. */
  private MtprotoConnection current(long deadline) throws InterruptedException {
    synchronized (lock) {
      while (migrating) {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
          throw new TransportException("no data centre could be reached in time", null);
        }
        lock.wait(millis);
      }
      if (ended != null) {
        throw new ConnectionClosedException("the sign-in is over", ended);
      }
      if (closed || connection == null) {
        throw new ConnectionClosedException(
            closed ? "the client is closed" : "the client was not opened", null);
      }
      return connection;
    }
  }

  /** Whether a call failed only because its connection was given up for another. */
  private boolean movedMeanwhile(MtprotoConnection used, MtprotoException e) {
    boolean untouched =
        e instanceof ConnectionClosedException
            || (e instanceof CallFailedException failed
                && failed.reason() == CallFailedException.Reason.CLOSED
                && failed.progress() == CallFailedException.Progress.NEVER_SENT);
    synchronized (lock) {
      return untouched && !closed && ended == null && (migrating || connection != used);
    }
  }

  /** What a caller is told of a connection that can never work again. */
  private MtprotoException asEnded(MtprotoException e) {
    synchronized (lock) {
      return ended != null && e instanceof ConnectionClosedException
          ? new ConnectionClosedException("the sign-in is over", ended)
          : e;
    }
  }

  // --- what an account does ------------------------------------------------------------------

  /**
   * Who is signed in. Each time that a signed-in client connects Telegram tells it anew; asked for
   * only when that was never so.
   */
  public Me me() throws InterruptedException {
    Me known = me;
    return known == null ? refreshMe() : known;
  }

  /** Asks Telegram who is signed in. */
  public Me refreshMe() throws InterruptedException {
    Me fresh = Me.of(read(WHO).getFirst());
    me = fresh;
    return fresh;
  }

  /** Channels: names, histories, membership. */
  public Channels channels() {
    return channels;
  }

  /** What is new in the account, and in the channels that it watches. */
  public AccountUpdates updates() {
    return updates;
  }

  /** The account's user id, 0 when it is not known without asking. */
  long selfId() {
    Me known = me;
    return known == null ? savedId : known.id();
  }

  /** Told by the sign-in ({@code dev.jobradar.telegram.signin}) that it is done. */
  public void signedIn(Me account) {
    synchronized (lock) {
      signedIn = true;
    }
    me = account;
  }

  /**
   * Ends the sign-in at Telegram ({@code auth.logOut}) and closes the client. When Telegram says
   * that it was over already, that is as good.
   *
   * @return a token that can make the next sign-in easier, when Telegram gives one
   */
  public Optional<Bytes> logOut() throws InterruptedException {
    try {
      Bytes token = invoke(new Auth.LogOut(), CallOptions.REPEATABLE).futureAuthToken();
      return Optional.ofNullable(token);
    } catch (RpcException.SessionEnded over) {
      return Optional.empty();
    } catch (CallFailedException | ConnectionClosedException e) {
      if (e.getCause() instanceof RpcException.SessionEnded) {
        return Optional.empty();
      }
      throw e;
    } finally {
      synchronized (lock) {
        signedIn = false;
      }
      close();
    }
  }

  // --- moving to another data centre ---------------------------------------------------------

  private void migrate(MtprotoConnection from, RpcException.Migrate to, long deadline)
      throws InterruptedException {
    synchronized (lock) {
      if (connection != from || closed || migrating) {
        return;
      }
      migrating = true;
    }
    SavedSession before = session();
    try {
      InetSocketAddress address = addressOf(to.dc(), from, deadline);
      ExportedAuthorization exported = null;
      if (isSignedIn()) {
        exported =
            from.invoke(
                new Auth.ExportAuthorization(to.dc().value()),
                CallOptions.ONCE.within(left(deadline)));
      }
      updates.disconnected();
      from.close();
      MtprotoConnection there;
      synchronized (lock) {
        if (closed) {
          return;
        }
        beforeMove = exported == null ? null : before;
        dc = to.dc();
        key = null;
        there = newConnection(address);
        connection = there;
      }
      log.debug("moving to {}", to.dc());
      there.open();
      if (exported != null) {
        there.invoke(
            new Auth.ImportAuthorization(exported.id(), exported.bytes()),
            CallOptions.ONCE.within(left(deadline)));
        synchronized (lock) {
          beforeMove = null;
        }
      }
    } finally {
      synchronized (lock) {
        migrating = false;
        lock.notifyAll();
      }
    }
  }

  /** Where a data centre is: our own table knows, else the one that we are at tells. */
  private InetSocketAddress addressOf(DcId wanted, MtprotoConnection from, long deadline)
      throws InterruptedException {
    InetSocketAddress known = options.dataCentres().addresses().get(wanted);
    if (known != null) {
      return known;
    }
    Config config =
        from.invoke(new Help.GetConfig(), CallOptions.REPEATABLE.within(left(deadline)));
    for (DcOption option : config.dcOptions()) {
      boolean usable = !option.ipv6() && !option.mediaOnly() && !option.cdn() && !option.tcpoOnly();
      if (option.id() == wanted.value() && usable) {
        return new InetSocketAddress(option.ipAddress(), option.port());
      }
    }
    throw new TransportException("nobody knows where " + wanted + " is", null);
  }

  private MtprotoConnection newConnection(@Nullable InetSocketAddress address) {
    ConnectionOptions made = options.connection(dc, address, key, signedIn && key != null);
    Ear ear = new Ear(signedIn);
    MtprotoConnection fresh = new MtprotoConnection(made, ear);
    ear.of = fresh;
    return fresh;
  }

  /** Hears one connection; what an old one says is not heard any more. */
  private final class Ear implements ConnectionListener {
    private final boolean asksWho;
    private volatile @Nullable MtprotoConnection of;

    Ear(boolean asksWho) {
      this.asksWho = asksWho;
    }

    private boolean current() {
      synchronized (lock) {
        return connection == of;
      }
    }

    /** Calls travel only when the new key is signed in; whoever is told so may ask for it. */
    private boolean currentOnceMoved() {
      synchronized (lock) {
        while (migrating && beforeMove != null && connection == of && !closed) {
          try {
            lock.wait();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            break;
          }
        }
        return connection == of;
      }
    }

    @Override
    public void onAuthKey(AuthKey made) {
      synchronized (lock) {
        if (connection == of) {
          key = made;
        }
      }
    }

    @Override
    public void onFirstAnswer(Slice answer) {
      if (current() && asksWho) {
        try {
          if (WHO.readResult(answer.reader()).getFirst() instanceof User self) {
            me = Me.of(self);
          }
        } catch (TlException | NoSuchElementException e) {
          // Packed, or strange: me() asks again.
        }
      }
    }

    @Override
    public void onReady() {
      if (currentOnceMoved()) {
        updates.connected();
        listener.onReady();
      }
    }

    @Override
    public void onUpdates(Slice news) {
      if (current()) {
        updates.pushed(news);
      }
    }

    @Override
    public void onGap() {
      if (current()) {
        updates.gap();
      }
    }

    @Override
    public void onLost(MtprotoException cause) {
      if (current()) {
        updates.disconnected();
        listener.onLost(cause);
      }
    }

    @Override
    public void onClosed(@Nullable MtprotoException cause) {
      if (!current()) {
        return;
      }
      if (cause != null) {
        over(cause);
      } else if (closedByOwner()) {
        listener.onClosed();
      }
    }
  }

  // --- the end -------------------------------------------------------------------------------

  private void end(RpcException.SessionEnded why) {
    over(why);
    closeConnection(Duration.ZERO);
  }

  private void over(MtprotoException why) {
    synchronized (lock) {
      if (ended != null || closed) {
        return;
      }
      ended = why;
    }
    updates.over(why);
    listener.onEnded(why);
  }

  /** As {@link #close(Duration)} without waiting for calls that are under way. */
  @Override
  public void close() {
    close(Duration.ZERO);
  }

  /**
   * Closes the client and returns when its connection is closed and no {@link UpdatesListener} is
   * being told anything, unless it is one that closes it. The sign-in stays valid.
   *
   * @param drain the longest to wait for calls that are under way
   */
  public void close(Duration drain) {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
    updates.close();
    closeConnection(drain);
    updates.awaitEnd();
  }

  /**
   * Waits until a client that was closed, or has ended, has no connection any more.
   *
   * @param limit the longest to wait; not positive to look only
   * @return whether it has none; false for a client that was neither closed nor ended
   */
  public boolean awaitClosed(Duration limit) throws InterruptedException {
    MtprotoConnection last;
    synchronized (lock) {
      if (!closed && ended == null) {
        return false;
      }
      last = connection;
    }
    return last == null || last.awaitClosed(limit);
  }

  private boolean closedByOwner() {
    synchronized (lock) {
      return closed && ended == null;
    }
  }

  private void closeConnection(Duration drain) {
    MtprotoConnection last;
    synchronized (lock) {
      last = connection;
    }
    if (last != null) {
      last.close(drain);
    }
  }
}

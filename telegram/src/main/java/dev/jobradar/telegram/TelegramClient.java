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
import dev.jobradar.tl.api.InputUserSelf;
import dev.jobradar.tl.api.User;
import dev.jobradar.tl.api.method.Auth;
import dev.jobradar.tl.api.method.Users;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * One Telegram account over one connection.
 *
 * <p>At most one TCP connection is open at any time. The client reconnects by itself. When Telegram
 * moves the account to another data centre, the client follows with its sign-in, over one
 * connection at a time; the listener sees a lost connection, and {@link #session} then returns
 * another session, which must be stored again.
 *
 * <p>When Telegram ends the sign-in ({@link EndedSignIn}), the client closes itself and every later
 * call fails with the same error: retrying never helps.
 *
 * <p>Thread-safe. Calls block; an interrupt ends the caller's wait and nothing else. Listeners are
 * called one at a time on a thread of the client.
 */
public final class TelegramClient implements AutoCloseable {
  /** The first query of a connection with a sign-in. */
  static final Users.GetUsers WHO = new Users.GetUsers(List.of(new InputUserSelf()));

  /** How often a call is forwarded to another data centre at most. */
  private static final int MAX_MIGRATIONS = 3;

  /** The longest that {@link #close} waits for the end of a move, and then for a listener. */
  private static final Duration CLOSE = Duration.ofSeconds(3);

  private final TelegramOptions options;
  private volatile ClientListener listener;

  private final Object lock = new Object();
  private DcId dc;

  /** Where it is, when the table of data centres does not say. */
  private @Nullable InetSocketAddress address;

  private @Nullable AuthKey key;
  private @Nullable MtprotoConnection connection;
  private @Nullable ConnectionEvents ear;
  private boolean signedIn;

  /** The way to another data centre, null while it is on none. */
  private @Nullable DcMigration move;

  /** How many migrations in a row led to a data centre that did not keep the account. */
  private int migrationsInARow;

  /** When the connection was ready last, in terms of {@link System#nanoTime}; 0 for not yet. */
  private long readySince;

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
   * @param session what {@link #session} returned earlier; null for a new sign-in
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

  /** Starts to connect and returns at once. Further calls do nothing. */
  public void open() {
    synchronized (lock) {
      if (connection == null && !closed) {
        connect();
      }
    }
  }

  /**
   * Replaces the listener: a client that was opened for a sign-in gets another owner. Events that
   * are already on their way may still reach the previous listener.
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
      if (move != null) {
        return ended == null
            ? new ConnectionState.Dialing(0, false)
            : new ConnectionState.Closed(ended);
      }
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
   * The session to store, so that another client can continue with it; null while no user is signed
   * in. It gives full access to a person's account: store it encrypted and never show it. While
   * Telegram moves the account to another data centre, this is the old session until the new key is
   * signed in.
   */
  public @Nullable SavedSession session() {
    synchronized (lock) {
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
        move(current, elsewhere);
      } catch (RpcException refused) {
        if (EndedSignIn.meansEnd(refused) && isSignedIn()) {
          end(refused);
        }
        throw refused;
      } catch (ConnectionClosedException | CallFailedException e) {
        if (e.getCause() instanceof RpcException.Migrate elsewhere && concernsAll(elsewhere)) {
          move(current, elsewhere);
        }
        if (migrations == MAX_MIGRATIONS || !movedMeanwhile(current, e, how.repeatable())) {
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
  <R> R readWithoutUpdates(TlMethod<R> method) throws InterruptedException {
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

  /** The connection to use, once it is on no way to another. */
  private MtprotoConnection current(long deadline) throws InterruptedException {
    synchronized (lock) {
      while (move != null && !closed && ended == null) {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        MtprotoException trouble = move.trouble();
        if (millis <= 0 || move.pause().toMillis() > millis) {
          throw new TransportException(
              trouble == null
                  ? "the account could not be moved to its data centre in time"
                  : "the account cannot be moved to its data centre now: " + trouble.getMessage(),
              trouble);
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

  /** Whether a call failed only because its connection was given up, and may be made again. */
  private boolean movedMeanwhile(MtprotoConnection used, MtprotoException e, boolean repeatable) {
    boolean again =
        e instanceof ConnectionClosedException
            || (e instanceof CallFailedException failed
                && failed.reason() == CallFailedException.Reason.CLOSED
                && switch (failed.progress()) {
                  case NEVER_SENT -> true;
                  case SENT -> repeatable;
                  case ACKNOWLEDGED -> false;
                });
    synchronized (lock) {
      return again && !closed && ended == null && (move != null || connection != used);
    }
  }

  /**
   * What a caller gets for a connection that can never work again: why. Where another call was told
   * so, the connection was closed by us, and this call's failure does not say it.
   */
  private MtprotoException asEnded(MtprotoException e) {
    MtprotoException why;
    synchronized (lock) {
      why = ended;
    }
    if (why == null) {
      return e;
    }
    return switch (e) {
      case ConnectionClosedException _ -> new ConnectionClosedException("the sign-in is over", why);
      case CallFailedException failed
          when failed.reason() == CallFailedException.Reason.CLOSED && failed.getCause() == null ->
          failed.because(why);
      default -> e;
    };
  }

  // --- what an account does ------------------------------------------------------------------

  /**
   * Who is signed in. Telegram says so each time a signed-in client connects; the call goes to
   * Telegram only before the first time.
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
    } catch (MtprotoException e) {
      if (EndedSignIn.reason(e) == null) {
        throw e;
      }
      return Optional.empty();
    } finally {
      synchronized (lock) {
        signedIn = false;
      }
      close();
    }
  }

  // --- moving to another data centre ---------------------------------------------------------

  /** Sets out, unless it has done so or that connection is not its own any more. */
  private void move(MtprotoConnection from, RpcException.Migrate to) {
    synchronized (lock) {
      if (connection != from || move != null || closed || ended != null) {
        return;
      }
      MigrationState.Home home = new MigrationState.Home(dc, address, key);
      if (lasted()) {
        migrationsInARow = 0;
      }
      move = new DcMigration(this, from, home, signedIn, to, migrationsInARow++);
      if (ear != null) {
        ear.leaving = to;
      }
      move.start();
    }
  }

  /** Whether the data centre has kept the account for as long as the longest pause. */
  private boolean lasted() {
    return readySince != 0 && System.nanoTime() - readySince >= options.backoff().most().toNanos();
  }

  /** Goes on where a move has led. */
  void arrived(DcMigration by, MigrationState.Home home) {
    synchronized (lock) {
      if (move != by || closed || ended != null) {
        return;
      }
      move = null;
      dc = home.dc();
      address = home.address();
      key = home.key();
      readySince = 0;
      connect();
      lock.notifyAll();
    }
  }

  /** Whether a move is to go on. */
  boolean isOn(DcMigration asking) {
    synchronized (lock) {
      return move == asking && !closed && ended == null;
    }
  }

  /** The sign-in that was to be taken along is over. */
  void endedOn(DcMigration by, RpcException why) {
    synchronized (lock) {
      if (!isOn(by)) {
        return;
      }
      ended = why;
      lock.notifyAll();
    }
    updates.over(why);
    tellLast(() -> listener.onEnded(why));
  }

  /** A move was broken off, and has no connection any more. */
  void gaveUp(DcMigration by) {
    synchronized (lock) {
      if (move != by || !closedByOwner()) {
        return;
      }
    }
    tellLast(() -> listener.onClosed());
  }

  /** Tells what no connection tells, after everything that the last one had to tell. */
  private void tellLast(Runnable telling) {
    ConnectionEvents last;
    synchronized (lock) {
      last = ear;
    }
    Thread.ofVirtual()
        .name("telegram-move")
        .start(() -> {
          if (last != null) {
            last.awaitAll();
          }
          telling.run();
        });
  }

  /** Opens a connection to where it belongs, with the lock held. */
  private void connect() {
    ConnectionOptions made = options.connection(dc, address, key, signedIn && key != null);
    ConnectionEvents fresh = new ConnectionEvents(signedIn && key != null, ear);
    MtprotoConnection opened = new MtprotoConnection(made, fresh);
    fresh.of = opened;
    ear = fresh;
    connection = opened;
    opened.open();
  }

  /**
   * Hears one connection. What the connection before it has to say is told first; after its end
   * there is nothing more of it to hear.
   */
  private final class ConnectionEvents implements ConnectionListener {
    private final boolean asksWho;
    private final CountDownLatch heardAll = new CountDownLatch(1);
    private volatile @Nullable ConnectionEvents before;
    private volatile @Nullable MtprotoConnection of;

    /** Where it was said to go instead, null while its connection is not given up. */
    private volatile RpcException.@Nullable Migrate leaving;

    ConnectionEvents(boolean asksWho, @Nullable ConnectionEvents before) {
      this.asksWho = asksWho;
      this.before = before;
    }

    /** Waits until everything was told that its connection has to tell. */
    void awaitAll() {
      try {
        heardAll.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private boolean current() {
      ConnectionEvents last = before;
      if (last != null) {
        last.awaitAll();
        before = null;
      }
      synchronized (lock) {
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
      if (current()) {
        synchronized (lock) {
          readySince = readySince == 0 ? System.nanoTime() : readySince;
        }
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
        lost(cause);
      }
    }

    private void lost(MtprotoException cause) {
      updates.disconnected();
      listener.onLost(cause);
    }

    @Override
    public void onClosed(@Nullable MtprotoException cause) {
      try {
        closed(cause, current());
      } finally {
        heardAll.countDown();
      }
    }

    private void closed(@Nullable MtprotoException cause, boolean current) {
      MtprotoConnection mine = of;
      if (mine != null
          && cause instanceof RpcException.Migrate elsewhere
          && concernsAll(elsewhere)) {
        move(mine, elsewhere);
      }
      RpcException.Migrate where = leaving;
      if (where != null) {
        lost(where);
      } else if (current && closedByOwner()) {
        listener.onClosed();
      } else if (current && cause != null) {
        over(cause);
      }
    }
  }

  // --- the end -------------------------------------------------------------------------------

  private void end(RpcException why) {
    over(why);
    closeConnection(Duration.ZERO);
  }

  private void over(MtprotoException why) {
    synchronized (lock) {
      if (ended != null || closed) {
        return;
      }
      ended = why;
      lock.notifyAll();
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
   * Closes the client and returns when its connection is closed and no call of an {@link
   * UpdatesListener} is in progress, except one that closes the client itself. The sign-in stays
   * valid.
   *
   * <p>It waits for a listener for three seconds at most, and then logs where the listener is;
   * {@link #awaitClosed} waits until it has returned. A listener may close its own client, but must
   * not wait for another thread that does: each would wait for the other.
   *
   * @param drain how long to wait at most for calls in progress
   */
  public void close(Duration drain) {
    DcMigration last;
    synchronized (lock) {
      closed = true;
      last = move;
      lock.notifyAll();
    }
    updates.close();
    if (last != null) {
      last.stop();
    }
    closeConnection(drain);
    awaitEnd(last);
  }

  /** An interrupt cuts the wait short, not the closing. */
  private void awaitEnd(@Nullable DcMigration last) {
    boolean interrupted = Thread.interrupted();
    try {
      if (last != null) {
        last.awaitEnd(CLOSE);
      }
      if (!updates.awaitEnd(CLOSE)) {
        updates.hangs();
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits until a client that was closed, or has ended, has no connection any more, and none of its
   * {@link UpdatesListener}s is still busy.
   *
   * @param limit the longest to wait; not positive to look only
   * @return whether that is so; false for a client that was neither closed nor ended
   */
  public boolean awaitClosed(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    MtprotoConnection last;
    DcMigration way;
    synchronized (lock) {
      if (!closed && ended == null) {
        return false;
      }
      last = connection;
      way = move;
    }
    if (way != null && !way.awaitEnd(limit)) {
      return false;
    }
    return (last == null || last.awaitClosed(rest(deadline))) && updates.awaitEnd(rest(deadline));
  }

  private static Duration rest(long deadline) {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
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

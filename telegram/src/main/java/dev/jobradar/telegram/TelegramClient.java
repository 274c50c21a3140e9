package dev.jobradar.telegram;

import dev.jobradar.mtproto.CallFailedException;
import dev.jobradar.mtproto.ConnectionClosedException;
import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.client.CallOptions;
import dev.jobradar.mtproto.client.ConnectionState;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.telegram.ClientState.Identity;
import dev.jobradar.telegram.MigrationState.Home;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.session.SignedInUser;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.method.Auth;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
  private final TelegramOptions options;
  private final KnownMe known;
  private final Channels channels;
  private final AccountUpdates updates;
  private final ClientLife life;
  private final ClientCalls calls;

  /**
   * A client that does nothing until {@link #open}.
   *
   * @param session what {@link #session} returned earlier; null for a new sign-in
   */
  public TelegramClient(
      TelegramOptions options, @Nullable SavedSession session, ClientListener listener) {
    this.options = options;
    this.known = new KnownMe(session);
    this.channels = new Channels(this);
    this.updates = new AccountUpdates(this);
    Home home =
        session == null
            ? new Home(options.firstDc(), List.of(), null)
            : new Home(session.dc(), List.of(), session.authKey());
    Identity who = new Identity(home, home.key() != null);
    this.life = new ClientLife(options, who, known, updates, listener);
    this.calls = new ClientCalls(life);
  }

  /** Starts to connect and returns at once. Further calls do nothing. */
  public void open() {
    life.happened(new ClientEvent.Open());
  }

  /**
   * Replaces the listener: a client that was opened for a sign-in gets another owner. Events that
   * are already on their way may still reach the previous listener.
   */
  public void listener(ClientListener next) {
    life.listener(next);
  }

  /** Its options. */
  public TelegramOptions options() {
    return options;
  }

  /** The data centre that it belongs to. */
  public DcId dc() {
    return life.who().home().dc();
  }

  /** Where its data centre is reached; null before {@link #open}. */
  public @Nullable InetSocketAddress address() {
    ClientLife.Line line = life.line();
    return line == null ? null : line.connection().options().address();
  }

  /** What its connection is doing; {@link ConnectionState.Idle} before {@link #open}. */
  public ConnectionState connectionState() {
    return life.connectionState();
  }

  /** Whether an account is signed in, as far as is known. */
  public boolean isSignedIn() {
    return life.isSignedIn();
  }

  /**
   * The session to store, so that another client can continue with it; null while no user is signed
   * in. It gives full access to a person's account: store it encrypted and never show it. While
   * Telegram moves the account to another data centre, this is the old session until the new key is
   * signed in.
   */
  public @Nullable SavedSession session() {
    Identity who = life.who();
    AuthKey key = who.home().key();
    if (key == null || !who.signedIn()) {
      return null;
    }
    long id = known.id();
    SignedInUser user = id == 0 ? null : new SignedInUser(id, false);
    return new SavedSession(
        who.home().dc(), options.dataCentres().test(), key, user, options.apiId());
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
    R answer = calls.call(method, how);
    updates.result(method, answer);
    return answer;
  }

  /** As {@link #invoke(TlMethod, CallOptions)}, for what may run twice, within the usual time. */
  public <R> R read(TlMethod<R> method) throws InterruptedException {
    return invoke(method, CallOptions.REPEATABLE.within(options.callTimeout()));
  }

  /** As {@link #read}, for what puts updates in order: it takes the answer in by itself. */
  <R> R readWithoutUpdates(TlMethod<R> method) throws InterruptedException {
    return calls.call(method, CallOptions.REPEATABLE.within(options.callTimeout()));
  }

  // --- what an account does ------------------------------------------------------------------

  /**
   * Who is signed in. Telegram says so each time a signed-in client connects; the call goes to
   * Telegram only before the first time.
   */
  public Me me() throws InterruptedException {
    Me told = known.me();
    return told == null ? refreshMe() : told;
  }

  /** Asks Telegram who is signed in. */
  public Me refreshMe() throws InterruptedException {
    Me fresh = Me.of(read(KnownMe.WHO).getFirst());
    known.told(fresh);
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
    return known.id();
  }

  /** Told by the sign-in ({@code dev.jobradar.telegram.signin}) that it is done. */
  public void signedIn(Me account) {
    known.told(account);
    life.happened(new ClientEvent.SignedIn());
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
      life.happened(new ClientEvent.LoggedOut());
      close();
    }
  }

  // --- the end -------------------------------------------------------------------------------

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
    life.close(drain);
  }

  /**
   * Waits until a client that was closed, or has ended, has no connection any more, and none of its
   * {@link UpdatesListener}s is still busy.
   *
   * @param limit the longest to wait; not positive to look only
   * @return whether that is so; false for a client that was neither closed nor ended
   */
  public boolean awaitClosed(Duration limit) throws InterruptedException {
    return life.awaitClosed(limit);
  }
}

package dev.jobradar.clients;

import dev.jobradar.clients.SlotEvent.Reservation;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.signin.CodeRequest;
import dev.jobradar.telegram.signin.SignIn;
import dev.jobradar.telegram.signin.SignInResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sign-in under way: a client that is nobody's yet, and the places of users that are kept
 * closed for it.
 *
 * <p>Thread-safe: {@code steps} lets one step happen at a time. {@link #end} may come at any moment
 * and happens once; what it has to undo it undoes as a step too, after the one that is under way.
 */
final class PendingSignIn {
  private static final Logger log = LoggerFactory.getLogger(PendingSignIn.class);

  private static final Duration HOLD_WITHIN = Duration.ofSeconds(15);
  private static final Duration END_WITHIN = Duration.ofSeconds(10);

  private final UserClients clients;
  private final SignInId id;
  private final String phone;
  private final String address;
  private final PacedClient client;
  private final SignIn signIn;
  private final Reservation reservation = new Reservation("the user is signing in anew");

  private final ReentrantLock steps = new ReentrantLock();
  private final AtomicReference<Life> life = new AtomicReference<>(Life.OPEN);
  private volatile boolean endWanted;
  private volatile boolean shuttingDown;

  /** The key that is replaced, while it says goodbye. */
  private volatile @Nullable ManagedClient oldClient;

  /** Guarded by {@link #steps}, and so is what follows. */
  private Step step = Step.NEW;

  /** Whether Telegram may have accepted, as far as is known. */
  private volatile boolean mayBeAccepted;

  private @Nullable Me account;
  private final Map<UserId, Slot> reserved = new HashMap<>(2);

  private enum Step {
    NEW,
    CODE,
    PASSWORD,
    ACCEPTED,
    OVER
  }

  private enum Life {
    OPEN,
    /** It is being stored, or is. */
    COMPLETED,
    /** Nothing may come of it any more. */
    ENDED
  }

  PendingSignIn(UserClients clients, SignInId id, String phone, String address) {
    this.clients = clients;
    this.id = id;
    this.phone = phone;
    this.address = address;
    this.client = clients.newClient(null, null);
    this.signIn = new SignIn(client.telegram(), phone, List.of());
  }

  SignInId id() {
    return id;
  }

  String phone() {
    return phone;
  }

  String address() {
    return address;
  }

  boolean isOver() {
    return life.get() != Life.OPEN;
  }

  /** Connects and asks for a code. */
  SignInStep begin() throws InterruptedException {
    return oneAtATime(
        Step.NEW,
        () -> {
          client.prioritize();
          client.open();
          return asked(signIn.sendCode());
        });
  }

  SignInStep resendCode() throws InterruptedException {
    return oneAtATime(Step.CODE, () -> asked(signIn.resendCode()));
  }

  private SignInStep asked(CodeRequest request) throws InterruptedException {
    return switch (request) {
      case CodeRequest.Sent(var delivery, var next, var resendAfter) -> {
        step = Step.CODE;
        yield new SignInStep.CodeSent(delivery, next, resendAfter);
      }
      case CodeRequest.PasswordNeeded(String hint) -> {
        step = Step.PASSWORD;
        yield new SignInStep.PasswordNeeded(hint);
      }
      case CodeRequest.SignedIn(Me me) -> accepted(me);
      case CodeRequest.PaymentRequired(String currency, long amount) -> {
        end();
        yield new SignInStep.PaymentRequired(currency, amount);
      }
    };
  }

  SignInStep submitCode(String code) throws InterruptedException {
    return oneAtATime(
        Step.CODE,
        () ->
            proving(() ->
                switch (signIn.signIn(code)) {
                  case SignInResult.SignedIn(Me me) -> accepted(me);
                  case SignInResult.PasswordNeeded(String hint) -> {
                    notAccepted();
                    step = Step.PASSWORD;
                    yield new SignInStep.PasswordNeeded(hint);
                  }
                  case SignInResult.NoSuchAccount() -> {
                    notAccepted();
                    end();
                    yield new SignInStep.NoSuchAccount();
                  }
                }));
  }

  SignInStep submitPassword(String password) throws InterruptedException {
    return oneAtATime(Step.PASSWORD, () -> proving(() -> accepted(signIn.checkPassword(password))));
  }

  private interface Work<T> {
    T run() throws InterruptedException;
  }

  private <T> T oneAtATime(Step expected, Work<T> work) throws InterruptedException {
    steps.lockInterruptibly();
    try {
      if (isOver()) {
        throw new NoSuchSignInException();
      }
      if (step != expected) {
        throw new WrongStepException(
            "the sign-in is at another step: " + step + " rather than " + expected);
      }
      return work.run();
    } finally {
      steps.unlock();
    }
  }

  /**
   * A call that may sign the new key in. From before it on no other client of that account may be
   * open: whoever had this phone number when they were seen last is closed, and kept closed.
   */
  private SignInStep proving(Work<SignInStep> call) throws InterruptedException {
    Optional<UserId> owner = clients.store().byPhone(phone);
    if (owner.isPresent()) {
      reserve(owner.get());
    }
    mayBeAccepted = true;
    notEnded();
    boolean certain = false;
    try {
      SignInStep next = call.run();
      certain = true;
      return next;
    } catch (RpcException e) {
      // Telegram says no. Its own failures (500, or negative) leave open what has happened.
      certain = e.code() >= 300 && e.code() < 500;
      if (certain) {
        notAccepted();
      }
      throw e;
    } finally {
      if (!certain) {
        // Nobody knows: rather begin anew than have two keys of one account.
        end();
      }
    }
  }

  private void reserve(UserId user) throws InterruptedException {
    if (!reserved.containsKey(user)) {
      reserved.put(user, clients.reserve(user, reservation, HOLD_WITHIN));
    }
    notEnded();
  }

  private void notEnded() {
    if (life.get() == Life.ENDED) {
      throw new NoSuchSignInException();
    }
  }

  private void notAccepted() {
    mayBeAccepted = false;
    releaseAll();
  }

  private void releaseAll() {
    steps.lock();
    try {
      reserved.values().forEach(slot -> clients.release(slot, reservation));
      reserved.clear();
    } finally {
      steps.unlock();
    }
  }

  private SignInStep accepted(Me me) throws InterruptedException {
    mayBeAccepted = true;
    account = me;
    step = Step.ACCEPTED;
    // Their phone number may have changed since they were seen last.
    Optional<UserId> known = clients.store().byTelegramId(me.id());
    if (known.isPresent()) {
      reserve(known.get());
    }
    return new SignInStep.Accepted(me);
  }

  /** Stores the sign-in and puts the client in its user's place. */
  CompletedSignIn complete() throws InterruptedException {
    return oneAtATime(
        Step.ACCEPTED,
        () -> {
          Me me = account;
          SavedSession session = client.telegram().session();
          if (me == null || session == null) {
            throw new WrongStepException("Telegram has not accepted, or no longer");
          }
          SessionStore.SignedIn stored = store(me, session);
          // From here on the sign-in is worth keeping, whatever happens to its client.
          step = Step.OVER;
          mayBeAccepted = false;
          client.stored(session);
          place(stored.user(), replaced(stored, session));
          return new CompletedSignIn(stored.user(), stored.created(), me);
        });
  }

  /** No end may come between: it would log out what is stored. */
  private SessionStore.SignedIn store(Me me, SavedSession session) {
    if (!life.compareAndSet(Life.OPEN, Life.COMPLETED)) {
      throw new NoSuchSignInException();
    }
    boolean stored = false;
    try {
      SessionStore.SignedIn result = clients.store().signedIn(me, phone, session);
      stored = true;
      return result;
    } finally {
      if (!stored) {
        life.set(Life.OPEN);
        if (endWanted) {
          end();
        }
      }
    }
  }

  /** The sign-in whose key is to be ended, null when there is none, or it has the same key. */
  private static @Nullable SavedSession replaced(
      SessionStore.SignedIn stored, SavedSession session) {
    return stored
        .replaced()
        .filter(old -> old.authKey() != null && !old.authKey().equals(session.authKey()))
        .orElse(null);
  }

  private void place(UserId user, @Nullable SavedSession replaced) throws InterruptedException {
    Slot slot = null;
    try {
      reserve(user);
      slot = reserved.get(user);
    } catch (NoClientException | UserClientsClosedException e) {
      log.warn("{}: signed in, but not connected: {}", user, e.getMessage());
    } finally {
      if (slot == null) {
        if (replaced != null) {
          oldSessionRemains(user);
        }
        clients.closeThen(client, this::releaseAll);
      } else if (replaced == null) {
        reserved.remove(user);
        if (clients.handOver(slot, reservation, client)) {
          releaseAll();
        } else {
          clients.closeThen(client, this::releaseAll);
        }
      } else {
        replace(user, replaced);
      }
    }
  }

  /** One connection of this account at a time: the new one makes room for the old's oldClient. */
  private void replace(UserId user, SavedSession replaced) {
    Runnable back =
        () -> {
          releaseAll();
          try {
            clients.connectAll(List.of(user));
          } catch (UserClientsClosedException e) {
            log.debug("{}: all was closed meanwhile", user);
          }
        };
    if (!clients.closed(client)) {
      oldSessionRemains(user);
      clients.closeThen(client, back);
      return;
    }
    PacedClient old = clients.newClient(user, replaced);
    if (!logOutClient(old)) {
      oldSessionRemains(user);
    }
    clients.closeThen(old, back);
  }

  private void oldSessionRemains(UserId user) {
    log.warn("{}: the sign-in before could not be ended at Telegram", user);
    clients.notifyListener(listener -> listener.oldSessionRemains(user));
  }

  private boolean logOutClient(ManagedClient old) {
    oldClient = old;
    // Set first, looked at after: shutting down, which does it the other way round, sees one of
    // both.
    if (shuttingDown) {
      return false;
    }
    old.prioritize();
    old.open();
    return old.logOut(Slot.LOG_OUT_TIMEOUT);
  }

  /**
   * Ends it: what Telegram has accepted is logged out, the client closed, and then the places let
   * go.
   *
   * @return whether that was done here: it happens once, and never to one that is being completed
   */
  boolean end() {
    endWanted = true;
    if (!life.compareAndSet(Life.OPEN, Life.ENDED)) {
      return false;
    }
    try {
      // A step that is under way is let finish: it may be just the one that is accepted.
      if (steps.tryLock(END_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          undo();
        } finally {
          steps.unlock();
        }
      } else {
        cutShort();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      clients.time().inBackground(this::cutShort);
    }
    return true;
  }

  /** Fails the call of the step that is under way, and cleans up after it. */
  private void cutShort() {
    logOutAccepted();
    clients.closeThen(client, () -> log.debug("a step of a sign-in was cut short"));
    steps.lock();
    try {
      undo();
    } finally {
      steps.unlock();
    }
  }

  /** With {@link #steps} reserved, so that nothing is reserved or accepted after it. */
  private void undo() {
    if (step == Step.OVER) {
      return;
    }
    step = Step.OVER;
    logOutAccepted();
    clients.closeThen(client, this::releaseAll);
  }

  private void logOutAccepted() {
    if (!mayBeAccepted) {
      return;
    }
    if (client.logOut(Slot.LOG_OUT_TIMEOUT)) {
      mayBeAccepted = false;
    } else {
      log.warn("a sign-in that nobody completed could not be ended at Telegram");
    }
  }

  /**
   * Ends it; if it is being completed, waits until nothing is open that is not its user's.
   *
   * @return whether that is so but for what {@link UserClients#closeThen} goes on closing
   */
  boolean shutDown() {
    shuttingDown = true;
    if (end()) {
      return !Thread.currentThread().isInterrupted();
    }
    ManagedClient old = oldClient;
    if (old != null) {
      boolean cut = clients.closed(old);
      log.debug("a oldClient was cut short: {}", cut);
    }
    boolean free = false;
    try {
      free = steps.tryLock(END_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      if (free && life.get() == Life.ENDED) {
        undo();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (free) {
        steps.unlock();
      }
    }
    return free;
  }
}

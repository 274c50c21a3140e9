package dev.jobradar.clients;

import dev.jobradar.clients.SignInState.Event;
import dev.jobradar.clients.SignInState.Rejection;
import dev.jobradar.clients.SignInState.Stage;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.signin.CodeRequest;
import dev.jobradar.telegram.signin.SignIn;
import dev.jobradar.telegram.signin.SignInResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sign-in under way: a client without a user yet, the users' slots that are kept closed for it,
 * and a {@link SignInState} that decides what may happen.
 *
 * <p>Thread-safe. {@code steps} lets one step with its calls happen at a time; the monitor guards
 * the state and is held for no call. {@link #end} changes the state at once, and waits for the step
 * that is under way before it undoes what is left.
 */
final class PendingSignIn {
  private static final Logger log = LoggerFactory.getLogger(PendingSignIn.class);

  private static final Duration RESERVE_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration END_TIMEOUT = Duration.ofSeconds(10);

  private final UserClients clients;
  private final SignInId id;
  private final String phone;
  private final SignInOrigin origin;
  private final PacedClient client;
  private final SignIn signIn;
  private final ReservedSlots reserved;
  private final ClientHandover handover;

  /** Users whose clients were open before: they are opened again. */
  private final Set<UserId> interrupted = ConcurrentHashMap.newKeySet();

  private final ReentrantLock steps = new ReentrantLock();
  private volatile SignInState state = new SignInState.Waiting(Stage.NEW);

  PendingSignIn(UserClients clients, SignInId id, String phone, SignInOrigin origin) {
    this.clients = clients;
    this.id = id;
    this.phone = phone;
    this.origin = origin;
    this.client = clients.newClient(null, null);
    this.signIn = new SignIn(client.telegram(), phone, List.of(), clients.time()::now);
    this.reserved = new ReservedSlots(clients.slots(), "the user is signing in again");
    this.handover = new ClientHandover(clients, client, reserved);
  }

  SignInId id() {
    return id;
  }

  String phone() {
    return phone;
  }

  SignInOrigin origin() {
    return origin;
  }

  /** Whether its key is signed in, or may be. */
  boolean isAccepted() {
    return switch (state) {
      case SignInState.Accepted _, SignInState.Storing _ -> true;
      case SignInState.Calling(_, boolean mayAccept) -> mayAccept;
      case SignInState.Ending(boolean mayBeAccepted) -> mayBeAccepted;
      case SignInState.Waiting _, SignInState.Completed _, SignInState.Ended _ -> false;
    };
  }

  boolean isOver() {
    return state.isOver();
  }

  // --- steps ---------------------------------------------------------------------------------

  /** Connects and asks for a code. */
  SignInStep begin() throws InterruptedException {
    return step(
        List.of(Stage.NEW),
        () -> {
          client.prioritize();
          client.open();
          return asked(signIn.sendCode());
        });
  }

  SignInStep resendCode() throws InterruptedException {
    return step(List.of(Stage.CODE), () -> asked(signIn.resendCode()));
  }

  /** Asks for another code after {@link SignIn#needsNewCode}. */
  SignInStep restart() throws InterruptedException {
    return step(List.of(Stage.CODE, Stage.PASSWORD), () -> asked(signIn.sendCode()));
  }

  SignInStep submitCode(String code) throws InterruptedException {
    return step(
        List.of(Stage.CODE),
        () -> {
          closeOthers();
          return entered(signIn.signIn(code));
        });
  }

  SignInStep submitPassword(String password) throws InterruptedException {
    return step(
        List.of(Stage.PASSWORD),
        () -> {
          closeOthers();
          return accepted(signIn.checkPassword(password));
        });
  }

  private interface Work {
    SignInStep run() throws InterruptedException;
  }

  private SignInStep step(List<Stage> stages, Work work) throws InterruptedException {
    steps.lockInterruptibly();
    try {
      handle(new Event.Ask(stages));
      boolean certain = false;
      try {
        SignInStep next = work.run();
        certain = true;
        return next;
      } catch (RpcException e) {
        certain = refused(e);
        throw isKeyDead(e) ? new NoSuchSignInException(e) : e;
      } finally {
        if (!certain) {
          handle(new Event.Unknown());
        }
        handle(new Event.Undo());
      }
    } finally {
      steps.unlock();
    }
  }

  /**
   * From before the call that may sign the new key in, no other client of that account may be open:
   * the client of the user last seen with this phone number is closed, and its slot kept closed.
   */
  private void closeOthers() throws InterruptedException {
    Optional<UserId> owner = clients.store().byPhone(phone);
    if (owner.isPresent()) {
      // Not one that is kept closed for another sign-in: that one opens it again.
      boolean open =
          clients
              .status(owner.get())
              .filter(status -> status.state() != ClientStatus.State.RESERVED)
              .isPresent();
      reserved.reserve(owner.get(), RESERVE_TIMEOUT);
      if (open) {
        interrupted.add(owner.get());
      }
    }
    handle(new Event.Enter());
  }

  private SignInStep asked(CodeRequest request) throws InterruptedException {
    return switch (request) {
      case CodeRequest.Sent(var delivery, var next, var resendAfter) -> {
        handle(new Event.CodeSent());
        yield new SignInStep.CodeSent(delivery, next, resendAfter);
      }
      case CodeRequest.PasswordNeeded(String hint) -> passwordNeeded(hint);
      case CodeRequest.SignedIn(Me me) -> {
        handle(new Event.Enter());
        yield accepted(me);
      }
      case CodeRequest.PaymentRequired(String currency, long amount) -> {
        handle(new Event.Dead());
        yield new SignInStep.PaymentRequired(currency, amount);
      }
    };
  }

  private SignInStep entered(SignInResult result) throws InterruptedException {
    return switch (result) {
      case SignInResult.SignedIn(Me me) -> accepted(me);
      case SignInResult.PasswordNeeded(String hint) -> passwordNeeded(hint);
      case SignInResult.NoSuchAccount() -> {
        handle(new Event.Dead());
        yield new SignInStep.NoSuchAccount();
      }
    };
  }

  private SignInStep passwordNeeded(@Nullable String hint) {
    handle(new Event.PasswordNeeded());
    return new SignInStep.PasswordNeeded(hint);
  }

  private SignInStep accepted(Me me) throws InterruptedException {
    // Their phone number may have changed since they were last seen.
    Optional<UserId> known = clients.store().byTelegramId(me.id());
    if (known.isPresent()) {
      reserved.reserve(known.get(), RESERVE_TIMEOUT);
    }
    handle(new Event.SignedIn(me));
    return new SignInStep.Accepted(me);
  }

  /** Whether the error leaves no doubt that the key is not signed in. */
  private boolean refused(RpcException e) {
    if (isUnauthorized(e)) {
      handle(new Event.Dead());
      return true;
    }
    // Telegram's own failures (5xx, negative codes) leave open what has happened.
    boolean certain = SignIn.needsNewCode(e) || (e.code() >= 300 && e.code() < 500);
    if (certain) {
      handle(new Event.Refused());
    }
    return certain;
  }

  /** A key that answers 401 to a step of its sign-in never gets further. */
  private static boolean isUnauthorized(RpcException e) {
    return e.code() == 401 || e instanceof RpcException.SessionEnded;
  }

  /** Whether it says something about the key alone, and nothing about the account. */
  private static boolean isKeyDead(RpcException e) {
    return isUnauthorized(e) && !e.error().startsWith("USER_DEACTIVATED");
  }

  // --- completing ----------------------------------------------------------------------------

  /** Stores the sign-in and puts the client into its user's slot. */
  CompletedSignIn complete() throws InterruptedException {
    steps.lockInterruptibly();
    try {
      SavedSession session = client.telegram().session();
      if (session == null && state instanceof SignInState.Accepted) {
        throw new WrongStepException("Telegram has not accepted the sign-in, or no longer does");
      }
      if (!(handle(new Event.Complete()) instanceof SignInState.Storing(Me me, _))
          || session == null) {
        throw new IllegalStateException("nothing to store");
      }
      SessionStore.SignedIn stored = store(me, session);
      client.stored(session);
      handover.place(stored.user(), replaced(stored, session), RESERVE_TIMEOUT);
      return new CompletedSignIn(stored.user(), stored.created(), me);
    } finally {
      steps.unlock();
    }
  }

  /** An end that comes meanwhile waits for it: it would log out what is stored. */
  private SessionStore.SignedIn store(Me me, SavedSession session) {
    Event outcome = new Event.NotStored();
    try {
      SessionStore.SignedIn stored = clients.store().signedIn(me, phone, session);
      outcome = new Event.Stored();
      return stored;
    } finally {
      handle(outcome);
      handle(new Event.Undo());
    }
  }

  /** The sign-in whose key is to be logged out, null when there is none or it has the same key. */
  private static @Nullable SavedSession replaced(
      SessionStore.SignedIn stored, SavedSession session) {
    return stored
        .replaced()
        .filter(old -> old.authKey() != null && !old.authKey().equals(session.authKey()))
        .orElse(null);
  }

  // --- the end -------------------------------------------------------------------------------

  /**
   * Ends it: what Telegram has accepted is logged out, the client closed, and then the users' slots
   * are released.
   *
   * @return whether that was done here: it happens once, and never to one that is being completed
   */
  boolean end() {
    boolean begins;
    synchronized (this) {
      begins = !state.isOver();
      state = SignInState.next(state, new Event.End()).state();
    }
    if (!begins) {
      return false;
    }
    try {
      // The step under way may finish: it may be the one that is accepted.
      if (steps.tryLock(END_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          handle(new Event.Undo());
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
    if (state instanceof SignInState.Ending(boolean mayBeAccepted) && mayBeAccepted && logOut()) {
      handle(new Event.LoggedOut());
    }
    clients.unowned().closeThen(client, () -> log.debug("a step of a sign-in was cut short"));
    steps.lock();
    try {
      handle(new Event.Undo());
    } finally {
      steps.unlock();
    }
  }

  /**
   * Ends it; if it is being completed, waits until nothing is open that is not its user's.
   *
   * @return whether that is so, apart from what {@link UnownedClients} is still closing
   */
  boolean shutDown() {
    handover.shutDown();
    if (end()) {
      return !Thread.currentThread().isInterrupted();
    }
    boolean free = false;
    try {
      free = steps.tryLock(END_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      if (free) {
        handle(new Event.Undo());
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

  // --- state ---------------------------------------------------------------------------------

  /**
   * Moves on. {@link Event.Undo} is for who holds {@code steps}.
   *
   * @return the state that this led to
   * @throws NoSuchSignInException when the event was rejected because the sign-in is over
   * @throws WrongStepException when another step comes next
   */
  private SignInState handle(Event event) {
    SignInState before;
    SignInState.Step step;
    synchronized (this) {
      before = state;
      step = SignInState.next(before, event);
      state = step.state();
    }
    step.effects().forEach(this::run);
    if (step.rejection() == Rejection.OVER) {
      throw new NoSuchSignInException();
    }
    if (step.rejection() == Rejection.WRONG_STEP) {
      throw new WrongStepException("the sign-in is at another step: " + nameOf(before));
    }
    return step.state();
  }

  /** Without the account. */
  private static String nameOf(SignInState state) {
    return state instanceof SignInState.Waiting(Stage stage)
        ? stage.name()
        : state.getClass().getSimpleName();
  }

  private void run(SignInState.Effect effect) {
    switch (effect) {
      case RELEASE -> release();
      case LOG_OUT -> {
        boolean done = logOut();
        log.debug("an accepted sign-in that nobody completed was logged out: {}", done);
      }
      case CLOSE -> clients.unowned().closeThen(client, this::release);
    }
  }

  /** A stranger's wrong code must not cost the owner more than the moment it took. */
  private void release() {
    reserved.releaseAll();
    try {
      clients.connectAll(interrupted);
    } catch (UserClientsClosedException e) {
      log.debug("too late to connect again");
    }
    interrupted.clear();
  }

  private boolean logOut() {
    boolean done = client.logOut(Slot.LOG_OUT_TIMEOUT);
    if (!done) {
      log.warn("an accepted sign-in that nobody completed could not be logged out at Telegram");
    }
    return done;
  }
}

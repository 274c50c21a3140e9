package dev.jobradar.clients;

import dev.jobradar.clients.Attempt.Kind;
import dev.jobradar.clients.Attempt.Scope;
import dev.jobradar.mtproto.CallFailedException;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.telegram.signin.SignIn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sign-ins under way, of people who are not users yet or whose stored sign-in cannot be used.
 *
 * <p>Each has a client of its own, which becomes the user's client when it is completed. Until then
 * it is known by an id that cannot be guessed, and lives for five minutes: then it is closed, and
 * if Telegram has accepted it, logged out there. A second one with the same phone number and of the
 * same {@link SignInOrigin} replaces the first. Those of other origins stay: anybody who knows a
 * phone number could end its owner's otherwise. The first that Telegram accepts ends them.
 *
 * <p><b>One connection per account.</b> Telegram counts a new key towards an account from the
 * moment it accepts code or password. So before those are sent, the client of the user last seen
 * with this phone number is closed, seen closed, and kept closed: {@link UserClients#get} of theirs
 * waits meanwhile. If Telegram refuses, it may be opened again. Should the account turn out to be
 * another user's, because their number has changed since their client last connected, then that
 * client is closed at once: there, and only there, two connections of one account can be open for a
 * moment.
 *
 * <p><b>The key that is replaced</b> is logged out at Telegram too ({@code auth.logOut}), for which
 * it has to connect once more. In this order: the new sign-in is stored; its client is closed, and
 * seen closed; the old key connects, logs out, is closed, and seen closed; the new key connects
 * again. Not before the new sign-in is accepted, or anybody who knows a phone number could log its
 * owner out; not beside it, or there would be two. When Telegram does not confirm the log-out, the
 * old key stays in the person's list of devices; that is logged and reported.
 *
 * <p><b>FLOOD_WAIT</b> is thrown, and obeyed: until it is over, the same step fails with the
 * remaining time and no request is sent. For codes this holds for the phone number, also in a new
 * sign-in.
 *
 * <p>Thread-safe. Methods wait for Telegram and are interruptible. Closed by {@link
 * UserClients#close}, at the same time as the users' clients.
 */
public final class PendingSignIns implements AutoCloseable {
  /** How Telegram calls a code or a password that is wrong. */
  private static final Set<String> WRONG =
      Set.of("PHONE_CODE_INVALID", "PASSWORD_HASH_INVALID", "CODE_INVALID", "EMAIL_VERIFY_INVALID");

  private static final Logger log = LoggerFactory.getLogger(PendingSignIns.class);

  private final UserClients clients;
  private final SignInOptions options;
  private final SignInLimits limits;
  private final PhoneFloodWaits floodWaits;
  private final Map<SignInId, PendingSignIn> byId = new ConcurrentHashMap<>();
  private final Map<String, SamePhoneSignIns> byPhone = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** For these users, with the limits of these options counted there. */
  public PendingSignIns(UserClients clients, AttemptStore attempts, SignInOptions options) {
    this(clients, new Attempts(attempts, options, clients.time()), options);
  }

  /**
   * For these users, with limits of one's own.
   *
   * @param options whose numbers of attempts are not looked at
   */
  public PendingSignIns(UserClients clients, SignInLimits limits, SignInOptions options) {
    this.clients = clients;
    this.options = options;
    this.limits = limits;
    this.floodWaits = new PhoneFloodWaits(clients.time());
    clients.closeWith(this::endAll);
  }

  /**
   * A sign-in that was begun.
   *
   * @param id names it from now on
   * @param step what comes next
   */
  public record Begun(SignInId id, SignInStep step) {}

  /**
   * Begins: connects, and asks Telegram for a code.
   *
   * @param phone with the country code; other characters than digits are left out
   * @param address where the person comes from, such as an IP address: limits are counted for it
   * @throws IllegalArgumentException when that is no phone number
   * @throws TooManyAttemptsException when too many codes were asked for
   * @throws RpcException when Telegram refuses, for example with {@code PHONE_NUMBER_INVALID}
   * @throws MtprotoException when Telegram cannot be reached in time
   */
  public Begun begin(String phone, String address) throws InterruptedException {
    return begin(phone, SignInOrigin.address(address));
  }

  /**
   * As {@link #begin(String, String)}, for an origin of which more is known than its address.
   *
   * @param phone with the country code; other characters than digits are left out
   */
  public Begun begin(String phone, SignInOrigin origin) throws InterruptedException {
    String digits = digits(phone);
    floodWaits.check(digits);
    if (byId.size() >= options.maxPending()) {
      throw new TooManyAttemptsException(
          Kind.CODE_REQUEST, Scope.SERVER, clients.time().now().plus(options.validFor()));
    }
    SignInLimits.Counted counted = limits.count(Kind.CODE_REQUEST, digits, origin);
    SignInId id = SignInId.random();
    PendingSignIn pending = new PendingSignIn(clients, id, digits, origin);
    PendingSignIn replaced = add(pending);
    byId.put(id, pending);
    boolean begun = false;
    try {
      if (replaced != null) {
        end(replaced);
      }
      if (closed) {
        counted.takeBack();
        throw new UserClientsClosedException();
      }
      SignInStep step = requesting(pending, counted, pending::begin);
      begun = true;
      clients
          .time()
          .after(options.validFor(), () -> clients.time().inBackground(() -> end(pending)));
      return new Begun(id, step);
    } finally {
      if (begun) {
        forgetIfOver(pending);
      } else {
        end(pending);
      }
    }
  }

  private static String digits(String phone) {
    String digits = phone.replaceAll("[^0-9]", "");
    if (digits.isEmpty() || digits.length() > 20) {
      throw new IllegalArgumentException("a phone number has 1 to 20 digits");
    }
    return digits;
  }

  /**
   * Asks for the code once more, the next way that {@link SignInStep.CodeSent} named.
   *
   * @throws NoSuchSignInException when there is no such sign-in, or no longer
   * @throws TooManyAttemptsException when too many codes were asked for
   * @throws RpcException when Telegram refuses
   */
  public SignInStep resendCode(SignInId id) throws InterruptedException {
    PendingSignIn pending = find(id);
    return requestCode(pending, pending::resendCode);
  }

  private interface Step {
    SignInStep run() throws InterruptedException;
  }

  private SignInStep requestCode(PendingSignIn pending, Step step) throws InterruptedException {
    SignInLimits.Counted counted =
        limits.count(Kind.CODE_REQUEST, pending.phone(), pending.origin());
    try {
      return requesting(pending, counted, step);
    } finally {
      forgetIfOver(pending);
    }
  }

  /**
   * A request that never reached Telegram does not count: a dead network must not lock users out.
   */
  private SignInStep requesting(PendingSignIn pending, SignInLimits.Counted counted, Step step)
      throws InterruptedException {
    boolean requested = true;
    try {
      return step.run();
    } catch (RpcException.FloodWait e) {
      floodWaits.add(pending.phone(), e);
      throw e;
    } catch (CallFailedException e) {
      requested = e.progress() != CallFailedException.Progress.NEVER_SENT;
      throw e;
    } catch (WrongStepException | NoSuchSignInException e) {
      requested = false;
      throw e;
    } finally {
      if (!requested) {
        counted.takeBack();
      }
    }
  }

  /**
   * Enters the code. When Telegram says that the code has expired, or that the sign-in must begin
   * again, another code is requested: the result is {@link SignInStep.CodeSent} then.
   *
   * @throws NoSuchSignInException when there is no such sign-in, or no longer
   * @throws TooManyAttemptsException when too many wrong ones were entered and it was not tried, or
   *     the code has expired and too many codes were asked for
   * @throws RpcException {@code PHONE_CODE_INVALID} when it is wrong
   * @throws NoClientException when the user's client does not close, or another sign-in with this
   *     phone number is being accepted: it was not tried
   * @throws MtprotoException when Telegram did not answer: the sign-in is over then
   */
  public SignInStep submitCode(SignInId id, String code) throws InterruptedException {
    PendingSignIn pending = find(id);
    return entering(pending, () -> pending.submitCode(code.strip()));
  }

  /**
   * Enters the two-step password. It is proven to Telegram and not sent. When Telegram says that
   * the sign-in must begin again, the result is {@link SignInStep.CodeSent}.
   *
   * @throws NoSuchSignInException when there is no such sign-in, or no longer
   * @throws TooManyAttemptsException as {@link #submitCode}
   * @throws RpcException {@code PASSWORD_HASH_INVALID} when it is wrong
   * @throws NoClientException when the user's client does not close: it was not tried
   * @throws MtprotoException when Telegram did not answer: the sign-in is over then
   */
  public SignInStep submitPassword(SignInId id, String password) throws InterruptedException {
    PendingSignIn pending = find(id);
    return entering(pending, () -> pending.submitPassword(password));
  }

  private SignInStep entering(PendingSignIn pending, Step step) throws InterruptedException {
    try {
      return alone(pending, step);
    } catch (RpcException e) {
      if (SignIn.needsNewCode(e)) {
        log.info("Telegram wants a sign-in to begin again: {}", e.error());
        return requestCode(pending, pending::restart);
      }
      throw e;
    } finally {
      forgetIfOver(pending);
    }
  }

  /**
   * Of all sign-ins with a phone number one at a time may be accepted: else two keys would be
   * signed in to one account. Then the others have nothing left to prove.
   */
  private SignInStep alone(PendingSignIn pending, Step step) throws InterruptedException {
    SamePhoneSignIns same = byPhone.get(pending.phone());
    if (same == null) {
      throw new NoSuchSignInException();
    }
    SignInStep next = same.alone(pending, () -> counted(pending, step));
    if (next instanceof SignInStep.Accepted) {
      same.others(pending).forEach(other -> clients.time().inBackground(() -> end(other)));
    }
    return next;
  }

  /** Counts it as wrong before it is tried, so that many at once do not slip through. */
  private SignInStep counted(PendingSignIn pending, Step step) throws InterruptedException {
    SignInLimits.Counted counted =
        limits.count(Kind.WRONG_ENTRY, pending.phone(), pending.origin());
    boolean wrong = false;
    try {
      return step.run();
    } catch (RpcException e) {
      wrong = WRONG.contains(e.error());
      throw e;
    } finally {
      if (!wrong) {
        counted.takeBack();
      }
    }
  }

  /**
   * Stores an accepted sign-in, and makes its client the user's client.
   *
   * @throws NoSuchSignInException when there is no such sign-in, or no longer
   * @throws WrongStepException when Telegram has not accepted it yet
   */
  public CompletedSignIn complete(SignInId id) throws InterruptedException {
    PendingSignIn pending = find(id);
    try {
      return pending.complete();
    } finally {
      forgetIfOver(pending);
    }
  }

  /** Ends a sign-in that is not wanted any more. One that is over already stays over. */
  public void cancel(SignInId id) {
    PendingSignIn pending = byId.get(id);
    if (pending != null) {
      end(pending);
    }
  }

  /** How many are pending. */
  public int count() {
    return byId.size();
  }

  /** Ends all of them, at once. What one that is being completed has open is closed too. */
  @Override
  public void close() {
    if (!endAll()) {
      log.error("pending sign-ins are still being ended");
    }
  }

  /** Closes, and says whether all of them are over. */
  private boolean endAll() {
    closed = true;
    List<FutureTask<Boolean>> ending = new ArrayList<>();
    for (PendingSignIn pending : byId.values()) {
      FutureTask<Boolean> shuttingDown =
          new FutureTask<>(() -> {
            boolean over = pending.shutDown();
            forget(pending);
            return over;
          });
      ending.add(shuttingDown);
      Thread.ofVirtual().name("pending-sign-ins").start(shuttingDown);
    }
    boolean all = true;
    try {
      for (FutureTask<Boolean> each : ending) {
        all &= each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      log.error("a sign-in could not be ended", e);
      return false;
    }
    return all;
  }

  private void end(PendingSignIn pending) {
    // One that is being completed is over too, and forgotten when that is done.
    if (pending.end()) {
      forget(pending);
    }
  }

  private void forgetIfOver(PendingSignIn pending) {
    if (pending.isOver()) {
      forget(pending);
    }
  }

  /** The one that it replaces, null for none. */
  private @Nullable PendingSignIn add(PendingSignIn pending) {
    AtomicReference<@Nullable PendingSignIn> replaced = new AtomicReference<>();
    byPhone.compute(
        pending.phone(),
        (_, known) -> {
          SamePhoneSignIns same = known == null ? new SamePhoneSignIns(clients.time()) : known;
          replaced.set(same.add(pending));
          return same;
        });
    return replaced.get();
  }

  private void forget(PendingSignIn pending) {
    byId.remove(pending.id(), pending);
    byPhone.computeIfPresent(pending.phone(), (_, same) -> same.remove(pending) ? null : same);
  }

  private PendingSignIn find(SignInId id) {
    PendingSignIn pending = byId.get(id);
    if (pending == null || pending.isOver()) {
      throw new NoSuchSignInException();
    }
    return pending;
  }
}

package dev.jobradar.clients;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The sign-ins under way with one phone number, one of each origin. {@code entering} is held while
 * a code or a password of one of them is tried; the monitor guards the list and is held for no
 * call. Thread-safe.
 */
final class SamePhoneSignIns {
  private static final Duration TURN = Duration.ofSeconds(15);

  private final ReentrantLock entering = new ReentrantLock();
  private final Time time;

  /** Guarded by {@code this}. One that was replaced stays until it is over. */
  private final List<PendingSignIn> all = new ArrayList<>(2);

  SamePhoneSignIns(Time time) {
    this.time = time;
  }

  /** Adds one, and says which it replaces: the one of the same origin that is still under way. */
  synchronized @Nullable PendingSignIn add(PendingSignIn pending) {
    PendingSignIn replaced = null;
    for (PendingSignIn other : all) {
      if (!other.isOver() && other.origin().key().equals(pending.origin().key())) {
        replaced = other;
      }
    }
    all.add(pending);
    return replaced;
  }

  /** Removes one, and says whether none is left. */
  synchronized boolean remove(PendingSignIn pending) {
    all.remove(pending);
    return all.isEmpty();
  }

  synchronized List<PendingSignIn> others(PendingSignIn pending) {
    return all.stream().filter(other -> other != pending).toList();
  }

  /**
   * Tries a code or a password, alone.
   *
   * @throws NoClientException when another one was accepted and is not stored yet, or is tried for
   *     too long
   */
  SignInStep alone(PendingSignIn pending, Turn turn) throws InterruptedException {
    if (!entering.tryLock(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
      throw busy();
    }
    try {
      if (others(pending).stream().anyMatch(PendingSignIn::isAccepted)) {
        throw busy();
      }
      return turn.take();
    } finally {
      entering.unlock();
    }
  }

  /** Tries it. */
  interface Turn {
    SignInStep take() throws InterruptedException;
  }

  private NoClientException busy() {
    return new NoClientException(
        new ClientResult.Unreachable(
            new IllegalStateException("another sign-in with this phone number is being accepted"),
            time.now()));
  }
}

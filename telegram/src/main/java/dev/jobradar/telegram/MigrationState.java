package dev.jobradar.telegram;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.mtproto.client.Backoff;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.tl.api.auth.ExportedAuthorization;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a client has come on its way to another data centre. A value: {@link #next} is the only
 * way from one to another. Times are milliseconds of a clock that never runs backwards.
 *
 * <p>What fails is tried again after growing pauses, never earlier than a FLOOD_WAIT allows. A
 * migration that follows another one soon begins with a pause: two data centres may send an account
 * to each other.
 */
sealed interface MigrationState {
  /**
   * Where a client belongs: what its connection is made of.
   *
   * @param told where Telegram said that it is, the preferred first; empty when the table of data
   *     centres says it
   */
  record Home(DcId dc, List<InetSocketAddress> told, @Nullable AuthKey key) {
    public Home {
      told = List.copyOf(told);
    }
  }

  /**
   * What stays the same on the way.
   *
   * @param home where the client was
   * @param signedIn whether there is a sign-in to take along
   */
  record Luggage(Home home, boolean signedIn, Backoff backoff) {}

  /**
   * Nothing is open; the next attempt begins at {@code until}.
   *
   * @param failures how many attempts in a row have failed
   * @param trouble why the last one did
   */
  record Resting(DcId target, int failures, MtprotoException trouble, long until)
      implements MigrationState {}

  /** Asks where it was for the other data centre's address, and for the sign-in. */
  record Departing(DcId target, int failures, @Nullable MtprotoException trouble)
      implements MigrationState {
    /** Whether it first asks for the account, which may be where it was after all. */
    boolean isInDoubt() {
      return failures > 0;
    }
  }

  /** Brings the sign-in to the other data centre. */
  record Arriving(
      DcId target,
      int failures,
      @Nullable MtprotoException trouble,
      List<InetSocketAddress> told,
      ExportedAuthorization exported)
      implements MigrationState {}

  /** The client belongs here now. */
  record Arrived(Home home) implements MigrationState {}

  /** The sign-in that was to be taken along is over. */
  record Ended(RpcException cause) implements MigrationState {}

  /** What happens on the way. */
  sealed interface Event {
    /** The pause is over. */
    record RestOver() implements Event {}

    /** The account is where it was. */
    record StillHere() implements Event {}

    /** The account is asked for, and sent to this data centre. */
    record SentOn(DcId to) implements Event {}

    /**
     * What is needed from where it was is there.
     *
     * @param told where the data centre is, empty when the table of data centres says it
     * @param exported the sign-in, null when there is none to take along
     */
    record Departed(List<InetSocketAddress> told, @Nullable ExportedAuthorization exported)
        implements Event {}

    /** The sign-in is taken by the other data centre, for a new key. */
    record Imported(AuthKey key) implements Event {}

    /** A connection or a call of the way failed. */
    record Failed(MtprotoException why) implements Event {}
  }

  /**
   * Where it begins.
   *
   * @param sent where Telegram sent the account
   * @param failedBefore how many migrations in a row led nowhere before this one
   * @param jitter random, 0 to 1
   */
  static MigrationState begin(
      Luggage luggage, RpcException.Migrate sent, int failedBefore, long now, double jitter) {
    if (failedBefore == 0) {
      return new Departing(sent.dc(), 0, null);
    }
    TransportException sentBack =
        new TransportException(
            luggage.home().dc()
                + " sends the account on to "
                + sent.dc()
                + " again: no data centre takes it",
            sent);
    return rest(luggage, sent.dc(), failedBefore - 1, sentBack, now, jitter);
  }

  /**
   * The state that follows an event; the same for one that cannot happen in it.
   *
   * @param jitter random, 0 to 1
   */
  static MigrationState next(
      MigrationState state, Event event, Luggage luggage, long now, double jitter) {
    return switch (state) {
      case Resting resting ->
          event instanceof Event.RestOver
              ? new Departing(resting.target(), resting.failures(), resting.trouble())
              : state;
      case Departing departing -> departing(departing, event, luggage, now, jitter);
      case Arriving arriving -> arriving(arriving, event, luggage, now, jitter);
      case Arrived arrived -> state;
      case Ended ended -> state;
    };
  }

  private static MigrationState departing(
      Departing state, Event event, Luggage luggage, long now, double jitter) {
    return switch (event) {
      case Event.StillHere() -> new Arrived(luggage.home());
      case Event.SentOn(DcId to) -> new Departing(to, state.failures(), state.trouble());
      case Event.Departed(List<InetSocketAddress> told, ExportedAuthorization exported) ->
          exported == null
              ? new Arrived(new Home(state.target(), told, null))
              : new Arriving(state.target(), state.failures(), state.trouble(), told, exported);
      case Event.Failed(MtprotoException why) ->
          luggage.signedIn() && why instanceof RpcException refused && EndedSignIn.meansEnd(refused)
              ? new Ended(refused)
              : rest(luggage, state.target(), state.failures(), why, now, jitter);
      case Event.RestOver() -> state;
      case Event.Imported imported -> state;
    };
  }

  private static MigrationState arriving(
      Arriving state, Event event, Luggage luggage, long now, double jitter) {
    return switch (event) {
      case Event.Imported(AuthKey key) -> new Arrived(new Home(state.target(), state.told(), key));
      case Event.Failed(MtprotoException why) -> {
        // A 401 is of a key that was never signed in: the sign-in itself is as it was.
        MtprotoException trouble =
            why instanceof RpcException refused && EndedSignIn.meansEnd(refused)
                ? new TransportException(
                    state.target() + " does not take the sign-in: " + refused.error(), why)
                : why;
        yield rest(luggage, state.target(), state.failures(), trouble, now, jitter);
      }
      case Event.RestOver() -> state;
      case Event.StillHere() -> state;
      case Event.SentOn sent -> state;
      case Event.Departed departed -> state;
    };
  }

  private static Resting rest(
      Luggage luggage, DcId target, int failures, MtprotoException why, long now, double jitter) {
    long pause = luggage.backoff().delay(failures, false, jitter).toMillis();
    if (why instanceof RpcException.FloodWait told) {
      pause = Math.max(pause, told.delay().toMillis());
    }
    return new Resting(target, failures + 1, why, now + pause);
  }
}

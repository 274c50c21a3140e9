package dev.jobradar.clients;

import dev.jobradar.telegram.Me;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a pending sign-in stands. A value: {@link #next} is the only way from one to another.
 *
 * <p><b>No key is left behind.</b> From {@link Calling} with {@code mayAccept} on, Telegram may
 * count the new key towards the account. Such a sign-in ends only by being stored, by a certain
 * refusal, or by {@link Event.Undo}, which logs it out.
 */
sealed interface SignInState {
  /** What the person does next. */
  enum Stage {
    /** Nothing was sent yet. */
    NEW,
    /** They enter the code. */
    CODE,
    /** They enter the two-step password. */
    PASSWORD
  }

  /** Waits for the person. */
  record Waiting(Stage stage) implements SignInState {}

  /**
   * A call to Telegram is under way.
   *
   * @param mayAccept whether Telegram may sign the key in by it
   */
  record Calling(Stage stage, boolean mayAccept) implements SignInState {}

  /** Telegram has signed the key in. */
  record Accepted(Me account) implements SignInState {}

  /**
   * The store is being updated.
   *
   * @param endWanted whether the sign-in was to end meanwhile
   */
  record Storing(Me account, boolean endWanted) implements SignInState {}

  /** It is stored, and worth keeping whatever happens to its client. */
  record Completed() implements SignInState {}

  /**
   * Nothing may come of it any more; a call may still be under way.
   *
   * @param mayBeAccepted whether it must be logged out at Telegram
   */
  record Ending(boolean mayBeAccepted) implements SignInState {}

  /** Nothing of it is left but what is still being closed. */
  record Ended() implements SignInState {}

  /** What happens to a sign-in. */
  sealed interface Event {
    /** Somebody asks for a call that belongs to these stages. */
    record Ask(List<Stage> stages) implements Event {}

    /** The next call may sign the key in. */
    record Enter() implements Event {}

    /** Telegram has sent a code. */
    record CodeSent() implements Event {}

    /** Telegram wants the two-step password. */
    record PasswordNeeded() implements Event {}

    /** Telegram has signed the key in, and the account's other clients are closed. */
    record SignedIn(Me account) implements Event {}

    /** Telegram said no: the key is not signed in, and the person may try again. */
    record Refused() implements Event {}

    /** A call ended without a certain answer. */
    record Unknown() implements Event {}

    /** Telegram said no for good: the key is not signed in and cannot be. */
    record Dead() implements Event {}

    /** It is to be stored. */
    record Complete() implements Event {}

    /** The store has it. */
    record Stored() implements Event {}

    /** The store did not take it. */
    record NotStored() implements Event {}

    /** It is not wanted any more: it was cancelled, replaced, or its time is over. */
    record End() implements Event {}

    /** Telegram has logged it out, while a call may still have been under way. */
    record LoggedOut() implements Event {}

    /** No call is under way: what is left of it can be undone. */
    record Undo() implements Event {}
  }

  /** What is to be done on reaching a state. */
  enum Effect {
    /** Let users' slots go: their clients may be opened again. */
    RELEASE,
    /** End it at Telegram. */
    LOG_OUT,
    /** Close its client, and let users' slots go once it is closed. */
    CLOSE
  }

  /** Why a caller's request was not followed. */
  enum Rejection {
    /** The sign-in is over. */
    OVER,
    /** Another step comes next. */
    WRONG_STEP
  }

  /** The next state, the effects of the transition, and whether the event was rejected. */
  record Step(SignInState state, @Nullable Rejection rejection, List<Effect> effects) {
    private static Step to(SignInState state, Effect... effects) {
      return new Step(state, null, List.of(effects));
    }

    private static Step rejected(SignInState state) {
      return new Step(state, state.isOver() ? Rejection.OVER : Rejection.WRONG_STEP, List.of());
    }
  }

  /** Whether it can no longer be used by its id. */
  default boolean isOver() {
    return switch (this) {
      case Waiting _, Calling _, Accepted _ -> false;
      case Storing _, Completed _, Ending _, Ended _ -> true;
    };
  }

  /** The next state and the effects. Every event may come in every state. */
  static Step next(SignInState state, Event event) {
    return switch (event) {
      case Event.Ask(List<Stage> stages) ->
          state instanceof Waiting(Stage stage) && stages.contains(stage)
              ? Step.to(new Calling(stage, false))
              : Step.rejected(state);
      case Event.Enter() ->
          state instanceof Calling(Stage stage, _)
              ? Step.to(new Calling(stage, true))
              : Step.rejected(state);
      case Event.CodeSent() -> answered(state, new Waiting(Stage.CODE));
      case Event.PasswordNeeded() -> answered(state, new Waiting(Stage.PASSWORD));
      case Event.Refused() ->
          switch (state) {
            case Calling(Stage stage, _) -> Step.to(new Waiting(stage), Effect.RELEASE);
            case Ending _ -> Step.to(new Ending(false));
            case Waiting _, Accepted _, Storing _, Completed _, Ended _ -> Step.to(state);
          };
      case Event.SignedIn(Me account) ->
          switch (state) {
            case Calling _ -> Step.to(new Accepted(account));
            case Ending _ -> new Step(new Ending(true), Rejection.OVER, List.of());
            case Waiting _, Accepted _, Storing _, Completed _, Ended _ -> Step.rejected(state);
          };
      case Event.Unknown() -> Step.to(unknown(state));
      case Event.Dead() ->
          Step.to(state instanceof Calling || state instanceof Ending ? new Ending(false) : state);
      case Event.Complete() ->
          state instanceof Accepted(Me account)
              ? Step.to(new Storing(account, false))
              : Step.rejected(state);
      case Event.Stored() -> Step.to(state instanceof Storing ? new Completed() : state);
      case Event.NotStored() ->
          Step.to(
              state instanceof Storing(Me account, boolean endWanted)
                  ? endWanted ? new Ending(true) : new Accepted(account)
                  : state);
      case Event.End() -> Step.to(end(state));
      case Event.LoggedOut() -> Step.to(state instanceof Ending ? new Ending(false) : state);
      case Event.Undo() -> undo(state);
    };
  }

  /** The key is certainly not signed in. */
  private static Step answered(SignInState state, SignInState waiting) {
    return switch (state) {
      case Calling _ -> Step.to(waiting, Effect.RELEASE);
      case Ending _ -> new Step(new Ending(false), Rejection.OVER, List.of());
      case Waiting _, Accepted _, Storing _, Completed _, Ended _ -> Step.rejected(state);
    };
  }

  /** What may have signed the key in ends the sign-in: better begin again than have two keys. */
  private static SignInState unknown(SignInState state) {
    return switch (state) {
      case Calling(Stage stage, boolean mayAccept) ->
          mayAccept ? new Ending(true) : new Waiting(stage);
      case Waiting _, Accepted _, Storing _, Completed _, Ending _, Ended _ -> state;
    };
  }

  private static SignInState end(SignInState state) {
    return switch (state) {
      case Waiting _ -> new Ending(false);
      case Calling(_, boolean mayAccept) -> new Ending(mayAccept);
      case Accepted _ -> new Ending(true);
      case Storing(Me account, _) -> new Storing(account, true);
      case Completed _, Ending _, Ended _ -> state;
    };
  }

  private static Step undo(SignInState state) {
    return switch (state) {
      case Ending(boolean mayBeAccepted) ->
          mayBeAccepted
              ? Step.to(new Ended(), Effect.LOG_OUT, Effect.CLOSE)
              : Step.to(new Ended(), Effect.CLOSE);
      case Waiting _, Calling _, Accepted _, Storing _, Completed _, Ended _ -> Step.to(state);
    };
  }
}

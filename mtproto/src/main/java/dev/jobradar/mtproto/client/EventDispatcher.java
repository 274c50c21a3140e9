package dev.jobradar.mtproto.client;

import dev.jobradar.mtproto.CallFailedException;
import dev.jobradar.mtproto.CallFailedException.Progress;
import dev.jobradar.mtproto.CallFailedException.Reason;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.session.Query;
import dev.jobradar.mtproto.session.SessionEvent;
import dev.jobradar.mtproto.session.Slice;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Passes a session's events on to the callers that wait and to the listener. */
final class EventDispatcher {
  private final ConnectionListener listener;
  private final ListenerQueue listenerQueue;
  private final Supplier<@Nullable MtprotoException> trouble;

  /**
   * @param trouble what keeps calls from being sent now, if anything does
   */
  EventDispatcher(
      ConnectionListener listener,
      ListenerQueue listenerQueue,
      Supplier<@Nullable MtprotoException> trouble) {
    this.listener = listener;
    this.listenerQueue = listenerQueue;
    this.trouble = trouble;
  }

  /** Not to be called with a lock held: it completes futures. */
  void dispatch(SessionEvent event) {
    switch (event) {
      case SessionEvent.Answered(Query query, Slice result) -> {
        if (query instanceof PendingCall call) {
          call.answer.complete(result);
        }
      }
      case SessionEvent.Refused(Query query, int code, String error) ->
          fail(query, RpcException.of(code, error, query.method()));
      case SessionEvent.Abandoned(Query query, Reason reason, Progress progress) -> {
        MtprotoException cause = reason == Reason.REJECTED ? trouble.get() : null;
        fail(query, new CallFailedException(query.method(), reason, progress, cause));
      }
      case SessionEvent.Update(Slice body) -> listenerQueue.addUpdates(listener, body);
      case SessionEvent.SessionCreated(), SessionEvent.UpdatesMissed() ->
          listenerQueue.addGap(listener);
      case SessionEvent.Restart() -> {
        // The reader opens the new connection.
      }
    }
  }

  /** Fails a call whose connection is closed. */
  void closed(Query query, @Nullable MtprotoException cause) {
    fail(query, new CallFailedException(query.method(), Reason.CLOSED, query.progress(), cause));
  }

  private static void fail(Query query, MtprotoException failure) {
    if (query instanceof PendingCall call) {
      call.answer.completeExceptionally(failure);
    }
  }
}

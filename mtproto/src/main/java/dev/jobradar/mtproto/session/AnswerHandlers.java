package dev.jobradar.mtproto.session;

import dev.jobradar.mtproto.CallFailedException.Progress;
import dev.jobradar.mtproto.CallFailedException.Reason;
import dev.jobradar.mtproto.session.ClientState.Phase;
import dev.jobradar.tl.GzipPacked;
import dev.jobradar.tl.TlException;
import dev.jobradar.tl.TlLimits;
import dev.jobradar.tl.mtproto.RpcError;
import java.util.List;

/** Answers to queries (core.telegram.org/mtproto/service_messages#rpc-query-result). */
final class AnswerHandlers {
  /** A packed answer up to this size is looked into: it may be an error. */
  private static final int SMALL = 512;

  private AnswerHandlers() {}

  static void rpcResult(
      ClientState session, long requestId, Slice result, List<SessionEvent> events) {
    Query query = session.inFlight.remove(requestId);
    if (query == null) {
      // Dropped by its caller, or answered already.
      return;
    }
    RpcError error;
    try {
      error = errorIn(result);
    } catch (TlException e) {
      introduced(session, query, Phase.REFUSED);
      events.add(new SessionEvent.Abandoned(query, Reason.ANSWER_LOST, Progress.ACKNOWLEDGED));
      throw e;
    }
    if (error == null) {
      introduced(session, query, Phase.READY);
      events.add(new SessionEvent.Answered(query, result));
    } else {
      introduced(session, query, Phase.REFUSED);
      events.add(new SessionEvent.Refused(query, error.errorCode(), error.errorMessage()));
    }
  }

  /** Only an initial query that succeeded has introduced us: others must not travel without it. */
  private static void introduced(ClientState session, Query query, Phase phase) {
    if (query.equals(session.initial)) {
      session.initial = null;
      session.phase = phase;
    }
  }

  private static @org.jspecify.annotations.Nullable RpcError errorIn(Slice result) {
    if (result.size() < 4) {
      return null;
    }
    int id = result.constructorId();
    if (id == RpcError.ID) {
      return RpcError.readFrom(result.reader());
    }
    if (id != GzipPacked.ID || result.size() > SMALL) {
      return null;
    }
    Slice plain =
        Slice.of(GzipPacked.unpack(result.from(4).reader().readBytes(), TlLimits.DEFAULT));
    return plain.size() >= 4 && plain.constructorId() == RpcError.ID
        ? RpcError.readFrom(plain.reader())
        : null;
  }
}

package dev.jobradar.sandbox.net;

import dev.jobradar.mtproto.session.Slice;
import dev.jobradar.tl.mtproto.RpcError;
import java.util.concurrent.atomic.AtomicBoolean;

/** A query of a session, until it is answered. */
final class SessionCall implements RpcCall {
  private final SessionLink link;
  private final ConnectionId connection;
  private final long messageId;
  private final byte[] query;
  private final AtomicBoolean answered = new AtomicBoolean();

  SessionCall(SessionLink link, ConnectionId connection, long messageId, Slice query) {
    this.link = link;
    this.connection = connection;
    this.messageId = messageId;
    this.query = query.toByteArray();
  }

  @Override
  public ConnectionId connection() {
    return connection;
  }

  @Override
  public long messageId() {
    return messageId;
  }

  @Override
  public byte[] query() {
    return query;
  }

  @Override
  public void answer(byte[] result) {
    if (!answered.compareAndSet(false, true)) {
      throw new IllegalStateException("a query is answered once");
    }
    link.answer(messageId, result);
  }

  @Override
  public void fail(int code, String error) {
    answer(new RpcError(code, error).toByteArray());
  }
}

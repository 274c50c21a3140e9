package dev.jobradar.sandbox.net;

import dev.jobradar.mtproto.session.Slice;
import dev.jobradar.tl.mtproto.RpcError;
import java.util.concurrent.atomic.AtomicBoolean;

/** A query of a session, until it is answered. */
final class SessionCall implements RpcCall {
  private final SessionLink link;
  private final Connection connection;
  private final long messageId;
  private final byte[] query;
  private final AtomicBoolean answered = new AtomicBoolean();

  SessionCall(SessionLink link, Connection connection, long messageId, Slice query) {
    this.link = link;
    this.connection = connection;
    this.messageId = messageId;
    this.query = query.toByteArray();
  }

  @Override
  public ConnectionId connection() {
    return new ConnectionId(connection.number());
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
  public void lose(byte[] result, boolean hangUp) {
    if (answered.compareAndSet(false, true)) {
      link.lose(messageId, result);
      if (hangUp) {
        connection.reset("a fault: an answer is lost");
      }
    }
  }

  @Override
  public void fail(int code, String error) {
    answer(new RpcError(code, error).toByteArray());
  }
}

package dev.jobradar.sandbox.net;

/** One query and the way to answer it. Safe for use by many threads. */
public interface RpcCall {
  /** The connection that it came over. */
  ConnectionId connection();

  /** Its message id. */
  long messageId();

  /** The query as TL bytes, unpacked if it was packed. The caller must not change the array. */
  byte[] query();

  /**
   * Answers it.
   *
   * @param result the boxed result as TL bytes, not changed afterwards; it may be a {@code
   *     gzip_packed}
   * @throws IllegalStateException when it was answered already
   */
  void answer(byte[] result);

  /**
   * Answers it with an {@code rpc_error}.
   *
   * @throws IllegalStateException when it was answered already
   */
  void fail(int code, String error);

  /**
   * Loses its answer, on purpose: it is sent only when the client sends the same message again.
   * Nothing happens if it was answered already.
   *
   * @param result as for {@link #answer}
   * @param hangUp whether to reset the connection that it came over
   */
  void lose(byte[] result, boolean hangUp);
}

package dev.jobradar.sandbox.net;

/**
 * The far side of one MTProto session: what its queries do. Queries are executed one at a time, but
 * not always by the same thread; the other methods are called at any time by any thread and must
 * return at once.
 */
public interface RpcSession {
  /**
   * Executes a query, which is answered exactly once: best before this returns, since the queries
   * that follow wait for it, else later from any thread. A query that a client repeats does not get
   * here again.
   */
  void execute(RpcCall call);

  /**
   * Updates that waited for the client were thrown away, because it was away too long or did not
   * read; time to tell it with {@code updatesTooLong}.
   */
  void updatesDropped();

  /** The session is over: nothing that is pushed or answered reaches anybody. */
  void ended();
}

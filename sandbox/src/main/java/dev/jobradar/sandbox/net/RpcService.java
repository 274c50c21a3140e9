package dev.jobradar.sandbox.net;

import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.UserId;
import java.util.Optional;

/** What answers the queries of all sessions. Safe for use by many threads. */
public interface RpcService {
  /** A session began; asked once for each, before its first query. */
  RpcSession open(ClientLink link);

  /** The account that this permanent key is signed in to, if any. */
  Optional<UserId> account(KeyId key);

  /**
   * Ends the sign-in of a key for a fault of its owner's; from now on its queries are answered with
   * this error. Called with 406 {@code AUTH_KEY_DUPLICATED} when a signed-in key is used over two
   * connections at once and the network is strict, before the query that showed it is executed.
   */
  void endSignIn(KeyId key, int code, String error);

  /** A key was destroyed by its client ({@code destroy_auth_key}); so is its sign-in. */
  void keyDestroyed(KeyId key);
}

package dev.jobradar.sandbox.net;

import dev.jobradar.sandbox.world.KeyId;
import java.security.SecureRandom;

/**
 * What all connections and sessions of a network share.
 *
 * @param options how it was opened
 * @param clock the server's time
 * @param random for ids and padding
 * @param book who has how many connections
 * @param keys the authorisation keys
 * @param service what answers queries
 */
record Hub(
    NetworkOptions options,
    ServerClock clock,
    SecureRandom random,
    ConnectionBook book,
    AuthKeys keys,
    RpcService service) {

  /** A connection brought a packet that acts for this key. */
  void use(Connection connection, KeyId acting) {
    service.account(acting).ifPresent(account -> book.signedIn(acting, account));
    book.use(connection, acting);
  }
}

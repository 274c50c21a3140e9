package dev.jobradar.sandbox.net;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.sandbox.fault.FaultSite;
import dev.jobradar.sandbox.fault.Faults;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.UserId;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

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
record NetworkContext(
    NetworkOptions options,
    ServerClock clock,
    SecureRandom random,
    ConnectionBook book,
    AuthKeys keys,
    RpcService service) {

  /** What goes wrong on purpose. */
  Faults faults() {
    return options.faults();
  }

  /** A connection brought a packet that acts for this key. */
  void use(Connection connection, KeyId acting) {
    service.account(acting).ifPresent(account -> book.signedIn(acting, account));
    book.use(connection, acting);
  }

  /** Where a fault may strike; the key is null while none is known. */
  FaultSite place(DcId dc, @Nullable KeyId key) {
    UserId account = key == null ? null : service.account(key).orElse(null);
    return FaultSite.of(dc.value(), key, account);
  }
}

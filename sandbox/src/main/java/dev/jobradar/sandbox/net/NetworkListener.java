package dev.jobradar.sandbox.net;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.sandbox.world.KeyId;

/**
 * Hears of connections as the server counts them. Called in order, by any thread, and must return
 * at once.
 */
public interface NetworkListener {
  /**
   * A connection was seen to use a key for the first time.
   *
   * @param key the permanent key, or a temporary one that is not bound yet
   * @param count of the key's connections, this one among them
   */
  void opened(ConnectionId connection, DcId dc, KeyId key, ConnectionCount count);

  /** A connection that used a key was seen to end; once for each key that it used. */
  void closed(ConnectionId connection, DcId dc, KeyId key, ConnectionCount count);
}

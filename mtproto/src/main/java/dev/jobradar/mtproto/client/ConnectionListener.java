package dev.jobradar.mtproto.client;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.session.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Receives the events of a connection. Its methods are called sequentially, in order, on a thread
 * that neither reads nor writes: they may block, and they may call the connection. Exceptions are
 * logged and ignored.
 */
public interface ConnectionListener {
  /** Ignores all events. */
  ConnectionListener NONE = new ConnectionListener() {};

  /** An authorisation key was created: store it, and keep it secret. */
  default void onAuthKey(AuthKey key) {}

  /**
   * The first query was answered; {@link #onReady} follows.
   *
   * @param answer its result as received, possibly packed ({@code gzip_packed})
   */
  default void onFirstAnswer(Slice answer) {}

  /** Calls are sent, for the first time or again after a failure. */
  default void onReady() {}

  /**
   * Updates were received.
   *
   * @param updates a TL object, as a rule a constructor of {@code Updates}
   */
  default void onUpdates(Slice updates) {}

  /**
   * Updates were missed: the server began a new session, more arrived than could be queued, or
   * messages were ignored because the server's time was wrong here.
   */
  default void onGap() {}

  /** The connection failed and will be redialled. */
  default void onLost(MtprotoException cause) {}

  /**
   * The connection is closed permanently.
   *
   * @param cause why it cannot be reopened, null when its owner closed it
   */
  default void onClosed(@Nullable MtprotoException cause) {}
}

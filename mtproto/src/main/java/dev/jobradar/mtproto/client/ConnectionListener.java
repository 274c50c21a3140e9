package dev.jobradar.mtproto.client;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.session.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Hears what happens on a connection. Its methods are called one after another, in order, on a
 * thread of the connection that neither reads nor writes: they may block, and they may call the
 * connection. What they throw is logged and ignored.
 */
public interface ConnectionListener {
  /** Hears nothing. */
  ConnectionListener NONE = new ConnectionListener() {};

  /** An authorisation key was made: it is worth storing, and worth guarding. */
  default void onAuthKey(AuthKey key) {}

  /**
   * The query that introduces us was answered; {@link #onReady} follows.
   *
   * @param answer its result as it came, maybe packed ({@code gzip_packed})
   */
  default void onFirstAnswer(Slice answer) {}

  /** Calls travel, for the first time or again. */
  default void onReady() {}

  /**
   * Updates came.
   *
   * @param updates a TL object, as a rule a constructor of {@code Updates}
   */
  default void onUpdates(Slice updates) {}

  /**
   * Updates were missed: the server began a new session, more came than could be kept, or it was
   * ignored because the server's time was not known rightly.
   */
  default void onGap() {}

  /** The connection failed and will be dialled again. */
  default void onLost(MtprotoException cause) {}

  /**
   * The connection is closed for good.
   *
   * @param cause why it can never work again, null when its owner closed it
   */
  default void onClosed(@Nullable MtprotoException cause) {}
}

package dev.jobradar.mtproto.session;

import java.time.Duration;

/** What the owner of a {@link ServerSession} must do after a client's packet. */
public sealed interface ServerSessionEvent {
  /**
   * A query is to be executed, and {@linkplain ServerSession#answer answered}. Raised once per
   * query.
   *
   * @param messageId its message id
   * @param query the method, unpacked if it was packed
   */
  record Execute(long messageId, Slice query) implements ServerSessionEvent {}

  /**
   * The connection that carried the packet must be closed after this delay without another such
   * request ({@code ping_delay_disconnect}).
   */
  record DisconnectAfter(Duration delay) implements ServerSessionEvent {}

  /**
   * Another session of the same key is to be forgotten, and {@link ServerSession#sessionDestroyed}
   * called.
   */
  record DestroySession(long sessionId) implements ServerSessionEvent {}

  /** The key is to be forgotten, and {@link ServerSession#keyDestroyed} called before. */
  record DestroyKey() implements ServerSessionEvent {}

  /**
   * The client exceeded a limit of containers or lists: the connection is to be closed with
   * transport error 429 [mtproto/mtproto-transports#transport-errors].
   */
  record LimitExceeded() implements ServerSessionEvent {}
}

package dev.jobradar.mtproto.session;

import dev.jobradar.mtproto.CallFailedException.Progress;
import dev.jobradar.mtproto.CallFailedException.Reason;

/** What the owner of a {@link ClientSession} learns from a packet of the server. */
public sealed interface SessionEvent {
  /**
   * A query was answered.
   *
   * @param result the answer as it came, perhaps {@code gzip_packed}
   */
  record Answered(Query query, Slice result) implements SessionEvent {}

  /** A query was answered with an error. */
  record Refused(Query query, int code, String error) implements SessionEvent {}

  /**
   * A query will never be answered.
   *
   * @param progress how far it got
   */
  record Abandoned(Query query, Reason reason, Progress progress) implements SessionEvent {}

  /**
   * Something that is no service message: updates.
   *
   * @param body the TL object as it came, unpacked
   */
  record Update(Slice body) implements SessionEvent {}

  /**
   * The server began a new session: updates may have been missed
   * (core.telegram.org/mtproto/service_messages#new-session-creation-notification).
   */
  record SessionCreated() implements SessionEvent {}

  /**
   * The server's time was wrong here, and messages were ignored because of it: updates were missed.
   */
  record UpdatesMissed() implements SessionEvent {}

  /**
   * The server rejected the session's message numbers: it continues under a new session id, on a
   * new connection that the owner must open now.
   */
  record Restart() implements SessionEvent {}
}

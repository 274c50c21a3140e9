package dev.jobradar.mtproto.session;

import dev.jobradar.mtproto.CallFailedException.Progress;
import dev.jobradar.mtproto.CallFailedException.Reason;

/** What a packet from the server meant for the owner of a {@link ClientSession}. */
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
   * @param progress how far it had come
   */
  record GivenUp(Query query, Reason reason, Progress progress) implements SessionEvent {}

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
   * The server's time is another one than was thought, and what came meanwhile was ignored: updates
   * were missed.
   */
  record Missed() implements SessionEvent {}

  /**
   * The session's numbering was beyond repair: it goes on as another session, on a new connection
   * that the owner is to open now.
   */
  record Restart() implements SessionEvent {}
}

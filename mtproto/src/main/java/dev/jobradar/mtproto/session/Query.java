package dev.jobradar.mtproto.session;

import dev.jobradar.mtproto.CallFailedException.Progress;
import java.util.Arrays;
import java.util.Objects;

/**
 * A call of an RPC method from its submission until it is answered or given up.
 *
 * <p>Its state belongs to the {@link ClientSession} that it was handed to, and is guarded by
 * whatever guards that session. A subclass adds what its owner needs to find the caller again.
 */
public class Query {
  private final String method;
  private final byte[] body;
  private final boolean repeatable;

  Progress progress = Progress.NEVER_SENT;

  /** The id it was last sent with; undefined before it is sent. */
  long messageId;

  int seqNo;

  /** When it was sent, or asked about, last; in milliseconds. */
  long sentAt;

  /** The id of the container it was sent in, or its own. */
  long outerId;

  /** How often the server rejected it. */
  int rejections;

  /** When the answer is due that the server owes, in milliseconds. */
  long answerDueAt;

  /** Whether the answer was asked for on this connection. */
  boolean answerRequested;

  /**
   * @param method the TL name of the method, for errors
   * @param body the method, as it goes over the wire: whole words
   * @param repeatable whether the server may execute it twice without harm: it only reads, or
   *     carries a {@code random_id}
   */
  public Query(String method, byte[] body, boolean repeatable) {
    if ((body.length & 3) != 0) {
      throw new IllegalArgumentException(
          "a TL value is whole words, got " + body.length + " bytes");
    }
    this.method = Objects.requireNonNull(method);
    this.body = Arrays.copyOf(body, body.length);
    this.repeatable = repeatable;
  }

  /** The TL name of the method. */
  public final String method() {
    return method;
  }

  /** Whether it may be sent again although it may have been executed. */
  public final boolean repeatable() {
    return repeatable;
  }

  /** How far it got. */
  public final Progress progress() {
    return progress;
  }

  final Slice body() {
    return Slice.of(body);
  }

  /** The length of the method in bytes. */
  public final int size() {
    return body.length;
  }

  @Override
  public String toString() {
    return method + " (" + progress + ")";
  }
}

package dev.jobradar.server.account;

import java.time.Instant;

/**
 * A post of a channel.
 *
 * @param id its message id, which grows within the channel
 * @param date when it was posted
 * @param text its text or caption; may be empty
 * @param outgoing whether this account wrote it
 */
public record ReceivedPost(int id, Instant date, String text, boolean outgoing) {
  /** The text stays out of logs. */
  @Override
  public String toString() {
    return "ReceivedPost[" + id + "]";
  }
}

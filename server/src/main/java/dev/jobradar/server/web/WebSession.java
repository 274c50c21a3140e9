package dev.jobradar.server.web;

import dev.jobradar.clients.UserId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A signed-in browser. A value: {@link #onUse} decides what becomes of it.
 *
 * <p>Its token is replaced once a day. The answer with the new one may get lost, so the one before
 * is good until the new one is used, and then for a minute, for requests that are under way. Used
 * after that, it was copied: either the owner or somebody else holds an old copy, and nobody can
 * tell who.
 *
 * @param tokenHash of the present token
 * @param previousHash of the one before; null while there was none
 * @param rotatedAt when the present token was made
 * @param confirmedAt when it was used first; null while only the one before was
 * @param device the browser's own number, null for one that has none
 * @param browser what its owner calls it, empty when that is not known
 * @param place the network it was last seen in
 */
record WebSession(
    long id,
    UserId user,
    String tokenHash,
    @Nullable String previousHash,
    Instant rotatedAt,
    @Nullable Instant confirmedAt,
    @Nullable Long device,
    String browser,
    String place,
    Instant createdAt,
    Instant seenAt,
    Instant expiresAt) {
  /** So long it lives without use. */
  static final Duration LIFETIME = Duration.ofDays(30);

  /** So long it lives at all. */
  static final Duration LONGEST = Duration.ofDays(90);

  /** How often the token is replaced. */
  static final Duration ROTATION = Duration.ofDays(1);

  /** How long the token before is good beside a new one that was used. */
  static final Duration OVERLAP = Duration.ofMinutes(1);

  /** How exactly it is noted when it was seen. */
  static final Duration SEEN_EVERY = Duration.ofMinutes(10);

  /** What is to be done when it is used. */
  enum Use {
    /** It is good. */
    ACCEPT,
    /** It is good, and the new token has arrived at the browser. */
    CONFIRM,
    /** It is good, and it is to be noted that it was seen. */
    SEEN,
    /** It is good, and the browser gets a new token. */
    ROTATE,
    /** It is good, and the browser gets another new token: the one before did not arrive. */
    ROTATE_AGAIN,
    /** It is over. */
    EXPIRED,
    /** Its cookie was copied: it has to be ended. */
    COPIED
  }

  /**
   * What is to be done when it is used.
   *
   * @param current whether by the present token; else by the one before
   */
  Use onUse(boolean current, Instant now) {
    if (!now.isBefore(expiresAt) || !now.isBefore(createdAt.plus(LONGEST))) {
      return Use.EXPIRED;
    }
    if (!current) {
      return onUseOfPrevious(now);
    }
    if (previousHash != null && confirmedAt == null) {
      return Use.CONFIRM;
    }
    if (isOver(rotatedAt, ROTATION, now)) {
      return Use.ROTATE;
    }
    return isOver(seenAt, SEEN_EVERY, now) ? Use.SEEN : Use.ACCEPT;
  }

  private Use onUseOfPrevious(Instant now) {
    if (confirmedAt != null) {
      return isOver(confirmedAt, OVERLAP, now) ? Use.COPIED : Use.ACCEPT;
    }
    return isOver(rotatedAt, OVERLAP, now) ? Use.ROTATE_AGAIN : Use.ACCEPT;
  }

  private static boolean isOver(Instant since, Duration time, Instant now) {
    return !now.isBefore(since.plus(time));
  }

  /** Until when it is good when it is used now. */
  Instant prolonged(Instant now) {
    return prolonged(createdAt, now);
  }

  static Instant prolonged(Instant createdAt, Instant now) {
    Instant sliding = now.plus(LIFETIME);
    Instant end = createdAt.plus(LONGEST);
    return sliding.isBefore(end) ? sliding : end;
  }

  /** Shows no hash. */
  @Override
  public String toString() {
    return "WebSession[" + id + " of " + user + "]";
  }
}

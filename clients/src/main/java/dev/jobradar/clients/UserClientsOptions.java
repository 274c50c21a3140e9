package dev.jobradar.clients;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@link UserClients}. Immutable, made by a {@link #builder}.
 *
 * @param timeout how long {@link UserClients#get(UserId)} waits at most
 * @param drain how long closing a client waits at most for calls in progress
 * @param closeTimeout how long {@link UserClients#close()} and {@link
 *     UserClients#disconnect(UserId)} wait at most until what they close is closed
 * @param maxConcurrentDials how many may dial at a time
 * @param idleAfter after how long an unused client is closed, null for never
 */
public record UserClientsOptions(
    Duration timeout,
    Duration drain,
    Duration closeTimeout,
    int maxConcurrentDials,
    @Nullable Duration idleAfter) {
  /** Half a minute to wait, 2 s to drain, 15 s to close, 100 dials at a time, never idle. */
  public static final UserClientsOptions DEFAULT = builder().build();

  /**
   * @throws IllegalArgumentException when a duration is negative, or no dial is allowed
   */
  public UserClientsOptions {
    if (timeout.isNegative() || drain.isNegative() || closeTimeout.isNegative()) {
      throw new IllegalArgumentException("times must not be negative");
    }
    if (maxConcurrentDials < 1) {
      throw new IllegalArgumentException(
          "maxConcurrentDials must be 1 or more, got " + maxConcurrentDials);
    }
    if (idleAfter != null && !idleAfter.isPositive()) {
      throw new IllegalArgumentException("idleAfter must be positive, got " + idleAfter);
    }
  }

  /** A builder with everything at its default. */
  public static Builder builder() {
    return new Builder();
  }

  /** Makes {@link UserClientsOptions}. Not thread-safe. */
  public static final class Builder {
    private Duration timeout = Duration.ofSeconds(30);
    private Duration drain = Duration.ofSeconds(2);
    private Duration closeTimeout = Duration.ofSeconds(15);
    private int maxConcurrentDials = 100;
    private @Nullable Duration idleAfter;

    private Builder() {}

    /** The timeout of callers that pass none; half a minute by default. */
    public Builder timeout(Duration value) {
      timeout = value;
      return this;
    }

    /** How long closing waits for calls in progress; 2 s by default. */
    public Builder drain(Duration value) {
      drain = value;
      return this;
    }

    /** How long closing takes at most; 15 s by default. */
    public Builder closeTimeout(Duration value) {
      closeTimeout = value;
      return this;
    }

    /** How many clients may dial at a time; 100 by default. */
    public Builder maxConcurrentDials(int value) {
      maxConcurrentDials = value;
      return this;
    }

    /** After how long an unused client is closed; null, the default, for never. */
    public Builder idleAfter(@Nullable Duration value) {
      idleAfter = value;
      return this;
    }

    /** The options. */
    public UserClientsOptions build() {
      return new UserClientsOptions(timeout, drain, closeTimeout, maxConcurrentDials, idleAfter);
    }
  }
}

package dev.jobradar.server.users;

import dev.jobradar.clients.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person who uses JobRadar.
 *
 * @param id our own number
 * @param telegramUserId who they are; null for a user taken over from the old service who has not
 *     signed in since
 * @param phone digits with the country code
 * @param name first and last name as Telegram has them
 * @param username without {@code @}, null when there is none
 * @param language {@code ru} or {@code en}
 * @param disabled whether an admin has shut them out
 * @param plan what they have chosen
 * @param planUntil when it ends, null for never
 * @param alertsPersonal whether leads are sent to their Saved Messages
 */
public record User(
    UserId id,
    @Nullable Long telegramUserId,
    String phone,
    String name,
    @Nullable String username,
    String language,
    boolean disabled,
    Plan plan,
    @Nullable Instant planUntil,
    boolean alertsPersonal,
    Instant createdAt) {

  /** The plan that holds at this time. */
  public Plan planAt(Instant now) {
    return planUntil != null && !now.isBefore(planUntil) ? Plan.EXPIRED : plan;
  }

  /** Whether their tasks run: they are not disabled, and their plan has not expired. */
  public boolean isActiveAt(Instant now) {
    return !disabled && planAt(now) != Plan.EXPIRED;
  }

  /** Shows neither name nor phone. */
  @Override
  public String toString() {
    return "User[" + id.value() + "]";
  }
}

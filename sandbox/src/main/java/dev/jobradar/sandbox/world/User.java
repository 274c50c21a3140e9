package dev.jobradar.sandbox.world;

import org.jspecify.annotations.Nullable;

/**
 * An account as it stood when it was asked for.
 *
 * @param phone digits only
 * @param homeDc the data centre that serves it, from 1
 * @param twoStep whether signing in needs the two-step password too
 * @param createdAt unix seconds
 */
public record User(
    UserId id,
    String phone,
    String firstName,
    String lastName,
    @Nullable String username,
    int homeDc,
    boolean twoStep,
    int createdAt) {

  /** The account that Telegram itself writes from. */
  public static final UserId SERVICE = new UserId(777_000);

  static User service(int now) {
    return new User(SERVICE, "42777", "Telegram", "", null, 1, false, now);
  }

  /** The phone number is left out: this may be logged. */
  @Override
  public String toString() {
    return "User[" + id.value() + "]";
  }
}

package dev.jobradar.telegram;

import dev.jobradar.tl.api.TypeUser;
import dev.jobradar.tl.api.User;
import org.jspecify.annotations.Nullable;

/**
 * The account that a client is signed in to.
 *
 * @param id Telegram's user id: it stays the same when name and phone change
 * @param firstName may be empty
 * @param lastName null when there is none
 * @param username without the {@code @}, null when there is none
 * @param phone digits with the country code, null when Telegram does not tell
 */
public record Me(
    long id,
    String firstName,
    @Nullable String lastName,
    @Nullable String username,
    @Nullable String phone) {

  /** What is to be known of oneself from a {@code User}. */
  public static Me of(TypeUser user) {
    if (user instanceof User known) {
      String first = known.firstName();
      return new Me(
          known.id(),
          first == null ? "" : first,
          known.lastName(),
          known.username(),
          known.phone());
    }
    throw new IllegalArgumentException("one's own account is no empty user");
  }

  /** Names and phone number stay out of logs. */
  @Override
  public String toString() {
    return "Me[" + id + "]";
  }
}

package dev.jobradar.server.account;

import org.jspecify.annotations.Nullable;

/**
 * Who an account belongs to, by Telegram.
 *
 * @param telegramUserId stays the same when name and phone change
 * @param name first and last name; may be empty
 * @param username without {@code @}, null when there is none
 * @param phone digits with the country code, null when Telegram does not tell
 */
public record Profile(
    long telegramUserId, String name, @Nullable String username, @Nullable String phone) {
  @Override
  public String toString() {
    return "Profile[" + telegramUserId + "]";
  }
}

package dev.jobradar.sandbox.world;

/**
 * A sign-in: an authorisation key that acts for an account.
 *
 * @param dc the data centre that the key belongs to
 * @param hash its number in the account's list of sessions; never 0
 * @param createdAt unix seconds
 * @param activeAt when a client last said that it is there, unix seconds
 */
public record Authorization(
    KeyId key, UserId user, int dc, long hash, int createdAt, int activeAt, Device device) {

  Authorization activeAt(int now) {
    return new Authorization(key, user, dc, hash, createdAt, now, device);
  }

  Authorization device(Device other) {
    return new Authorization(key, user, dc, hash, createdAt, activeAt, other);
  }
}

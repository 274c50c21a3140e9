package dev.jobradar.telegram.session;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.crypto.AuthKey;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in that can be used again, as far as session strings tell of it. Immutable. It names a
 * data centre and no address: where to connect is for {@link DataCentres} to say.
 *
 * @param dc the data centre that knows the key
 * @param test whether that is one of Telegram's test data centres; Telethon's and GramJS's forms do
 *     not say, and are taken to mean production
 * @param authKey the key, or null when no user is signed in (its place in the string held zeros)
 * @param user whose sign-in it is, when that is known
 * @param apiId the application that signed in, 1 or more, when that is known
 */
public record SavedSession(
    DcId dc,
    boolean test,
    @Nullable AuthKey authKey,
    @Nullable SignedInUser user,
    @Nullable Integer apiId) {

  /**
   * @throws IllegalArgumentException when the api_id is not positive
   */
  public SavedSession {
    if (apiId != null && apiId < 1) {
      throw new IllegalArgumentException("an api_id is 1 or more, got " + apiId);
    }
  }

  /** A sign-in of which nothing more is known. */
  public static SavedSession of(DcId dc, boolean test, AuthKey authKey) {
    return new SavedSession(dc, test, authKey, null, null);
  }

  /** The same with another answer to whether the data centre is a test one. */
  public SavedSession withTest(boolean value) {
    return new SavedSession(dc, value, authKey, user, apiId);
  }

  /** The same with another user. */
  public SavedSession withUser(@Nullable SignedInUser value) {
    return new SavedSession(dc, test, authKey, value, apiId);
  }

  /** The same with another application. */
  public SavedSession withApiId(@Nullable Integer value) {
    return new SavedSession(dc, test, authKey, user, value);
  }
}

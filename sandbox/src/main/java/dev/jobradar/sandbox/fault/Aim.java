package dev.jobradar.sandbox.fault;

import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.UserId;
import org.jspecify.annotations.Nullable;

/**
 * What a fault applies to: null, and data centre 0, mean any.
 *
 * @param key the authorisation key; for a bound temporary key, the permanent one
 * @param account who is signed in
 * @param dc the data centre's number
 * @param method the TL name of the method that is called, such as {@code messages.sendMessage}
 */
public record Aim(@Nullable KeyId key, @Nullable UserId account, int dc, @Nullable String method) {

  /** Everybody, everywhere. */
  public static final Aim ALL = new Aim(null, null, 0, null);

  /** One key. */
  public static Aim key(KeyId key) {
    return new Aim(key, null, 0, null);
  }

  /** One account, over all its keys. */
  public static Aim account(UserId account) {
    return new Aim(null, account, 0, null);
  }

  /** One data centre. */
  public static Aim dc(int number) {
    return new Aim(null, null, number, null);
  }

  /** Calls of one method. */
  public static Aim method(String name) {
    return new Aim(null, null, 0, name);
  }

  /** The same, but for this account alone. */
  public Aim of(UserId only) {
    return new Aim(key, only, dc, method);
  }

  /** The same, but for calls of this method alone. */
  public Aim calling(String name) {
    return new Aim(key, account, dc, name);
  }

  /** Whether it includes this site. */
  public boolean hits(FaultSite place) {
    return (key == null || key.equals(place.key()))
        && (account == null || account.equals(place.account()))
        && (dc == 0 || dc == place.dc())
        && (method == null || method.equals(place.method()));
  }
}

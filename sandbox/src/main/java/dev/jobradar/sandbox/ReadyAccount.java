package dev.jobradar.sandbox;

import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.UserId;

/**
 * An account that is signed in before anybody has connected.
 *
 * @param user the account
 * @param key the key that is signed in
 * @param phone its number, digits only
 * @param session its session string in Telethon's form: the key to the account
 */
public record ReadyAccount(UserId user, KeyId key, String phone, String session) {

  /** Without the session: it is a secret, even in a test's output. */
  @Override
  public String toString() {
    return "ReadyAccount[" + user.value() + "]";
  }
}

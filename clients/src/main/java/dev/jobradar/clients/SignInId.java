package dev.jobradar.clients;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Identifies a pending sign-in. Anybody who knows it can continue the sign-in, so it cannot be
 * guessed, and only the person who signs in gets it.
 *
 * @param value 32 characters of base64url, made from 192 random bits
 */
public record SignInId(String value) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 24;

  static SignInId random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new SignInId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Does not show it. */
  @Override
  public String toString() {
    return "SignInId";
  }
}

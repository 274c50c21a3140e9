package dev.jobradar.server.signin;

import dev.jobradar.clients.SignInOrigin;
import dev.jobradar.server.users.User;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who asks to sign in: where from, in which browser, and whether it has proved itself before.
 *
 * @param networks where they come from
 * @param browser what they call their browser; empty when it is not known
 * @param secret what this browser was given when it asked before; null for nothing
 * @param freshSecret what it is given now, if it has none or a code of ours is sent
 * @param device that the browser is one that has signed in before, and whose; null for a stranger
 */
public record Requester(
    Networks networks,
    String browser,
    @Nullable String secret,
    String freshSecret,
    @Nullable Device device)
    implements SignInOrigin {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SECRET_BYTES = 32;
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

  /** Somebody with these cookies; what is no secret of ours counts as none. */
  public static Requester of(
      Networks networks, String browser, @Nullable String secret, @Nullable Device device) {
    byte[] fresh = new byte[SECRET_BYTES];
    RANDOM.nextBytes(fresh);
    return new Requester(
        networks,
        browser,
        secret != null && SECRET.matcher(secret).matches() ? secret : null,
        Base64.getUrlEncoder().withoutPadding().encodeToString(fresh),
        device);
  }

  /** As seen by this user, null for nobody: the browsers of others are strangers to them. */
  Requester to(@Nullable User user) {
    boolean theirs = device != null && user != null && device.user().equals(user.id());
    return theirs || device == null
        ? this
        : new Requester(networks, browser, secret, freshSecret, null);
  }

  /** One for each browser. */
  @Override
  public String key() {
    return secret == null ? freshSecret : secret;
  }

  /** Shows no secret. */
  @Override
  public String toString() {
    return device == null ? "a stranger" : device.toString();
  }
}

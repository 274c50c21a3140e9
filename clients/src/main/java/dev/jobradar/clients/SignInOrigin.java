package dev.jobradar.clients;

/**
 * Who asks for a sign-in, as far as that is known: limits are counted for it, and a newer sign-in
 * of the same origin with the same phone number replaces the one before.
 */
public interface SignInOrigin {
  /** Equal for the same origin, and for no other. */
  String key();

  /** An origin of which only the address is known, such as an IP address. */
  static SignInOrigin address(String address) {
    return new Address(address);
  }

  /**
   * An address.
   *
   * @param key the address itself
   */
  record Address(String key) implements SignInOrigin {}
}

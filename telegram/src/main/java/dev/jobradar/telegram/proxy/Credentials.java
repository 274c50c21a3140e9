package dev.jobradar.telegram.proxy;

/**
 * User name and password for a proxy. {@link #toString} shows neither.
 *
 * @param user not empty
 * @param password may be empty
 */
public record Credentials(String user, String password) {
  /**
   * @throws IllegalArgumentException when the user is empty
   */
  public Credentials {
    if (user.isEmpty()) {
      throw new IllegalArgumentException("a proxy's user name must not be empty");
    }
  }

  @Override
  public String toString() {
    return "Credentials[hidden]";
  }
}

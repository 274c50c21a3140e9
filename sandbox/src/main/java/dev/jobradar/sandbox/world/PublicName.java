package dev.jobradar.sandbox.world;

/**
 * A public name of a channel.
 *
 * @param name without @
 * @param active whether it leads to the channel; others are merely kept
 */
public record PublicName(String name, boolean active) {

  /**
   * @throws IllegalArgumentException when it is none: 4 to 32 Latin letters, digits and
   *     underscores, a letter first
   */
  public PublicName {
    if (!name.matches("[A-Za-z][A-Za-z0-9_]{3,31}")) {
      throw new IllegalArgumentException("'" + name + "' is no public name");
    }
  }
}

package dev.jobradar.sandbox.world;

/**
 * The id of an authorisation key: the low 64 bits of its SHA1.
 *
 * @param value the id as it stands on the wire, little-endian
 */
public record KeyId(long value) {

  /** Sixteen hexadecimal digits, as events show it. */
  @Override
  public String toString() {
    return "%016x".formatted(value);
  }
}

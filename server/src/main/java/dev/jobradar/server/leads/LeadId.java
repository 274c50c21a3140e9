package dev.jobradar.server.leads;

/**
 * A lead's number.
 *
 * @param value 1 or more
 */
public record LeadId(long value) {
  @Override
  public String toString() {
    return "lead " + value;
  }
}

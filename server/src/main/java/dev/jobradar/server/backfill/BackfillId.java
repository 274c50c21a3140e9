package dev.jobradar.server.backfill;

/**
 * A backfill's number.
 *
 * @param value 1 or more
 */
public record BackfillId(long value) {
  @Override
  public String toString() {
    return "backfill " + value;
  }
}

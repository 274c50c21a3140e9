package dev.jobradar.server.tasks;

/**
 * A task's number.
 *
 * @param value 1 or more
 */
public record TaskId(long value) {
  @Override
  public String toString() {
    return "task " + value;
  }
}

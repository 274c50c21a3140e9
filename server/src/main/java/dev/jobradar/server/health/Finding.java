package dev.jobradar.server.health;

/** What a {@link HealthCheck} found. */
public sealed interface Finding {
  /** All is well. */
  Finding FINE = new Fine();

  /** All is well. */
  record Fine() implements Finding {}

  /**
   * Requests are answered, but something does not work as it should.
   *
   * @param why for the operator, without secrets
   */
  record Impaired(String why) implements Finding {}

  /**
   * Requests cannot be answered: this process is not ready.
   *
   * @param why for the operator, without secrets
   */
  record Broken(String why) implements Finding {}
}

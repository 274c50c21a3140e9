package dev.jobradar.server.health;

/**
 * Something that may go wrong with this process, looked at every few seconds. A bean of this type
 * is part of readiness. Thread-safe; one look at a time.
 */
public interface HealthCheck {
  /** What is looked at, as a meter's tag and in the log: one lower-case word. */
  String name();

  /**
   * Looks at it. May wait for what it looks at; a look that takes too long is reported as such.
   * What is thrown counts as {@link Finding.Broken}.
   */
  Finding look() throws InterruptedException;
}

package dev.jobradar.clients;

import java.time.Duration;
import java.time.Instant;

/** Clock, timer and threads of the users' clients, so that tests can move time by hand. */
interface Time {
  /** The present. */
  Instant now();

  /** Runs a task once after a delay; never if {@link #stop} comes first. */
  void after(Duration delay, Runnable task);

  /** Runs a task at once, on a thread of its own: it may block. */
  void inBackground(Runnable task);

  /** Stops the timer and drops its tasks. */
  void stop();
}

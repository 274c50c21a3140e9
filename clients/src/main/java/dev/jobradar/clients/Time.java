package dev.jobradar.clients;

import java.time.Duration;
import java.time.Instant;

/** Clock, timer and threads of the users' clients, so that tests can move time by hand. */
interface Time {
  /** The present. */
  Instant now();

  /** Has something done once, not before so long has passed; never if {@link #stop} comes first. */
  void after(Duration delay, Runnable task);

  /** Does something at once, on a thread of its own: it may block. */
  void inBackground(Runnable task);

  /** Ends the timer: what it still holds is dropped. */
  void stop();
}

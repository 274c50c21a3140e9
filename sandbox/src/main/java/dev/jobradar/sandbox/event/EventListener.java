package dev.jobradar.sandbox.event;

/** Hears of events, from many threads and in no promised order between threads. */
@FunctionalInterface
public interface EventListener {

  /** Hears nothing. */
  EventListener NONE = event -> {};

  /** Must return at once: the server waits for it. */
  void on(Event event);
}

package dev.jobradar.sandbox.event;

/** Receives events, from many threads and in no defined order between threads. */
@FunctionalInterface
public interface EventListener {

  /** Ignores everything. */
  EventListener NONE = event -> {};

  /** Must return at once: the server waits for it. */
  void on(Event event);
}

package dev.jobradar.sandbox.world;

/**
 * A signed-in session that receives updates as they happen.
 *
 * <p>Called outside the world's lock, one update at a time and in order, on the thread of whoever
 * made the change: hand the update on and return.
 */
@FunctionalInterface
public interface Subscriber {

  void deliver(Update update);
}

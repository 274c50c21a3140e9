package dev.jobradar.sandbox.world;

/** Where changes are kept. */
@FunctionalInterface
public interface Journal {

  /** Keeps nothing. */
  Journal NONE = change -> {};

  /**
   * Keeps a change before it is applied. Called under the world's lock, in order. An exception
   * stops the change: nothing of it happens.
   */
  void append(Change change);
}

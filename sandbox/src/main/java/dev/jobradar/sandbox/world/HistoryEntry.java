package dev.jobradar.sandbox.world;

/** Something in a history: histories are ordered by id, and dates never fall as ids rise. */
public interface HistoryEntry {

  /** Its id, positive. */
  int id();

  /** When it was written, unix seconds. */
  int date();
}

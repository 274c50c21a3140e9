package dev.jobradar.sandbox.fault;

import java.time.Duration;

/**
 * Something that goes wrong on purpose, for as long as it {@linkplain Faults#set stands}.
 * Immutable.
 *
 * <p>What strikes how often is counted by kind: a fault of connections strikes a connection once
 * and stays with it, one of calls strikes call by call.
 */
public sealed interface Fault {

  /** What it is called in commands and events. */
  String name();

  /** Strikes connections: it stays with each until the fault is taken away. */
  sealed interface OfConnection extends Fault {}

  /** Strikes calls. */
  sealed interface OfCall extends Fault {}

  /** The server accepts connections and reads what comes, but takes none of it and says nothing. */
  record Silence() implements OfConnection {
    @Override
    public String name() {
      return "silence";
    }
  }

  /**
   * A call is not executed, and answered with an error.
   *
   * @param code such as 420
   * @param error such as {@code FLOOD_WAIT_3}
   */
  record Fail(int code, String error) implements OfCall {

    /**
     * @throws IllegalArgumentException when the name is none: capitals, digits and underscores
     */
    public Fail {
      if (!error.matches("[A-Z0-9_]{1,128}")) {
        throw new IllegalArgumentException("an error is named by capitals, such as FLOOD_WAIT_3");
      }
    }

    @Override
    public String name() {
      return "fail";
    }
  }

  /** 420 {@code FLOOD_WAIT_X}: too much, in whole seconds. */
  static Fail floodWait(Duration wait) {
    return new Fail(420, "FLOOD_WAIT_" + wait.toSeconds());
  }
}

package dev.jobradar.sandbox.event;

import dev.jobradar.sandbox.fault.Fault;
import java.time.Duration;

/** Faults from the fields of a command. */
final class FaultJson {
  private static final int DAY = 86_400;
  private static final String KNOWN = "silence, fail, flood_wait";

  private FaultJson() {}

  /**
   * Reads a fault.
   *
   * @throws BadCommandException when it is not known, or lacks a field
   */
  static Fault read(Fields fields) {
    String name = fields.string("fault");
    try {
      return switch (name) {
        case "silence" -> new Fault.Silence();
        case "fail" -> new Fault.Fail(fields.number("code", -1_000, 1_000), fields.string("error"));
        case "flood_wait" -> Fault.floodWait(seconds(fields));
        default -> throw new BadCommandException("unknown fault '" + name + "'; known: " + KNOWN);
      };
    } catch (IllegalArgumentException e) {
      throw new BadCommandException(String.valueOf(e.getMessage()));
    }
  }

  private static Duration seconds(Fields fields) {
    return Duration.ofSeconds(fields.number("seconds", 0, 7 * DAY));
  }
}

package dev.jobradar.sandbox.event;

import dev.jobradar.sandbox.fault.Fault;
import java.time.Duration;
import java.util.Locale;

/** Faults from the fields of a command. */
final class FaultJson {
  private static final int DAY = 86_400;
  private static final int YEAR = 366 * DAY;
  private static final String KNOWN =
      "silence, half_open, slow, transport_error, connection_limit, clock_skew, wrong_salt,"
          + " duplicate_packets, reorder_packets, replay_packets, fail, flood_wait,"
          + " flood_premium_wait, slow_mode_wait, migrate, migrate_loop, unknown_constructor,"
          + " unknown_message, unknown_updates, short_pages, repeat_code_type, delay_answers,"
          + " lose_answers, swallow_updates, double_updates, reorder_updates, difference_empty,"
          + " difference_too_long, channel_difference_too_long";

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
        case "half_open" -> new Fault.HalfOpen();
        case "slow" ->
            new Fault.Slow(
                millis(fields, 0), fields.number("bytes_per_second", 1, Integer.MAX_VALUE, 0));
        case "transport_error" -> new Fault.TransportError(fields.number("code", 1, 999));
        case "connection_limit" ->
            new Fault.ConnectionLimit(fields.number("most", 1, 1_000_000), seconds(fields));
        case "clock_skew" ->
            new Fault.ClockSkew(
                Duration.ofSeconds(fields.number("seconds", -10 * YEAR, 10 * YEAR)));
        case "wrong_salt" -> new Fault.WrongSalt();
        case "duplicate_packets" -> new Fault.DuplicatePackets();
        case "reorder_packets" -> new Fault.ReorderPackets();
        case "replay_packets" -> new Fault.ReplayPackets();
        case "fail" ->
            fields.has("code")
                ? new Fault.Fail(fields.number("code", -1_000, 1_000), fields.string("error"))
                : Fault.error(fields.string("error"));
        case "flood_wait" -> Fault.floodWait(seconds(fields));
        case "flood_premium_wait" -> Fault.floodPremiumWait(seconds(fields));
        case "slow_mode_wait" -> Fault.slowModeWait(seconds(fields));
        case "migrate" -> Fault.migrate(moved(fields), fields.number("to", 1, 9));
        case "migrate_loop" -> new Fault.MigrateLoop(moved(fields), fields.numbers("ring", 1, 9));
        case "unknown_constructor" -> new Fault.UnknownConstructor();
        case "unknown_message" ->
            new Fault.UnknownMessage(fields.number("id", 1, Integer.MAX_VALUE));
        case "unknown_updates" -> new Fault.UnknownUpdates();
        case "short_pages" -> new Fault.ShortPages(fields.number("most", 1, 100));
        case "repeat_code_type" -> new Fault.RepeatCodeType();
        case "delay_answers" -> new Fault.DelayAnswers(millis(fields, 1));
        case "lose_answers" -> new Fault.LoseAnswers(fields.flag("hang_up", false));
        case "swallow_updates" -> new Fault.SwallowUpdates();
        case "double_updates" -> new Fault.DoubleUpdates();
        case "reorder_updates" -> new Fault.ReorderUpdates();
        case "difference_empty" -> new Fault.DifferenceEmpty();
        case "difference_too_long" -> new Fault.DifferenceTooLong();
        case "channel_difference_too_long" -> new Fault.ChannelDifferenceTooLong();
        default -> throw new BadCommandException("unknown fault '" + name + "'; known: " + KNOWN);
      };
    } catch (IllegalArgumentException e) {
      throw new BadCommandException(String.valueOf(e.getMessage()));
    }
  }

  private static Fault.Moved moved(Fields fields) {
    String who = fields.oneOf("who", "phone", "user", "network", "file", "stats");
    return Fault.Moved.valueOf(who.toUpperCase(Locale.ROOT));
  }

  private static Duration millis(Fields fields, int least) {
    return Duration.ofMillis(fields.number("delay_ms", least, DAY * 1_000));
  }

  private static Duration seconds(Fields fields) {
    return Duration.ofSeconds(fields.number("seconds", 0, 7 * DAY));
  }
}

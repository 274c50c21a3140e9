package dev.jobradar.server.web;

import dev.jobradar.server.account.WatchStall;
import dev.jobradar.server.monitoring.StalledWatches;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says in a person's language what is wrong with channels that stall. Thread-safe. */
@Component
public class StallTexts {
  private final MessageSource messages;
  private final InstantSource clock;

  public StallTexts(MessageSource messages, InstantSource clock) {
    this.messages = messages;
    this.clock = clock;
  }

  /** What is wrong with one channel, since when, and what will happen. */
  public String channel(WatchStall stall, Locale locale) {
    return message(
        "stall." + StalledWatches.code(stall), locale, ago(stall.since(), locale), stall.error());
  }

  /** How many channels of a person stall; at least one. */
  public String channels(Collection<WatchStall> stalls, Locale locale) {
    return message("stall.channels", locale, stalls.size(), ago(earliest(stalls), locale));
  }

  /** The updates outside channels stall. */
  public String account(WatchStall stall, Locale locale) {
    return message("stall.account", locale, ago(stall.since(), locale), stall.error());
  }

  /** Posts that could never be read. */
  public String skipped(int count, int last, Locale locale) {
    return message("stall.skipped", locale, count, String.valueOf(last));
  }

  /** When the first of them began. */
  public static Instant earliest(Collection<WatchStall> stalls) {
    return stalls.stream().map(WatchStall::since).min(Instant::compareTo).orElseThrow();
  }

  private String ago(Instant since, Locale locale) {
    Duration age = Duration.between(since, clock.instant());
    if (age.toHours() < 1) {
      return message("duration.minutes", locale, Math.max(1, age.toMinutes()));
    }
    return age.toDays() < 2
        ? message("duration.hours", locale, age.toHours())
        : message("duration.days", locale, age.toDays());
  }

  private String message(String key, Locale locale, Object... arguments) {
    return messages.getMessage(key, arguments, locale);
  }
}

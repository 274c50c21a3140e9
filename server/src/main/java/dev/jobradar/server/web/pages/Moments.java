package dev.jobradar.server.web.pages;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/**
 * Says when something was, to a person of that language in that time zone. A value.
 *
 * @param now the time of the answer
 */
public record Moments(Locale locale, ZoneId zone, Instant now, PageTexts texts) {
  /** From this age on the date says more. */
  private static final Duration LONG_AGO = Duration.ofDays(7);

  /** The day. */
  public String date(Instant instant) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
        .withLocale(locale)
        .format(instant.atZone(zone));
  }

  /** The day and the time to the minute. */
  public String dateTime(Instant instant) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
        .withLocale(locale)
        .format(instant.atZone(zone));
  }

  /** The time of the day, to the minute. */
  public String time(Instant instant) {
    return DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
        .withLocale(locale)
        .format(instant.atZone(zone));
  }

  /** How long ago, and from a week on the day. What is yet to come is just now. */
  public String age(Instant instant) {
    Duration age = Duration.between(instant, now);
    if (age.compareTo(LONG_AGO) >= 0) {
      return date(instant);
    }
    if (age.toMinutes() < 1) {
      return texts.text(locale, "pages.age.now");
    }
    if (age.toHours() < 1) {
      return texts.text(locale, "pages.age.minutes", age.toMinutes());
    }
    return age.toDays() < 1
        ? texts.text(locale, "pages.age.hours", age.toHours())
        : texts.text(locale, "pages.age.days", age.toDays());
  }
}

package dev.jobradar.server.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.server.web.TestWeb;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class MomentsTest {
  private static final Instant NOW = Instant.parse("2026-11-30T21:30:00Z");

  private static Moments moments(String language) {
    return new Moments(
        Locale.of(language),
        ZoneId.of("Asia/Yekaterinburg"),
        NOW,
        new PageTexts(TestWeb.messages()));
  }

  @ParameterizedTest
  @CsvSource({
    "PT-1M, только что, just now",
    "PT59S, только что, just now",
    "PT1M, 1 минуту назад, 1 minute ago",
    "PT22M, 22 минуты назад, 22 minutes ago",
    "PT59M59S, 59 минут назад, 59 minutes ago",
    "PT1H, 1 час назад, 1 hour ago",
    "PT11H, 11 часов назад, 11 hours ago",
    "P1D, 1 день назад, 1 day ago",
    "P2D, 2 дня назад, 2 days ago",
    "P6DT23H, 6 дней назад, 6 days ago",
    "P7D, 24 нояб. 2026 г., 'Nov 24, 2026'",
  })
  void ages_have_their_plurals_and_end_after_a_week(Duration age, String russian, String english) {
    assertThat(moments("ru").age(NOW.minus(age)).replaceAll("[\\u00a0\\u202f]", " "))
        .isEqualTo(russian);
    assertThat(moments("en").age(NOW.minus(age))).isEqualTo(english);
  }

  @Test
  void dates_are_those_of_the_persons_time_zone() {
    assertThat(moments("ru").date(NOW)).startsWith("1 дек.").contains("2026");
    assertThat(moments("ru").time(NOW)).isEqualTo("02:30");
  }

  @ParameterizedTest
  @CsvSource({
    "Asia/Tokyo, Asia/Tokyo",
    "Etc/GMT+3, Etc/GMT+3",
    "Nowhere/Land, Europe/Moscow",
    "+25:00, Europe/Moscow",
    "'', Europe/Moscow"
  })
  void a_time_zone_is_believed_only_when_there_is_one(String cookie, String zone) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setCookies(new jakarta.servlet.http.Cookie("zone", cookie));
    assertThat(PageFrames.zone(request)).isEqualTo(ZoneId.of(zone));
  }
}

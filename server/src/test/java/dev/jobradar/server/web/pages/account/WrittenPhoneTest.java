package dev.jobradar.server.web.pages.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrittenPhoneTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          8 (900) 123-45-67  | +7 900 123-45-67   | Россия
          +77011234567       | +7 701 123-45-67   | Казахстан
          00380 50 123 45 67 | +380 501 234 567   | Украина
          375 29 123-45-67   | +375 291 234 567   | Беларусь
          +44 20 7946 0000   | +44 207 946 0000   | Великобритания
          +1 202 555 0123    | +120 255 501 23    | -
          999 661 0012       | +999 661 0012      | -
          """)
  void a_number_is_shown_as_it_is_understood(String typed, String number, String country) {
    assertThat(WrittenPhone.typed(typed, Locale.of("ru")))
        .contains(new WrittenPhone(number, country));
  }

  @ParameterizedTest
  @CsvSource({"12", "hello", "''", "+7", "0123456"})
  void what_is_no_number_yet_is_shown_as_nothing(String typed) {
    assertThat(WrittenPhone.typed(typed, Locale.ENGLISH)).isEmpty();
  }
}

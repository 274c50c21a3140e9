package dev.jobradar.server.web.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.server.web.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumbersTest {
  @ParameterizedTest
  @CsvSource({
    "+7 (900) 123-45-67, 79001234567",
    "8 900 123 45 67, 79001234567",
    "8(900)123‑45‑67, 79001234567",
    "79001234567, 79001234567",
    "0044 20 7946 0958, 442079460958",
    "+81 3 1234 5678, 81312345678",
    "9996612345, 9996612345",
  })
  void people_write_numbers_in_many_ways(String written, String digits) {
    assertThat(PhoneNumbers.normalise(written)).isEqualTo(digits);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "+",
        "123456",
        "1234567890123456",
        "+7900123456x",
        "@ann",
        "0012",
        "++7900123"
      })
  void other_things_are_no_numbers(String written) {
    assertThatThrownBy(() -> PhoneNumbers.normalise(written)).isInstanceOf(ProblemException.class);
  }
}

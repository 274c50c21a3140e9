package dev.jobradar.server.signin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnteredCodeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "12345|12345",
        " 123 45 |12345",
        "12-345|12345",
        "123\u201145|12345",
        "1\u00a02\u200b3.4_5|12345",
        "\u0661\u0662\u0663|123",
        "  big   whale |big whale",
        "ice-cream|ice-cream",
        "|"
      })
  void what_stands_between_figures_does_not_matter(String typed, String code) {
    assertThat(EnteredCode.telegrams(typed == null ? "" : typed))
        .isEqualTo(code == null ? "" : code);
  }

  @Test
  void the_length_is_of_letters_and_figures() {
    assertThat(EnteredCode.length("AB12-cd 34")).isEqualTo(8);
    assertThat(EnteredCode.isNumber("123")).isTrue();
    assertThat(EnteredCode.isNumber("12a")).isFalse();
  }
}

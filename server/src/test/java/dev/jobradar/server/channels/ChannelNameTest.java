package dev.jobradar.server.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.server.channels.ChannelName.BadChannelName;
import dev.jobradar.server.channels.ChannelName.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "javajobs",
        "@JavaJobs",
        "  @javajobs ",
        "t.me/javajobs",
        "http://t.me/javajobs",
        "https://t.me/javajobs",
        "https://t.me/javajobs/",
        "https://t.me/javajobs/123",
        "https://t.me/javajobs/12/123?single",
        "https://t.me/s/javajobs?before=7",
        "https://telegram.me/javajobs"
      })
  void a_name_is_read_in_all_its_forms(String written) {
    assertThat(ChannelName.parse(written)).isEqualTo(new ChannelName("javajobs"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', EMPTY",
    "'  ', EMPTY",
    "-1001234567890, NUMERIC",
    "@1234567, NUMERIC",
    "https://t.me/1234567, NUMERIC",
    "https://t.me/+AbCdEf, PRIVATE_LINK",
    "t.me/joinchat/AbCdEf, PRIVATE_LINK",
    "https://t.me/c/1234567/8, PRIVATE_LINK",
    "ab, NOT_A_NAME",
    "java jobs, NOT_A_NAME",
    "java__jobs, NOT_A_NAME",
    "вакансии, NOT_A_NAME",
    "https://example.com/javajobs, NOT_A_NAME"
  })
  void anything_else_is_refused_with_its_reason(String written, Problem problem) {
    assertThatThrownBy(() -> ChannelName.parse(written))
        .isInstanceOfSatisfying(
            BadChannelName.class, bad -> assertThat(bad.problem()).isEqualTo(problem));
  }

  @Test
  void a_long_text_is_refused_and_shown_shortened() {
    assertThatThrownBy(() -> ChannelName.parse("x".repeat(10_000)))
        .isInstanceOfSatisfying(
            BadChannelName.class, bad -> assertThat(bad.text()).hasSizeLessThan(100));
  }
}

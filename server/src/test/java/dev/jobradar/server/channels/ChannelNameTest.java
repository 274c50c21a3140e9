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
        "https://telegram.me/javajobs",
        "javajobs.t.me",
        "https://JavaJobs.t.me/12",
        "https://javajobs.t.me/12/123?single",
        "tg://resolve?domain=javajobs",
        "tg:resolve?domain=JavaJobs&post=12",
        "tg://resolve/?post=12&domain=javajobs",
        "web.telegram.org/k/#@javajobs",
        "https://web.telegram.org/a/#@javajobs",
        "https://web.telegram.org/k/#@javajobs/12",
        "https://webk.telegram.org/#@javajobs",
        "https://web.telegram.org/#/im?p=@javajobs",
        "https://web.telegram.org/a/#?tgaddr=tg%3A%2F%2Fresolve%3Fdomain%3Djavajobs%26post%3D12"
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
    "tg://privatepost?channel=1234567&post=8, PRIVATE_LINK",
    "tg://join?invite=AbCdEf, PRIVATE_LINK",
    "https://web.telegram.org/a/#-1001234567890, NUMERIC",
    "tg://resolve?phone=79990000000, NOT_A_NAME",
    "tg://settings?x=1, NOT_A_NAME",
    "https://web.telegram.org/k/, NOT_A_NAME",
    "https://web.telegram.org/a/#?tgaddr=%zz, NOT_A_NAME",
    "java-jobs.t.me, NOT_A_NAME",
    "c/javajobs, NOT_A_NAME",
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
  void a_channel_that_lost_its_name_is_written_as_in_the_links_to_its_posts() {
    ChannelName unnamed = ChannelName.unnamed(1_234_567);
    assertThat(unnamed.isPublic()).isFalse();
    assertThat(unnamed.url(8)).isEqualTo("https://t.me/c/1234567/8");
    assertThat(unnamed).hasToString("t.me/c/1234567");
    assertThat(ChannelName.parse(unnamed.value())).isEqualTo(unnamed);
    ChannelName named = new ChannelName("javajobs");
    assertThat(named.isPublic()).isTrue();
    assertThat(named.url(8)).isEqualTo("https://t.me/javajobs/8");
    assertThat(named).hasToString("@javajobs");
  }

  @Test
  void names_of_telegram_are_taken_where_they_can_be_written() {
    assertThat(ChannelName.ofTelegram("Java_Jobs")).contains(new ChannelName("java_jobs"));
    assertThat(ChannelName.ofTelegram("1jobs")).isEmpty();
  }

  @Test
  void a_long_text_is_refused_and_shown_shortened() {
    assertThatThrownBy(() -> ChannelName.parse("x".repeat(10_000)))
        .isInstanceOfSatisfying(
            BadChannelName.class, bad -> assertThat(bad.text()).hasSizeLessThan(100));
  }
}

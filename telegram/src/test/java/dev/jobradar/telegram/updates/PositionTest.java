package dev.jobradar.telegram.updates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
  static Stream<ChannelPosition> channels() {
    return Stream.of(
        ChannelPosition.NEWEST,
        ChannelPosition.after(0),
        ChannelPosition.after(55),
        new ChannelPosition(131, 55, 0),
        new ChannelPosition(131, 55, 90),
        new ChannelPosition(Integer.MAX_VALUE, Integer.MAX_VALUE, ChannelPosition.UNKNOWN));
  }

  @ParameterizedTest
  @MethodSource("channels")
  void a_channels_position_is_read_as_it_was_written(ChannelPosition position) {
    assertThat(ChannelPosition.parse(position.text())).isEqualTo(position);
  }

  @Test
  void the_texts_stay_as_they_are_because_they_are_stored() {
    assertThat(ChannelPosition.NEWEST.text()).isEqualTo("c0.-1.-1");
    assertThat(ChannelPosition.after(55).text()).isEqualTo("c0.55.-1");
    assertThat(new ChannelPosition(131, 55, 0).text()).isEqualTo("c131.55");
    assertThat(new ChannelPosition(131, 55, 90).text()).isEqualTo("c131.55.90");
    assertThat(new CommonPosition(10, 2, 1_700_000_000, 3).text()).isEqualTo("u10.2.1700000000.3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "c", "131.55", "c131", "c131.55.", "c131.-2", "c-1.5", "c131.55.90.1", "u1.2"})
  void another_text_is_no_channels_position(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ChannelPosition.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"c9999999999.1", "c1.9999999999"})
  void numbers_that_are_too_large_are_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ChannelPosition.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"-1,0,0", "0,5,0", "0,5,9", "5,-1,0", "5,-2,-1", "5,5,-2"})
  void numbers_that_do_not_go_together_are_refused(int pts, int last, int fillTo) {
    assertThatIllegalArgumentException().isThrownBy(() -> new ChannelPosition(pts, last, fillTo));
  }

  @Test
  void an_accounts_position_is_read_as_it_was_written() {
    CommonPosition position = new CommonPosition(10, 2, 1_700_000_000, 3);
    assertThat(CommonPosition.parse(position.text())).isEqualTo(position);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "u10.2.3", "u0.2.1700000000.3", "u1.2.0.3", "u1.-2.5.3", "c1.2.3.4"})
  void another_text_is_no_accounts_position(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> CommonPosition.parse(text));
  }
}

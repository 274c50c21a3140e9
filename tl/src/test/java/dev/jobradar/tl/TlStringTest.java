package dev.jobradar.tl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Strings as core.telegram.org/mtproto/serialize lays them out. */
class TlStringTest {

  @ParameterizedTest
  @CsvSource({"0, 00000000", "1, 01780000", "2, 02787800", "3, 03787878", "4, 0478787878000000"})
  void a_short_string_is_a_length_byte_the_bytes_and_zeros_up_to_four(int length, String hex) {
    TlWriter writer = new TlWriter();
    writer.writeString("x".repeat(length));

    assertThat(HexFormat.of().formatHex(writer.toByteArray())).isEqualTo(hex);
  }

  @ParameterizedTest
  @CsvSource({"253, 256", "254, 260", "255, 260", "256, 260", "257, 264", "16777215, 16777220"})
  void a_string_of_254_bytes_or_more_has_a_length_of_four_bytes(int length, int size) {
    byte[] content = new byte[length];
    Arrays.fill(content, (byte) 7);
    TlWriter writer = new TlWriter();
    writer.writeBytes(Bytes.of(content));

    assertThat(writer.size()).isEqualTo(size);
    TlReader reader = new TlReader(writer.toByteArray());
    assertThat(reader.readBytes().toByteArray()).isEqualTo(content);
    reader.expectEnd();
  }

  @Test
  void a_string_longer_than_three_bytes_can_tell_is_not_written() {
    Bytes tooLong = Bytes.of(new byte[1 << 24]);

    assertThatExceptionOfType(TlException.class)
        .isThrownBy(() -> new TlWriter().writeBytes(tooLong))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(TlException.Reason.LIMIT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "01", "0141", "014100", "02414200 01", "fe", "fe0400004141"})
  void a_string_that_ends_too_early_is_refused(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    TlReader reader = new TlReader(bytes);
    if (hex.contains(" ")) {
      assertThat(reader.readString()).isEqualTo("AB");
    }

    assertThatExceptionOfType(TlException.class)
        .isThrownBy(reader::readString)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(TlException.Reason.TRUNCATED));
  }

  @Test
  void a_length_that_starts_with_255_is_refused() {
    TlReader reader = new TlReader(HexFormat.of().parseHex("ff00000000000000"));

    assertThatExceptionOfType(TlException.class)
        .isThrownBy(reader::readBytes)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(TlException.Reason.MALFORMED));
  }

  @Test
  void a_string_over_the_limit_is_refused_before_it_is_copied() {
    TlReader reader =
        new TlReader(HexFormat.of().parseHex("0441424344000000"), new TlLimits(1, 1, 3, 1));

    assertThatExceptionOfType(TlException.class)
        .isThrownBy(reader::readString)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(TlException.Reason.LIMIT));
  }

  @Test
  void what_is_no_utf8_reads_as_the_replacement_character() {
    TlReader reader = new TlReader(HexFormat.of().parseHex("0341c342"));

    assertThat(reader.readString()).isEqualTo("A\ufffdB");
  }

  @Test
  void text_outside_the_basic_plane_survives() {
    TlWriter writer = new TlWriter();
    writer.writeString("Вакансия 🚀");

    assertThat(new TlReader(writer.toByteArray()).readString()).isEqualTo("Вакансия 🚀");
  }
}

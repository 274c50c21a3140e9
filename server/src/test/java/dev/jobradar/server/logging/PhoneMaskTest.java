package dev.jobradar.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneMaskTest {
  private static String mask(String line) {
    return new String(
        PhoneMask.mask(line.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Код для +79990000001 отправлен            | Код для +*** отправлен
          +7 (999) 000-00-01                        | +***
          tel:+44.20.7946.0958, и +4930123456       | tel:+***, и +***
          {"message":"no +79990000001","id":5}      | {"message":"no +***","id":5}
          phone=+79990000001&x=1                    | phone=+***&x=1
          GET /?phone=%2B79990000001                | GET /?phone=%2B***
          Key (phone)=(79990000001) already exists. | Key (phone)=(***) already exists.
          {"phone_number":"79990000001"}            | {"phone_number":"***"}
          phoneNumber='79990000001'                 | phoneNumber='***'
          Phone 9996610012 was refused              | Phone *** was refused
          +79990000001 of user 123456789            | +*** of user 123456789
          """)
  void phone_numbers_are_masked(String line, String masked) {
    assertThat(mask(line)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user 79990000001 is connected",
        "channel 1234567890123 at pts 4567890",
        "channel -1001234567890",
        "2026-11-24T18:57:31.247123456+03:00  INFO 12345678 --- [sign-in-1] started",
        "2026-11-24 18:57:31+0300 12345678",
        "phones of 3 users, 12345678 rows",
        "the phone of user 123456789",
        "12+12345",
        "C++ 20202020202020202020",
        "+1234567890123456 has 16 digits"
      })
  void what_is_no_phone_number_stays(String line) {
    assertThat(mask(line)).isEqualTo(line);
  }

  @Test
  void a_line_without_any_is_not_even_copied() {
    byte[] line =
        "2026-11-24T18:57:31.247123456Z INFO user 123456789: готово"
            .getBytes(StandardCharsets.UTF_8);
    assertThat(PhoneMask.mask(line)).isSameAs(line);
  }
}

package dev.jobradar.server.web.pages.leads;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
  private static String row(char separator, String... cells) throws IOException {
    StringBuilder out = new StringBuilder();
    new Csv(out, separator).row(List.of(cells));
    return out.toString();
  }

  @Test
  void cells_are_quoted_where_they_have_to_be() throws IOException {
    assertThat(row(',', "a", "b;c", "d,e", "f\"g", "h\ni", "", " j"))
        .isEqualTo("a,b;c,\"d,e\",\"f\"\"g\",\"h\ni\",,\" j\"\r\n");
    assertThat(row(';', "a", "b;c", "d,e")).isEqualTo("a;\"b;c\";d,e\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+7 900",
        "-1",
        "@ivan",
        "\t=1",
        "\r=1",
        " =HYPERLINK(\"x\")",
        "＝1",
        "\n@x"
      })
  void what_a_spreadsheet_would_compute_is_a_text(String cell) throws IOException {
    assertThat(row(',', cell)).startsWith("\"'" + cell.charAt(0));
  }

  @Test
  void other_texts_stay_as_they_are() throws IOException {
    assertThat(row(',', "Java = 1", "a-b", "hr@x.ru")).isEqualTo("Java = 1,a-b,hr@x.ru\r\n");
  }
}

package dev.jobradar.server.web.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ListsTest {
  @Test
  void keywords_stand_between_commas_or_on_lines_of_their_own() {
    assertThat(Lists.keywords("java, kotlin senior\r\n go;rust,,\n "))
        .containsExactly("java", "kotlin senior", "go", "rust");
  }

  @Test
  void a_comma_in_quotes_belongs_to_the_phrase() {
    assertThat(Lists.keywords("\"java, kotlin\", «go, rust» senior, “a, b”, „в, г“"))
        .containsExactly("\"java, kotlin\"", "«go, rust» senior", "“a, b”", "„в, г“");
  }

  @Test
  void a_quotation_mark_that_is_not_closed_on_its_line_quotes_nothing() {
    assertThat(Lists.keywords("\"java, kotlin\ngo\", rust"))
        .containsExactly("\"java", "kotlin", "go\"", "rust");
  }

  @Test
  void names_stand_between_commas_blanks_or_lines() {
    assertThat(Lists.names(" @one, t.me/two\nthree four;five,"))
        .containsExactly("@one", "t.me/two", "three", "four", "five");
  }

  @Test
  void nothing_is_no_item() {
    assertThat(Lists.keywords(" \n, ")).isEmpty();
    assertThat(Lists.names(" \n, ")).isEmpty();
  }
}

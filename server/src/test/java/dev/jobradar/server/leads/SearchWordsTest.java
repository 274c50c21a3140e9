package dev.jobradar.server.leads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchWordsTest {
  /** As {@code like} matches them, without signs that are escaped. */
  private static boolean finds(String search, String text) {
    String stored = SearchWords.stored(text);
    List<String> patterns = SearchWords.patterns(search);
    return !patterns.isEmpty()
        && patterns.stream()
            .map(pattern -> pattern.substring(1, pattern.length() - 1).replace("!", ""))
            .allMatch(stored::contains);
  }

  @ParameterizedTest
  @CsvSource({
    "JAVA, ищем java, true",
    "java, ищем Java-разработчика, true",
    "java, javascript, true",
    "script, javascript, false",
    "Удалённо, удаленная работа, true",
    "разработчики, Нужен РАЗРАБОТЧИК, true",
    "вакансия, новые вакансии, true",
    "кот, который час, true",
    "java москва, Java в Москве, true",
    "java киев, Java в Москве, false",
    "c++, нужен C++ Middle, true",
    "c++, нужен C# Middle, false",
    "node.js, Node.js и React, true",
    "@ivan_petrov, пишите @Ivan_Petrov, true",
    "ivan_p, пишите @ivanxp, false",
    "900 123, +7 900 123-45-67, true",
    "ｊａｖａ, java, true",
    "!!!, всё!!!, false"
  })
  void a_search_finds_words_by_their_beginning(String search, String text, boolean found) {
    assertThat(finds(search, text)).isEqualTo(found);
  }

  @Test
  void signs_of_patterns_stand_for_themselves() {
    assertThat(SearchWords.patterns("a_b 100%")).containsExactly("% a!_b%", "% 100%");
  }

  @Test
  void a_search_is_bounded() {
    assertThat(SearchWords.patterns("aa ab ac ad ae af ag ah ai aj"))
        .hasSize(SearchWords.MOST_TERMS);
    assertThat(SearchWords.patterns("x".repeat(100_000)))
        .singleElement()
        .asString()
        .hasSizeLessThan(50);
  }

  @Test
  void each_word_is_stored_once() {
    assertThat(SearchWords.stored("Java, java; JAVA и Go")).isEqualTo(" java и go");
    assertThat(SearchWords.stored("…")).isEmpty();
  }
}

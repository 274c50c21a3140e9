package dev.jobradar.server.web.pages.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.server.web.pages.account.HelpTopics.Topic;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HelpTopicsTest {
  private static final List<Topic> TOPICS =
      List.of(
          new Topic("delete", "Как удалить мои данные?", "В настройках."),
          new Topic("forms", "Нужно ли писать все формы слова?", "Нет, ёж найдёт ежа."),
          new Topic("en", "How do I delete my data?", "In the settings."));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "удалю данных | delete",
        "УДАЛЕНИЕ | ''",
        "еж | forms",
        "deleting data | en",
        "settings, delete! | en",
        "'' | delete forms en",
        "?! | delete forms en",
        "nothing of it | ''"
      })
  void answers_are_found_by_their_words_whatever_the_endings(String asked, String keys) {
    assertThat(String.join(" ", HelpTopics.find(TOPICS, asked).stream().map(Topic::key).toList()))
        .isEqualTo(keys);
  }
}

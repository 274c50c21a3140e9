package dev.jobradar.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.server.delivery.MessageText.Digest;
import dev.jobradar.server.delivery.MessageText.Item;
import dev.jobradar.server.leads.OwnMessages;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessageTextTest {
  private static List<Item> items(int count, String text) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> new Item(text, "https://t.me/javajobs/" + i))
        .toList();
  }

  @Test
  void a_message_about_a_lead_has_the_promised_form() {
    assertThat(MessageText.lead("Ищем Java-разработчика\nУдалённо", "javajobs", "java"))
        .isEqualTo(
            "🔥 Новый лид\n\nИщем Java-разработчика\nУдалённо\n\nИсточник: @javajobs\nКлюч: java");
  }

  @Test
  void a_task_that_takes_every_post_has_no_keyword_to_name() {
    assertThat(MessageText.lead("Привет", "javajobs", null))
        .isEqualTo("🔥 Новый лид\n\nПривет\n\nИсточник: @javajobs");
  }

  @Test
  void a_long_text_is_shortened_and_its_footer_kept() {
    String message = MessageText.lead("я".repeat(5_000), "javajobs", "java");
    assertThat(message)
        .hasSize(MessageText.LIMIT)
        .endsWith("я…\n\nИсточник: @javajobs\nКлюч: java");
  }

  @Test
  void a_cut_never_splits_a_character() {
    for (int shift = 0; shift < 2; shift++) {
      String message = MessageText.lead("x".repeat(shift) + "😀".repeat(3_000), "javajobs", "java");
      assertThat(message).hasSizeBetween(MessageText.LIMIT - 1, MessageText.LIMIT);
      assertThat(message.codePoints().filter(c -> c >= 0xd800 && c < 0xe000).count()).isZero();
    }
  }

  @Test
  void a_keyword_without_end_does_not_push_the_text_out() {
    String message = MessageText.lead("Привет", "javajobs", "слово\n".repeat(2_000));
    assertThat(message).contains("Привет").hasSizeLessThan(400);
  }

  @Test
  void a_digest_lists_all_of_a_burst_with_their_links() {
    Digest digest = MessageText.digest(items(21, "\n  Ищем разработчика \nподробности"));
    assertThat(digest.items()).isEqualTo(21);
    assertThat(digest.text())
        .startsWith("🔥 Новые лиды: 21\n\n1. Ищем разработчика\nhttps://t.me/javajobs/1\n\n2. ")
        .endsWith("21. Ищем разработчика\nhttps://t.me/javajobs/21")
        .doesNotContain("подробности");
  }

  @Test
  void a_digest_holds_as_many_as_fit_into_a_message() {
    for (int count : List.of(1, 40, 60, 500, 10_000)) {
      Digest digest = MessageText.digest(items(count, "🚀".repeat(300)));
      assertThat(digest.text()).hasSizeLessThanOrEqualTo(MessageText.LIMIT);
      assertThat(digest.items()).isBetween(Math.min(count, 45), count);
      assertThat(digest.text()).startsWith("🔥 Новые лиды: " + digest.items() + "\n");
    }
  }

  @Test
  void what_we_send_is_recognised_as_ours() {
    assertThat(OwnMessages.isOne(MessageText.lead("java", "javajobs", "java"))).isTrue();
    assertThat(OwnMessages.isOne(MessageText.lead("", "javajobs", null))).isTrue();
    assertThat(OwnMessages.isOne(MessageText.lead("я".repeat(5_000), "javajobs", "a"))).isTrue();
    assertThat(OwnMessages.isOne(MessageText.digest(items(21, "java")).text())).isTrue();
    assertThat(OwnMessages.isOne(MessageText.digest(items(500, "java")).text())).isTrue();
  }

  @Test
  void what_only_speaks_of_us_is_not() {
    for (String text :
        List.of(
            "",
            "🔥 Новый лид",
            "🔥 Новый лидер продаж\n\nИсточник: @javajobs",
            "JobRadar шлёт: 🔥 Новый лид\n\ntext\n\nИсточник: @javajobs",
            "🔥 Новый лид\n\nИсточник: hh.ru",
            "🔥 Новые лиды: 5 способов\n\nhttps://t.me/javajobs/5",
            "Источник: @javajobs")) {
      assertThat(OwnMessages.isOne(text)).as(text).isFalse();
    }
  }
}

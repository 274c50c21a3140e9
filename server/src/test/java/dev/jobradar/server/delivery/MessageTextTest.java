package dev.jobradar.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.delivery.MessageText.Digest;
import dev.jobradar.server.delivery.MessageText.Item;
import dev.jobradar.server.delivery.MessageText.LeadToTell;
import dev.jobradar.server.leads.OwnMessages;
import dev.jobradar.server.leads.OwnMessages.Wording;
import dev.jobradar.telegram.content.MessageContent;
import dev.jobradar.telegram.content.TextEntity;
import dev.jobradar.telegram.content.TextEntity.Link;
import dev.jobradar.telegram.content.TextEntity.Style;
import dev.jobradar.telegram.content.TextEntity.Styled;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageTextTest {
  private static final Wording RUSSIAN = OwnMessages.wording("ru");
  private static final Wording ENGLISH = OwnMessages.wording("en");
  private static final String URL = "https://t.me/javajobs/7";

  private static List<Item> items(int count, String text) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> new Item(text, "https://t.me/javajobs/" + i))
        .toList();
  }

  private static LeadToTell told(
      MessageContent content, @Nullable String keyword, boolean excerptOnly, Wording wording) {
    return new LeadToTell(
        content, new ChannelName("javajobs"), URL, keyword, excerptOnly, false, 0, wording);
  }

  private static MessageContent lead(MessageContent content, @Nullable String keyword) {
    return MessageText.lead(told(content, keyword, false, RUSSIAN));
  }

  private static String lead(String text, @Nullable String keyword) {
    return lead(MessageContent.of(text), keyword).text();
  }

  private static String words(MessageContent content, TextEntity entity) {
    return content.text().substring(entity.offset(), entity.end());
  }

  @Test
  void a_message_about_a_lead_has_the_promised_form() {
    assertThat(lead("Ищем Java-разработчика\nУдалённо", "java"))
        .isEqualTo(
            "🔥 Новый лид\n\nИщем Java-разработчика\nУдалённо\n\nИсточник: @javajobs\nКлюч: java");
  }

  @Test
  void a_task_that_takes_every_post_has_no_keyword_to_name() {
    assertThat(lead("Привет", null)).isEqualTo("🔥 Новый лид\n\nПривет\n\nИсточник: @javajobs");
  }

  @Test
  void a_message_speaks_the_language_of_the_person() {
    assertThat(MessageText.lead(told(MessageContent.of("Hi"), "java", false, ENGLISH)).text())
        .isEqualTo("🔥 New lead\n\nHi\n\nSource: @javajobs\nKeyword: java");
  }

  @Test
  void the_source_leads_to_the_post() {
    MessageContent message = lead(MessageContent.of("Привет"), "java");
    assertThat(message.entities())
        .singleElement()
        .isInstanceOfSatisfying(
            Link.class,
            link -> {
              assertThat(link.url()).isEqualTo(URL);
              assertThat(words(message, link)).isEqualTo("@javajobs");
            });
  }

  @Test
  void links_and_styles_of_the_post_stay_at_their_words() {
    MessageContent message =
        lead(
            new MessageContent(
                "  Откликнуться тут\nКнопка",
                List.of(
                    new Link(2, 12, "https://hh.ru/1", Link.Kind.TEXT),
                    new Styled(15, 3, Style.BOLD),
                    new Link(19, 6, "https://hh.ru/2", Link.Kind.BUTTON)),
                false),
            "hh.ru");
    assertThat(message.entities())
        .extracting(entity -> words(message, entity))
        .containsExactly("Откликнуться", "тут", "Кнопка", "@javajobs");
  }

  @Test
  void a_long_post_keeps_its_beginning_and_its_end() {
    String words = "Нужен Java-разработчик. ".repeat(400);
    String message = lead(words + "Писать @anna_demo", "java");
    assertThat(message)
        .hasSizeLessThanOrEqualTo(MessageText.LIMIT)
        .hasSizeGreaterThan(MessageText.LIMIT - 200)
        .startsWith("🔥 Новый лид\n\nНужен Java-разработчик.")
        .contains("\n\n" + RUSSIAN.cut() + "\n\n")
        .endsWith("Писать @anna_demo\n\nИсточник: @javajobs\nКлюч: java");
    int cut = message.indexOf("\n\n" + RUSSIAN.cut());
    assertThat(message.substring(0, cut)).matches("(?s).*(Нужен|Java-разработчик\\.)");
  }

  @Test
  void the_longest_posts_keep_the_contact_in_their_last_line() {
    for (int length : List.of(4_096, 32_768)) {
      String contact = "\nПисать @anna_demo";
      String text = "слово ".repeat(length).substring(0, length - contact.length()) + contact;
      assertThat(lead(text, "слово"))
          .hasSizeLessThanOrEqualTo(MessageText.LIMIT)
          .contains("Писать @anna_demo\n\nИсточник");
    }
  }

  @Test
  void links_in_what_is_left_out_are_left_out_and_those_behind_it_stay() {
    String text = "a ".repeat(10_000) + "here";
    MessageContent message =
        lead(
            new MessageContent(
                text,
                List.of(
                    new Link(10_000, 1, "https://a.example", Link.Kind.TEXT),
                    new Link(20_000, 4, "https://b.example", Link.Kind.TEXT)),
                false),
            "here");
    assertThat(message.entities())
        .extracting(entity -> words(message, entity))
        .containsExactly("here", "@javajobs");
  }

  @Test
  void links_go_before_styles_when_there_are_too_many_entities() {
    List<TextEntity> entities = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      entities.add(new Styled(i, 1, Style.BOLD));
    }
    entities.add(new Link(300, 1, "https://a.example", Link.Kind.TEXT));
    MessageContent message = lead(new MessageContent("x".repeat(301), entities, false), null);
    assertThat(message.entities())
        .hasSize(MessageText.MOST_ENTITIES)
        .filteredOn(Link.class::isInstance)
        .hasSize(2);
  }

  @Test
  void a_cut_never_splits_a_character() {
    for (int shift = 0; shift < 2; shift++) {
      String message = lead("x".repeat(shift) + "😀".repeat(3_000), "java");
      assertThat(message).hasSizeBetween(MessageText.LIMIT - 3, MessageText.LIMIT);
      assertThat(message.codePoints().filter(c -> c >= 0xd800 && c < 0xe000).count()).isZero();
    }
  }

  @Test
  void a_protected_post_is_only_an_excerpt_with_its_link() {
    String text = "слово ".repeat(200) + "Java-разработчик " + "слово ".repeat(200);
    MessageContent message =
        MessageText.lead(
            new LeadToTell(
                MessageContent.of(text),
                new ChannelName("javajobs"),
                URL,
                "java",
                true,
                false,
                1_200,
                RUSSIAN));
    assertThat(message.text())
        .contains("Java-разработчик")
        .contains(RUSSIAN.protectedPost())
        .hasSizeLessThan(500);
    assertThat(message.entities()).singleElement().isInstanceOf(Link.class);
  }

  @Test
  void a_keyword_without_end_does_not_push_the_text_out() {
    assertThat(lead("Привет", "слово\n".repeat(2_000))).contains("Привет").hasSizeLessThan(400);
  }

  @Test
  void a_digest_lists_all_of_a_burst_with_their_links() {
    Digest digest = MessageText.digest(items(21, "\n  Ищем разработчика \nподробности"), RUSSIAN);
    assertThat(digest.items()).isEqualTo(21);
    assertThat(digest.text())
        .startsWith(
            "🔥 Новые лиды: 21\n\n1. Ищем разработчика подробности\nhttps://t.me/javajobs/1\n\n2. ")
        .endsWith("21. Ищем разработчика подробности\nhttps://t.me/javajobs/21");
  }

  @Test
  void the_lines_of_a_digest_tell_posts_with_the_same_first_line_apart() {
    Digest digest =
        MessageText.digest(
            List.of(
                new Item("Вакансия\nJava, Москва", "https://t.me/javajobs/1"),
                new Item("Вакансия\nKotlin, Казань", "https://t.me/javajobs/2")),
            RUSSIAN);
    assertThat(digest.text()).contains("1. Вакансия Java", "2. Вакансия Kotlin");
  }

  @Test
  void a_digest_holds_as_many_as_fit_into_a_message() {
    for (int count : List.of(1, 40, 60, 500, 10_000)) {
      Digest digest = MessageText.digest(items(count, "🚀".repeat(300)), RUSSIAN);
      assertThat(digest.text()).hasSizeLessThanOrEqualTo(MessageText.LIMIT);
      assertThat(digest.items()).isBetween(Math.min(count, 45), count);
      assertThat(digest.text()).startsWith("🔥 Новые лиды: " + digest.items() + "\n");
    }
  }

  @Test
  void what_we_send_is_recognised_as_ours() {
    assertThat(OwnMessages.isOne(lead("java", "java"))).isTrue();
    assertThat(OwnMessages.isOne(lead("", null))).isTrue();
    assertThat(OwnMessages.isOne(lead("я".repeat(5_000), "a"))).isTrue();
    for (Wording wording : List.of(RUSSIAN, ENGLISH)) {
      assertThat(
              OwnMessages.isOne(
                  MessageText.lead(told(MessageContent.of("java"), "a", true, wording)).text()))
          .isTrue();
      assertThat(OwnMessages.isOne(MessageText.digest(items(500, "java"), wording).text()))
          .isTrue();
    }
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

package dev.jobradar.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.sandbox.world.Entity;
import dev.jobradar.sandbox.world.Message;
import dev.jobradar.sandbox.world.PostContent;
import dev.jobradar.testsupport.Eventually;
import dev.jobradar.tl.api.MessageEntityBold;
import dev.jobradar.tl.api.PageBlockHeading1;
import dev.jobradar.tl.api.PageBlockParagraph;
import dev.jobradar.tl.api.TextPlain;
import dev.jobradar.tl.api.TypePageBlock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages about leads as a person sees them: what they say, and where a tap on it leads. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
@SuppressWarnings("NullAway.Init")
class DeliveredMessagesIT {
  private static final String CONTACT = "Писать @demo_hr";

  private LiveWorld world;
  private String channel;

  @BeforeAll
  void begins() {
    world = new LiveWorld();
    channel = world.pushedChannel();
    world.taskThatKeepsReposts(List.of("qwjava", "qwjobs.ru"), List.of(), channel);
  }

  @AfterAll
  void ends() {
    world.close();
  }

  /**
   * A post.
   *
   * @param middle what the message says between its first line and its source; links are {@code
   *     [words](address)}, bold words have stars
   */
  record Case(String name, List<PostContent> post, String keyword, String middle) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case post(String name, PostContent post, String keyword, String middle) {
    return new Case(name, List.of(post), keyword, middle);
  }

  private static PostContent text(String text) {
    return PostContent.of(text);
  }

  private static List<TypePageBlock> blocks(String heading, String... paragraphs) {
    List<TypePageBlock> blocks = new ArrayList<>();
    blocks.add(new PageBlockHeading1(new TextPlain(heading)));
    for (String each : paragraphs) {
      blocks.add(new PageBlockParagraph(new TextPlain(each)));
    }
    return blocks;
  }

  static List<Case> posts() {
    return List.of(
        post("a text", text("Ищем qwjava\n" + CONTACT), "qwjava", "Ищем qwjava\n" + CONTACT),
        post(
            "bold words",
            text("Ищем qwjava срочно").entity(new MessageEntityBold(5, 6)),
            "qwjava",
            "Ищем *qwjava* срочно"),
        post(
            "a hidden link",
            text("Ищем людей. Откликнуться").link("Откликнуться", "https://qwjobs.ru/v/80"),
            "qwjobs.ru",
            "Ищем людей. [Откликнуться](https://qwjobs.ru/v/80)"),
        post(
            "a rich message",
            PostContent.NOTHING.rich(blocks("Нужен qwjava", "Удалённо.", CONTACT)),
            "qwjava",
            "*Нужен qwjava*\nУдалённо.\n" + CONTACT),
        post("a caption", text("qwjava на фото").photo(), "qwjava", "qwjava на фото"),
        post(
            "a file",
            text("Подробности в файле").document("qwjava developer.pdf"),
            "qwjava",
            "Подробности в файле\nqwjava developer.pdf"),
        post(
            "a poll",
            PostContent.NOTHING.poll("Кто ищет qwjava?", List.of("Я", "Не я")),
            "qwjava",
            "Кто ищет qwjava?\n• Я\n• Не я"),
        post(
            "a checklist",
            PostContent.NOTHING.todo("Нужны", List.of("qwjava", "опыт")),
            "qwjava",
            "Нужны\n• qwjava\n• опыт"),
        post(
            "buttons",
            text("Новая вакансия").button("qwjava", "https://example.ru/apply/78"),
            "qwjava",
            "Новая вакансия\n[qwjava](https://example.ru/apply/78)"),
        new Case(
            "an album",
            List.of(
                PostContent.NOTHING.photo().album(950),
                text("Ищем qwjava").photo().album(950),
                text(CONTACT).photo().album(950)),
            "qwjava",
            "Ищем qwjava\n\n" + CONTACT),
        post(
            "a protected post",
            text("Ищем qwjava").isProtected(),
            "qwjava",
            "Ищем qwjava\n\n"
                + "Канал запрещает копирование, поэтому здесь только отрывок."
                + " Весь пост откроется по ссылке."));
  }

  private Message received(List<PostContent> post) {
    int before = world.messages().size();
    world.sandbox.postTogether(channel, post);
    Eventually.await("a message", () -> world.messages().size() > before);
    return world.messages().getLast();
  }

  private int newest() {
    return world.sandbox.world().channels().stream()
        .filter(each -> channel.equals(each.username()))
        .findFirst()
        .orElseThrow()
        .topPost();
  }

  private String framed(String middle, int id, String keyword) {
    return "🔥 Новый лид\n\n"
        + middle
        + "\n\nИсточник: [@"
        + channel
        + "](https://t.me/"
        + channel
        + "/"
        + id
        + ")\nКлюч: "
        + keyword;
  }

  @ParameterizedTest
  @MethodSource("posts")
  void a_message_says_what_its_post_says_and_leads_to_it(Case post) {
    Message message = received(post.post());
    int id = newest() - post.post().size() + 1;
    assertThat(shown(message)).isEqualTo(framed(post.middle(), id, post.keyword()));
  }

  @Test
  void a_post_as_long_as_posts_may_be_keeps_its_contact() {
    String line = "Мы ищем человека, который любит своё дело. ";
    String head = "Ищем qwjava. ";
    String tail = "\n" + CONTACT;
    String text =
        head + line.repeat(100).substring(0, 4_096 - head.length() - tail.length()) + tail;
    assertThat(text).hasSize(4_096);
    Message message = received(List.of(text(text)));
    assertThat(message.text())
        .hasSizeLessThanOrEqualTo(4_096)
        .startsWith("🔥 Новый лид\n\nИщем qwjava. ")
        .contains("часть текста пропущена")
        .contains(CONTACT + "\n\nИсточник: @" + channel);
    assertThat(shown(message)).contains("](https://t.me/" + channel + "/" + newest() + ")");
  }

  @Test
  void a_rich_post_of_32_768_characters_is_kept_whole_and_its_message_keeps_the_contact() {
    String line = "Мы ищем человека, который любит своё дело. ";
    String body = line.repeat(800).substring(0, 32_768 - "Вакансии".length() - CONTACT.length());
    Message message =
        received(
            List.of(
                PostContent.NOTHING
                    .rich(blocks("Вакансии", body, CONTACT + " qwjava"))
                    .onlyBlocks(1)));
    assertThat(message.text())
        .hasSizeLessThanOrEqualTo(4_096)
        .contains("Вакансии")
        .contains("часть текста пропущена")
        .contains(CONTACT + " qwjava\n\nИсточник: @" + channel);
    String stored = world.get("/api/leads?limit=1").path("leads").path(0).path("text").asString();
    assertThat(stored).hasSizeGreaterThan(32_700).endsWith(CONTACT + " qwjava");
  }

  /** A message with its links and bold words written out. */
  private static String shown(Message message) {
    StringBuilder shown = new StringBuilder();
    String text = message.text();
    for (int at = 0; at <= text.length(); at++) {
      for (Entity each : message.entities()) {
        if (each.offset() + each.length() == at) {
          shown.append(
              switch (each.kind()) {
                case TEXT_URL -> "](" + each.argument() + ")";
                case BOLD -> "*";
                default -> "";
              });
        }
      }
      for (Entity each : message.entities()) {
        if (each.offset() == at) {
          shown.append(
              switch (each.kind()) {
                case TEXT_URL -> "[";
                case BOLD -> "*";
                default -> "";
              });
        }
      }
      if (at < text.length()) {
        shown.append(text.charAt(at));
      }
    }
    return shown.toString();
  }
}

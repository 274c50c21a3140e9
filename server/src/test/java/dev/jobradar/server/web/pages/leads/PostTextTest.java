package dev.jobradar.server.web.pages.leads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.filter.Span;
import dev.jobradar.telegram.content.MessageContent;
import dev.jobradar.telegram.content.TextEntity;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostTextTest {
  private static final ChannelName JOBS = new ChannelName("javajobs");

  /** With links as {@code <text|href>} and marks as {@code *text*}. */
  private static String shown(PostText text) {
    return text.pieces().stream()
        .map(piece -> {
          String runs =
              piece.runs().stream()
                  .map(run -> run.marked() ? "*" + run.text() + "*" : run.text())
                  .collect(Collectors.joining());
          return piece.href() == null ? runs : "<" + runs + "|" + piece.href() + ">";
        })
        .collect(Collectors.joining());
  }

  private static String read(String text) {
    return shown(PostText.of(MessageContent.of(text), List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "пишите @ivan_hr!; пишите <@ivan_hr|https://t.me/ivan_hr>!",
        "@ivan; <@ivan|https://t.me/ivan>",
        "(@ivan); (<@ivan|https://t.me/ivan>)",
        "@abc; @abc",
        "@1234; @1234",
        "@имя; @имя",
        "@ivanИ; @ivanИ",
        "tg:@ivan; tg:<@ivan|https://t.me/ivan>",
        "hr@company.ru.; <hr@company.ru|mailto:hr@company.ru>.",
        "hr@company; hr@company",
        "a.b+c@mail.example.com; <a.b+c@mail.example.com|mailto:a.b+c@mail.example.com>",
        "https://hh.ru/vacancy/1?a=b&c=d#x.;"
            + " <https://hh.ru/vacancy/1?a=b&c=d#x|https://hh.ru/vacancy/1?a=b&c=d#x>.",
        "HTTPS://Hh.ru; <HTTPS://Hh.ru|https://Hh.ru>",
        "http://; http://",
        "(см. https://ru.wikipedia.org/wiki/Ява_(язык)); (см."
            + " <https://ru.wikipedia.org/wiki/Ява_(язык)|https://ru.wikipedia.org/wiki/Ява_(язык)>)",
        "«https://hh.ru»; «<https://hh.ru|https://hh.ru>»",
        "t.me/ivan; <t.me/ivan|https://t.me/ivan>",
        "hh.ru; <hh.ru|https://hh.ru>",
        "сайт company.ru/jobs, там; сайт <company.ru/jobs|https://company.ru/jobs>, там",
        "www.example.museum; <www.example.museum|https://www.example.museum>",
        "example.museum/jobs; <example.museum/jobs|https://example.museum/jobs>",
        "Node.js и ASP.NET, README.md; Node.js и ASP.NET, README.md",
        "3.5 года; 3.5 года",
        "+7 (900) 123-45-67; <+7 (900) 123-45-67|tel:+79001234567>",
        "8 900 123 45 67; <8 900 123 45 67|tel:+79001234567>",
        "89001234567, звоните; <89001234567|tel:+79001234567>, звоните",
        "+44 20 7946 0958; <+44 20 7946 0958|tel:+442079460958>",
        "от 80 000 до 120 000; от 80 000 до 120 000",
        "ИНН 7701234567890; ИНН 7701234567890",
        "12.03.2026 10:00; 12.03.2026 10:00",
        "javascript:alert(1); javascript:alert(1)",
        "foo_http://x.ru; foo_http://<x.ru|https://x.ru>",
        "<b>a</b>; <b>a</b>"
      })
  void addresses_are_links_and_nothing_else_is(String text, String expected) {
    assertThat(read(text)).isEqualTo(expected);
  }

  @Test
  void what_matched_is_marked_inside_links_too() {
    PostText text =
        PostText.of(
            MessageContent.of("Java на java.ru здесь"),
            List.of(new Span(0, 4), new Span(8, 12), new Span(16, 21)));
    assertThat(shown(text)).isEqualTo("*Java* на <*java*.ru|https://java.ru> *здесь*");
  }

  @Test
  void hidden_links_and_people_without_a_name_can_be_followed() {
    MessageContent content =
        new MessageContent(
            "Отклик и Иван, hh.ru",
            List.of(
                new TextEntity.Link(0, 6, "https://jobs.example/1", TextEntity.Link.Kind.TEXT),
                new TextEntity.Styled(0, 20, TextEntity.Style.BOLD),
                new TextEntity.MentionName(9, 4, 42)),
            false);
    assertThat(shown(PostText.of(content, List.of())))
        .isEqualTo(
            "<Отклик|https://jobs.example/1> и <Иван|tg://user?id=42>, <hh.ru|https://hh.ru>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "java\tscript:alert(1)",
        "",
        "/leads/1",
        "//evil.example"
      })
  void an_address_that_could_do_harm_is_no_link(String url) {
    assertThat(PostText.safe(url)).isNull();
  }

  @Test
  void the_text_of_all_pieces_is_the_text_of_the_post() {
    String text = "a@b.ru @ivan\n+7 900 123-45-67 https://x.ru/я?x=(1) <script> 💥 конец";
    PostText read = PostText.of(MessageContent.of(text), List.of(new Span(2, 9)));
    assertThat(read.pieces().stream().map(PostText.Piece::text).collect(Collectors.joining()))
        .isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Писать @ivan_hr или hr@x.ru; https://t.me/ivan_hr; @ivan_hr",
        "Канал @javajobs. Резюме на hr@x.ru; mailto:hr@x.ru; hr@x.ru",
        "Канал t.me/JavaJobs, пост t.me/other/12, писать https://t.me/anna_hr/;"
            + " https://t.me/anna_hr/; @anna_hr",
        "Звонить +7 900 123-45-67; tel:+79001234567; +7 900 123-45-67"
      })
  void a_contact_is_whom_the_post_says_to_answer(String text, String href, String shown) {
    Contact contact =
        Contact.of(PostText.of(MessageContent.of(text), List.of()), JOBS).orElseThrow();
    assertThat(contact.href()).isEqualTo(href);
    assertThat(contact.text()).isEqualTo(shown);
  }

  @Test
  void a_post_may_have_no_contact() {
    assertThat(Contact.of(PostText.of(MessageContent.of("@javajobs hh.ru"), List.of()), JOBS))
        .isEmpty();
  }

  /** Quadratic work would take minutes for each of these. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.",
        "@",
        "@a",
        "a@",
        "a@a.",
        "+7 ",
        "8(",
        "http://",
        "https://(",
        ")",
        "a/",
        "a_",
        "1-",
        "www.",
        "a.b/",
        "a.bb/",
        "a.bb/ ",
        "a.bb@",
        "x.ru",
        "x.ru/(",
        "%+",
        "8900123456"
      })
  void the_longest_post_is_read_in_no_time(String part) {
    String text = part.repeat(400_000 / part.length());
    Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> read(text));
  }
}

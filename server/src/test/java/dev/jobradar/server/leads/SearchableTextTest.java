package dev.jobradar.server.leads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.filter.Match;
import dev.jobradar.server.filter.Span;
import dev.jobradar.telegram.content.MessageContent;
import dev.jobradar.telegram.content.TextEntity.Link;
import dev.jobradar.telegram.content.TextEntity.MentionName;
import dev.jobradar.telegram.content.TextEntity.Style;
import dev.jobradar.telegram.content.TextEntity.Styled;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SearchableTextTest {
  private static final MessageContent LINKED =
      new MessageContent(
          "Ищем тестировщика. Откликнуться — ждём",
          List.of(new Link(19, 12, "https://hh.ru/vacancy/80", Link.Kind.TEXT)),
          false);

  private static Optional<Match> match(MessageContent content, String keyword) {
    ReceivedPost post = new ReceivedPost(1, Instant.EPOCH, content, false, null, null, false);
    return new KeywordFilter()
        .read(post)
        .flatMap(reading -> reading.match(List.of(keyword), List.of()));
  }

  @Test
  void an_address_behind_words_is_found_and_shown_at_the_words() {
    assertThat(match(LINKED, "hh.ru"))
        .hasValueSatisfying(match -> assertThat(match.spans()).containsExactly(new Span(19, 31)));
  }

  @Test
  void words_of_the_text_are_shown_where_they_stand() {
    assertThat(match(LINKED, "тестировщик"))
        .hasValueSatisfying(match -> assertThat(match.spans()).containsExactly(new Span(5, 17)));
  }

  @Test
  void no_phrase_reaches_from_the_text_into_an_address() {
    assertThat(match(LINKED, "\"ждём https\"")).isEmpty();
  }

  @Test
  void the_address_of_a_preview_that_the_text_shows_is_not_read_twice() {
    MessageContent content =
        new MessageContent(
            "https://example.ru/v/1\nTitle",
            List.of(new Link(23, 5, "https://example.ru/v/1", Link.Kind.PREVIEW)),
            false);
    assertThat(SearchableText.of(content).text()).isEqualTo(content.text());
  }

  @Test
  void two_finds_behind_the_same_words_are_one_place() {
    SearchableText text = SearchableText.of(LINKED);
    int address = text.text().indexOf("https");
    assertThat(
            text.shown(
                List.of(
                    new Span(0, 4),
                    new Span(address, address + 5),
                    new Span(address + 8, address + 13))))
        .containsExactly(new Span(0, 4), new Span(19, 31));
  }

  @Test
  void nobody_looks_for_posts_without_words_for_own_posts_and_for_our_messages() {
    KeywordFilter filter = new KeywordFilter();
    assertThat(filter.read(TestLeads.post(1, "  \n", Instant.EPOCH))).isEmpty();
    assertThat(filter.read(new ReceivedPost(1, Instant.EPOCH, "java", true))).isEmpty();
    assertThat(
            filter.read(
                TestLeads.post(
                    1, "🔥 Новый лид\n\njava\n\nИсточник: @javajobs\nКлюч: java", Instant.EPOCH)))
        .isEmpty();
    assertThat(filter.read(TestLeads.post(1, "java", Instant.EPOCH))).isPresent();
  }

  @Test
  void entities_survive_being_stored() {
    var entities =
        List.of(
            new Styled(0, 3, Style.SPOILER),
            new Link(1, 2, "https://a.example/?q=\"x\"", Link.Kind.TEXT),
            new Link(2, 2, "https://b.example", Link.Kind.BUTTON),
            new Link(3, 2, "https://c.example", Link.Kind.PREVIEW),
            new MentionName(4, 5, 9_007_199_254_740_993L));
    assertThat(EntityJson.read(EntityJson.write(List.copyOf(entities)))).isEqualTo(entities);
    assertThat(EntityJson.write(List.of())).isEqualTo("[]");
  }

  @Test
  void an_album_is_one_post_with_the_words_of_all_its_parts() {
    List<ReceivedPost> joined =
        Albums.joined(
            List.of(
                part(1, 900L, ""),
                part(2, 900L, "Кафе ищет повара"),
                part(3, null, "java"),
                part(4, 900L, "Писать @cafe_demo")));
    assertThat(joined).extracting(ReceivedPost::id).containsExactly(1, 3);
    assertThat(joined.getFirst().text()).isEqualTo("Кафе ищет повара\n\nПисать @cafe_demo");
  }

  private static ReceivedPost part(int id, @Nullable Long album, String text) {
    return new ReceivedPost(id, Instant.EPOCH, MessageContent.of(text), false, album, null, false);
  }
}

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

class KeywordFilterTest {
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
  void two_posts_that_differ_only_behind_their_links_are_two_vacancies() {
    MessageContent other =
        new MessageContent(
            LINKED.text(),
            List.of(new Link(19, 12, "https://hh.ru/vacancy/81", Link.Kind.TEXT)),
            false);
    assertThat(likeness(LINKED).isRepostOf(LINKED)).isTrue();
    assertThat(likeness(LINKED).isRepostOf(other)).isFalse();
    assertThat(likeness(LINKED).text()).isNotEqualTo(likeness(other).text());
  }

  private static PostFilter.Likeness likeness(MessageContent content) {
    ReceivedPost post = new ReceivedPost(1, Instant.EPOCH, content, false, null, null, false);
    return new KeywordFilter().read(post).orElseThrow().likeness();
  }

  @Test
  void posts_without_words_own_posts_and_our_messages_are_not_read() {
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
  void a_stored_keyword_that_is_refused_today_stops_no_other() {
    ReceivedPost post = TestLeads.post(1, "Java developer", Instant.EPOCH);
    PostFilter.Reading reading = new KeywordFilter().read(post).orElseThrow();
    assertThat(reading.match(List.of("java", "kotlin -"), List.of("***"))).isPresent();
    assertThat(reading.match(List.of("kotlin -"), List.of())).isEmpty();
    assertThat(reading.match(List.of("java"), List.of("developer", "***"))).isEmpty();
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

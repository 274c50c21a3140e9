package dev.jobradar.benchmarks.oldway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.benchmarks.PostNumber;
import dev.jobradar.benchmarks.oldway.PlannedPost.Kind;
import dev.jobradar.telegram.HistoryQuery;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimetableTest {
  private static final Duration LENGTH = Duration.ofMinutes(3);

  private final List<PlannedPost> posts = Timetable.main(5, 61, LENGTH);

  @Test
  void the_same_seed_makes_the_same_posts_and_another_makes_others() {
    assertThat(Timetable.main(5, 61, LENGTH)).isEqualTo(posts);
    assertThat(Timetable.main(6, 61, LENGTH)).isNotEqualTo(posts);
  }

  @Test
  void posts_come_in_order_and_in_time() {
    assertThat(posts).extracting(PlannedPost::at).isSorted();
    assertThat(posts).allMatch(post -> post.at().compareTo(LENGTH) <= 0);
    assertThat(posts).hasSize(3 * (Timetable.STEADY_A_MINUTE + Timetable.BURST) + Timetable.FLOOD);
  }

  @Test
  void no_two_posts_have_a_number_or_a_text_in_common() {
    List<PlannedPost> all = Stream.concat(Timetable.first(5).stream(), posts.stream()).toList();
    assertThat(all).extracting(PlannedPost::number).doesNotHaveDuplicates();
    assertThat(all).extracting(PlannedPost::text).doesNotHaveDuplicates();
    assertThat(all)
        .allSatisfy(
            post -> assertThat(PostNumber.in("x " + post.text())).containsExactly(post.number()));
  }

  @Test
  void a_post_that_is_wanted_is_wanted_by_one_task_of_every_fourth_user() {
    for (PlannedPost post : posts) {
      List<Long> tasks =
          IntStream.range(0, 40)
              .mapToObj(user -> Watch.of(user).stream().filter(t -> t.wants(post)).count())
              .toList();
      assertThat(tasks).allMatch(count -> count <= 1);
      assertThat(tasks.stream().filter(count -> count == 1))
          .hasSize(post.keyword() == null ? 0 : 10);
    }
  }

  @Test
  void plain_search_finds_a_keyword_where_it_is_meant_and_nowhere_else() {
    Set<String> keywords = new HashSet<>();
    Watch.channels().forEach(channel -> keywords.addAll(Watch.keywordsIn(channel)));
    assertThat(keywords).hasSize(Watch.KEYWORDS);
    for (PlannedPost post : posts) {
      assertThat(keywords.stream().filter(post.text()::contains))
          .isEqualTo(post.keyword() == null ? List.of() : List.of(post.keyword()));
    }
  }

  @Test
  void the_flood_is_more_than_a_page_of_one_channel_within_a_few_seconds() {
    List<PlannedPost> flood = posts.stream().filter(p -> p.kind() == Kind.FLOOD).toList();
    assertThat(flood).hasSizeGreaterThan(HistoryQuery.PAGE);
    assertThat(flood).extracting(PlannedPost::channel).containsOnly(flood.getFirst().channel());
    assertThat(flood.getLast().at().minus(flood.getFirst().at()))
        .isLessThanOrEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void the_first_posts_try_every_word_in_every_channel() {
    List<PlannedPost> first = Timetable.first(5);
    assertThat(first).hasSize(15 * 4);
    for (int user = 0; user < 4; user++) {
      for (Watch task : Watch.of(user)) {
        assertThat(first.stream().filter(task::wants).map(PlannedPost::channel))
            .containsExactlyInAnyOrderElementsOf(task.sources());
      }
    }
  }
}

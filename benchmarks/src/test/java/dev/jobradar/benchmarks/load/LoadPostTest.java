package dev.jobradar.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.benchmarks.PostNumber;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoadPostTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void posts_come_in_order_and_one_in_four_is_wanted() {
    List<LoadPost> posts = LoadPost.random(7, 4_000, MINUTE, 12, true, 1);

    assertThat(posts).extracting(LoadPost::number).startsWith(7, 8).endsWith(4_006);
    assertThat(posts)
        .isSortedAccordingTo((one, other) -> one.at().compareTo(other.at()))
        .allMatch(post -> post.at().compareTo(MINUTE) < 0);
    assertThat(posts).extracting(LoadPost::rank).contains(1, 12).allMatch(rank -> rank <= 12);
    assertThat(posts)
        .filteredOn(post -> post.group() != LoadPost.NOBODY)
        .hasSizeBetween(850, 1_150);
    assertThat(posts).extracting(LoadPost::group).contains(0, 1, 2, 3);
    assertThat(posts).isEqualTo(LoadPost.random(7, 4_000, MINUTE, 12, true, 1));
  }

  @Test
  void of_unwanted_posts_none_is_wanted() {
    assertThat(LoadPost.random(1, 500, MINUTE, 12, false, 1))
        .extracting(LoadPost::group)
        .containsOnly(LoadPost.NOBODY);
  }

  @Test
  void the_last_posts_are_wanted_in_each_of_the_popular_channels() {
    assertThat(LoadPost.closing(5, 2_000)).extracting(LoadPost::rank).hasSize(12).contains(1, 12);
    assertThat(LoadPost.closing(5, 2_000)).extracting(LoadPost::group).containsOnly(0, 1, 2, 3);
  }

  @Test
  void a_text_has_its_number_and_the_word_of_those_who_want_it_alone() {
    LoadPost wanted = new LoadPost(41, Duration.ZERO, 1, 3);
    String text = wanted.text(1);

    assertThat(PostNumber.in("x " + text)).containsExactly(41);
    for (int group = 0; group < LoadPlan.GROUPS; group++) {
      assertThat(text.contains(LoadPost.keyword(group))).isEqualTo(group == 3);
      assertThat(new LoadPost(42, Duration.ZERO, 1, LoadPost.NOBODY).text(1))
          .doesNotContain(LoadPost.keyword(group));
    }
    assertThat(text).isEqualTo(wanted.text(1)).hasSizeBetween(200, 600);
  }

  @Test
  void no_two_texts_have_their_words_in_common() {
    Set<String> one = words(new LoadPost(1, Duration.ZERO, 1, 0).text(1));
    Set<String> both = words(new LoadPost(2, Duration.ZERO, 1, 0).text(1));
    both.retainAll(one);
    assertThat(both.size()).isLessThan(one.size() / 3);
  }

  private static Set<String> words(String text) {
    return new HashSet<>(Arrays.asList(text.split("[ .\n]+")));
  }
}

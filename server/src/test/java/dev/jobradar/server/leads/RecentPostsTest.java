package dev.jobradar.server.leads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.server.filter.PostWords;
import dev.jobradar.telegram.content.MessageContent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentPostsTest {
  private final List<String> read = new ArrayList<>();

  private final RecentPosts posts =
      new RecentPosts(post -> {
        read.add(post.text());
        return PostWords.of(post.text());
      });

  @Test
  void a_post_is_read_once_however_often_it_comes() {
    PostWords first = posts.words(MessageContent.of("java"));
    assertThat(posts.words(MessageContent.of("java"))).isSameAs(first);
    posts.words(MessageContent.of("go"));
    assertThat(read).containsExactly("java", "go");
  }

  @Test
  void an_edited_post_is_read_anew() {
    posts.words(MessageContent.of("java"));
    posts.words(MessageContent.of("java!"));
    assertThat(read).hasSize(2);
  }

  @Test
  void the_posts_that_were_used_least_are_dropped_when_there_is_too_much_text() {
    String long1 = "a".repeat(RecentPosts.LENGTH / 2);
    String long2 = "b".repeat(RecentPosts.LENGTH / 2);
    posts.words(MessageContent.of(long1));
    posts.words(MessageContent.of(long2));
    posts.words(MessageContent.of(long1));
    posts.words(MessageContent.of("java"));
    read.clear();
    posts.words(MessageContent.of(long1));
    assertThat(read).isEmpty();
    posts.words(MessageContent.of(long2));
    assertThat(read).containsExactly(long2);
  }

  @Test
  void a_post_that_is_longer_than_all_of_it_is_read_and_not_kept() {
    MessageContent huge = MessageContent.of("a ".repeat(RecentPosts.LENGTH));
    assertThat(posts.words(huge)).isNotNull();
    assertThat(posts.size()).isZero();
  }
}

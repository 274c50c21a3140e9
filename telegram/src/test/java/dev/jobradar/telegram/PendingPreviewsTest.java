package dev.jobradar.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.MessageMediaWebPage;
import dev.jobradar.tl.api.PeerChannel;
import dev.jobradar.tl.api.WebPage;
import dev.jobradar.tl.api.WebPagePending;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingPreviewsTest {
  private final PendingPreviews previews = new PendingPreviews();

  private static Message post(int id, String text, long page) {
    Message.Builder post =
        Message.builder().post(true).id(id).peerId(new PeerChannel(5)).date(1).message(text);
    return page == 0
        ? post.build()
        : post.media(
                MessageMediaWebPage.builder().webpage(new WebPagePending(page, null, 1)).build())
            .build();
  }

  private static WebPage page(long id) {
    return WebPage.builder()
        .id(id)
        .url("https://example.ru/v/1")
        .displayUrl("example.ru/v/1")
        .title("Java-разработчик в Acme")
        .description("Удалённо")
        .build();
  }

  private List<String> ready(long page) {
    return previews.ready(page(page)).stream().map(post -> post.id() + " " + post.text()).toList();
  }

  @Test
  void a_post_has_its_preview_once_that_is_ready() {
    previews.seen(post(1, "Смотрите", 7));
    previews.seen(post(2, "И ещё", 8));
    previews.seen(post(3, "Без ссылки", 0));
    assertThat(ready(9)).isEmpty();
    assertThat(ready(7)).containsExactly("1 Смотрите\nJava-разработчик в Acme\nУдалённо");
    assertThat(ready(7)).as("once").isEmpty();
    assertThat(ready(8)).hasSize(1);
  }

  @Test
  void an_edit_while_it_is_pending_counts() {
    previews.seen(post(1, "Смотрите", 7));
    previews.seen(post(1, "Смотрите здесь", 7));
    assertThat(ready(7)).singleElement().asString().startsWith("1 Смотрите здесь");
    previews.seen(post(2, "Смотрите", 8));
    previews.seen(post(2, "Без ссылки", 0));
    assertThat(ready(8)).isEmpty();
  }

  @Test
  void no_more_than_the_last_ones_are_kept() {
    for (int id = 1; id <= PendingPreviews.CAPACITY + 1; id++) {
      previews.seen(post(id, "post", id));
    }
    assertThat(ready(1)).isEmpty();
    assertThat(ready(2)).hasSize(1);
  }
}

package dev.jobradar.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of Telegram's page api/offsets. */
class HistoryPageTest {

  /** Ids 1 to 50 without 20, one every ten seconds from 1010. */
  private static final List<Post> POSTS = posts();

  private static List<Post> posts() {
    List<Post> posts = new ArrayList<>();
    for (int id = 1; id <= 50; id++) {
      if (id != 20) {
        posts.add(new Post(id, 1000 + 10 * id, 0, "text", List.of()));
      }
    }
    return posts;
  }

  @ParameterizedTest(name = "id {0} date {1} add {2} limit {3} max {4} min {5}")
  @CsvSource({
    // The newest; an id is counted from, not counted in.
    "0,  0,    0,   3,  0,  0,  50 49 48,     0",
    "48, 0,    0,   3,  0,  0,  47 46 45,     3",
    "48, 0,    2,   3,  0,  0,  45 44 43,     5",
    // An id that has been deleted, one above all, one below all.
    "20, 0,    0,   2,  0,  0,  19 18,        30",
    "99, 0,    0,   2,  0,  0,  50 49,        0",
    "1,  0,    0,   2,  0,  0,  '',           49",
    // Newer ones, the id itself among them; both sides; more than there are.
    "48, 0,    -2,  2,  0,  0,  49 48,        1",
    "48, 0,    -1,  3,  0,  0,  48 47 46,     2",
    "10, 0,    -3,  6,  0,  0,  12 11 10 9 8 7, 37",
    "48, 0,    -10, 10, 0,  0,  50 49 48,     0",
    "48, 0,    -20, 10, 0,  0,  '',           0",
    // Before a date; an id outweighs it.
    "0,  1480, 0,   2,  0,  0,  47 46,        3",
    "0,  1485, 0,   2,  0,  0,  48 47,        2",
    "0,  1000, 0,   2,  0,  0,  '',           49",
    "10, 1480, 0,   2,  0,  0,  9 8,          40",
    // max_id and min_id thin the slice, they do not move it.
    "0,  0,    0,   5,  49, 0,  48 47 46,     0",
    "0,  0,    0,   5,  0,  47, 50 49 48,     0",
    "0,  0,    0,   5,  49, 47, 48,           0",
    "0,  0,    0,   5,  10, 0,  '',           0",
  })
  void a_page_is_cut_as_telegram_does(
      int id, int date, int add, int limit, int max, int min, String expected, int offset) {
    HistoryPage<Post> page =
        HistoryPage.cut(POSTS, new HistoryQuery(id, date, add, limit, max, min));

    List<Integer> ids =
        Arrays.stream(expected.split(" ")).filter(s -> !s.isEmpty()).map(Integer::valueOf).toList();
    assertThat(page.items()).extracting(Post::id).isEqualTo(ids);
    assertThat(page.offset()).isEqualTo(offset);
    assertThat(page.total()).isEqualTo(49);
  }

  @Test
  void a_page_holds_at_most_a_hundred_and_twenty_when_none_is_asked_for() {
    assertThat(HistoryQuery.newest(101).limit()).isEqualTo(100);
    assertThat(HistoryQuery.newest(0).limit()).isEqualTo(20);
    assertThat(HistoryQuery.newest(-5).limit()).isEqualTo(20);
  }

  @Test
  void extreme_offsets_do_no_harm() {
    HistoryQuery above = new HistoryQuery(1, 0, Integer.MIN_VALUE, 100, 0, 0);
    HistoryQuery below = new HistoryQuery(1, 0, Integer.MAX_VALUE, 100, 0, 0);

    assertThat(HistoryPage.cut(POSTS, above).items()).isEmpty();
    assertThat(HistoryPage.cut(POSTS, below).items()).isEmpty();
    assertThat(HistoryPage.cut(List.<Post>of(), HistoryQuery.newest(10)).items()).isEmpty();
  }
}

package dev.jobradar.telegram.updates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.telegram.updates.GapBuffer.Capacity;
import dev.jobradar.telegram.updates.GapBuffer.Counter;
import dev.jobradar.telegram.updates.GapBuffer.Step;
import dev.jobradar.tl.api.TypeUpdate;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class GapBufferTest {
  private final Capacity capacity = new Capacity();
  private final GapBuffer kept = new GapBuffer(capacity);

  private static Step step(int pts) {
    return Step.pts(pts, 1, List.of());
  }

  @Test
  void the_lowest_step_that_does_not_begin_above_a_number_comes_out() {
    for (int pts : new int[] {7, 5, 9, 3, 5}) {
      kept.add(step(pts));
    }
    assertThat(kept.lowest(Counter.PTS, 1)).isNull();
    assertThat(kept.lowest(Counter.PTS, 4)).isEqualTo(step(3));
    assertThat(kept.lowest(Counter.PTS, 4)).isEqualTo(step(5));
    assertThat(kept.lowest(Counter.PTS, 4)).isEqualTo(step(5));
    assertThat(kept.lowest(Counter.PTS, 4)).isNull();
    assertThat(kept.lowest(Counter.PTS, Integer.MAX_VALUE)).isEqualTo(step(7));
    assertThat(kept.lowest(Counter.PTS, Integer.MAX_VALUE)).isEqualTo(step(9));
    assertThat(kept.isEmpty()).isTrue();
    assertThat(capacity.left()).isEqualTo(Capacity.MOST);
  }

  @Test
  void lines_do_not_mix() {
    kept.add(new Step(Counter.QTS, 4, 5, 0, List.of()));
    assertThat(kept.lowest(Counter.PTS, 4)).isNull();
    assertThat(kept.lowest(Counter.QTS, 4)).isNotNull();
  }

  @Test
  void one_box_keeps_a_bounded_number() {
    for (int pts = 1; pts <= GapBuffer.MOST; pts++) {
      assertThat(kept.add(step(pts))).isTrue();
    }
    assertThat(kept.add(step(1_000))).isFalse();
    kept.clear();
    assertThat(capacity.left()).isEqualTo(Capacity.MOST);
  }

  @Test
  void all_boxes_together_keep_a_bounded_number() {
    int added = 0;
    for (int box = 0; box < 10; box++) {
      GapBuffer another = new GapBuffer(capacity);
      for (int pts = 1; pts <= GapBuffer.MOST; pts++) {
        added += another.add(step(pts)) ? 1 : 0;
      }
    }
    assertThat(added).isEqualTo(Capacity.MOST);
  }

  @Test
  void a_step_counts_as_many_times_as_it_has_updates() {
    List<TypeUpdate> many = Collections.nCopies(GapBuffer.MOST, Tl.mark(1));
    assertThat(kept.add(new Step(Counter.SEQ, 1, 2, 0, many))).isTrue();
    assertThat(kept.add(step(1))).isFalse();
    assertThat(kept.lowest(Counter.SEQ, 1)).isNotNull();
    assertThat(kept.add(step(1))).isTrue();
  }
}

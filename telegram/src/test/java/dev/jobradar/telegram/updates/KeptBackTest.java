package dev.jobradar.telegram.updates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.telegram.updates.KeptBack.Line;
import dev.jobradar.telegram.updates.KeptBack.Room;
import dev.jobradar.telegram.updates.KeptBack.Step;
import dev.jobradar.tl.api.TypeUpdate;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptBackTest {
  private final Room room = new Room();
  private final KeptBack kept = new KeptBack(room);

  private static Step step(int pts) {
    return Step.pts(pts, 1, List.of());
  }

  @Test
  void the_step_that_fits_comes_out_and_older_ones_are_dropped() {
    for (int pts : new int[] {7, 5, 9, 3, 5}) {
      kept.add(step(pts));
    }
    assertThat(kept.next(Line.PTS, 4)).isEqualTo(step(5));
    assertThat(kept.next(Line.PTS, 5)).isNull();
    assertThat(kept.next(Line.PTS, 6)).isEqualTo(step(7));
    assertThat(kept.next(Line.PTS, 7)).isNull();
    assertThat(kept.next(Line.PTS, 8)).isEqualTo(step(9));
    assertThat(kept.isEmpty()).isTrue();
    assertThat(room.left()).isEqualTo(Room.MOST);
  }

  @Test
  void lines_do_not_mix() {
    kept.add(new Step(Line.QTS, 4, 5, 0, List.of()));
    assertThat(kept.next(Line.PTS, 4)).isNull();
    assertThat(kept.next(Line.QTS, 4)).isNotNull();
  }

  @Test
  void one_box_keeps_a_bounded_number() {
    for (int pts = 1; pts <= KeptBack.MOST; pts++) {
      assertThat(kept.add(step(pts))).isTrue();
    }
    assertThat(kept.add(step(1_000))).isFalse();
    kept.clear();
    assertThat(room.left()).isEqualTo(Room.MOST);
  }

  @Test
  void all_boxes_together_keep_a_bounded_number() {
    int added = 0;
    for (int box = 0; box < 10; box++) {
      KeptBack another = new KeptBack(room);
      for (int pts = 1; pts <= KeptBack.MOST; pts++) {
        added += another.add(step(pts)) ? 1 : 0;
      }
    }
    assertThat(added).isEqualTo(Room.MOST);
  }

  @Test
  void a_step_counts_as_many_times_as_it_has_updates() {
    List<TypeUpdate> many = Collections.nCopies(KeptBack.MOST, Tl.mark(1));
    assertThat(kept.add(new Step(Line.SEQ, 1, 2, 0, many))).isTrue();
    assertThat(kept.add(step(1))).isFalse();
    assertThat(kept.next(Line.SEQ, 1)).isNotNull();
    assertThat(kept.add(step(1))).isTrue();
  }
}

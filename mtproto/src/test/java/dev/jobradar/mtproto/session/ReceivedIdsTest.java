package dev.jobradar.mtproto.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.session.ReceivedIds.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReceivedIdsTest {
  private final ReceivedIds ids = new ReceivedIds();

  @Test
  void each_id_is_new_once_in_whatever_order() {
    List<Long> all = new ArrayList<>();
    for (long i = 1; i <= ReceivedIds.CAPACITY; i++) {
      all.add(i * 4);
    }
    Collections.shuffle(all, new Random(7));
    for (long id : all) {
      assertThat(ids.add(id)).isEqualTo(Verdict.NEW);
    }
    for (long id : all) {
      assertThat(ids.add(id)).isEqualTo(Verdict.DUPLICATE);
    }
    assertThat(ids.size()).isEqualTo(ReceivedIds.CAPACITY);
  }

  @Test
  void an_id_lower_than_all_is_new_until_as_many_are_stored_as_can_be() {
    for (long i = 0; i < ReceivedIds.CAPACITY - 1; i++) {
      ids.add(1000 + i);
    }
    assertThat(ids.add(5)).isEqualTo(Verdict.NEW);
    assertThat(ids.add(4)).isEqualTo(Verdict.TOO_OLD);
    assertThat(ids.add(5)).isEqualTo(Verdict.DUPLICATE);
  }

  @Test
  void the_lowest_makes_room_when_full() {
    for (long i = 0; i < ReceivedIds.CAPACITY; i++) {
      ids.add(1000 + i * 2);
    }
    assertThat(ids.add(1003)).isEqualTo(Verdict.NEW);
    assertThat(ids.contains(1000)).isFalse();
    assertThat(ids.contains(1002)).isTrue();
    assertThat(ids.contains(1003)).isTrue();
    assertThat(ids.add(99_999)).isEqualTo(Verdict.NEW);
    assertThat(ids.contains(1002)).isFalse();
    assertThat(ids.size()).isEqualTo(ReceivedIds.CAPACITY);
  }

  @Test
  void what_is_below_a_bound_is_forgotten() {
    for (long i = 1; i <= 100; i++) {
      ids.add(i);
    }
    ids.forgetBelow(96);
    assertThat(ids.size()).isEqualTo(5);
    assertThat(ids.contains(95)).isFalse();
    assertThat(ids.add(96)).isEqualTo(Verdict.DUPLICATE);
    ids.forgetBelow(1000);
    assertThat(ids.size()).isZero();
    assertThat(ids.add(97)).isEqualTo(Verdict.NEW);
  }
}

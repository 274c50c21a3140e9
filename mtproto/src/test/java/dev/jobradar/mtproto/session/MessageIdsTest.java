package dev.jobradar.mtproto.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.session.MessageIds.Kind;
import org.junit.jupiter.api.Test;

class MessageIdsTest {
  private final MessageIds ids = new MessageIds();

  @Test
  void an_id_is_unix_time_in_the_upper_half() {
    long id = ids.next(1_700_000_000_500L, Kind.CLIENT);
    assertThat(id >> 32).isEqualTo(1_700_000_000L);
    assertThat(id & 0xffff_ffffL).isEqualTo(0x8000_0000L);
    assertThat(MessageIds.timeOf(id)).isEqualTo(1_700_000_000_500L);
  }

  @Test
  void ids_increase_while_time_stands_still_or_runs_back() {
    long last = 0;
    long[] times = {1000, 1000, 1000, 500, 1001, 1000};
    for (long time : times) {
      for (Kind kind : Kind.values()) {
        long id = ids.next(time, kind);
        assertThat(id).isGreaterThan(last);
        last = id;
      }
    }
  }

  @Test
  void the_low_bits_tell_who_sent_it() {
    assertThat(ids.next(5, Kind.CLIENT) & 3).isZero();
    assertThat(ids.next(5, Kind.SERVER_REPLY) & 3).isEqualTo(1);
    assertThat(ids.next(5, Kind.SERVER_NOTICE) & 3).isEqualTo(3);
    assertThat(MessageIds.isClients(8)).isTrue();
    assertThat(MessageIds.isClients(10)).isFalse();
    assertThat(MessageIds.isServers(9)).isTrue();
    assertThat(MessageIds.isServers(11)).isTrue();
    assertThat(MessageIds.isServers(10)).isFalse();
  }
}

package dev.jobradar.mtproto.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.crypto.AuthKey;
import org.junit.jupiter.api.Test;

class SaltScheduleTest {
  private static final long HALF_HOUR = 1_800_000;
  private static final long NOW = 1_000_000 * HALF_HOUR + 600_000;

  @Test
  void the_salts_of_a_key_are_the_same_after_a_restart() {
    SaltSchedule before = new SaltSchedule(ServerSessionTester.KEY);
    SaltSchedule after = new SaltSchedule(ServerSessionTester.KEY);

    assertThat(after.future(64, NOW)).isEqualTo(before.future(64, NOW));
    assertThat(after.current(NOW)).isEqualTo(before.current(NOW));
  }

  @Test
  void keys_have_salts_of_their_own() {
    SaltSchedule one = new SaltSchedule(ServerSessionTester.KEY);
    SaltSchedule other = new SaltSchedule(new AuthKey(new byte[AuthKey.SIZE]));

    assertThat(one.current(NOW)).isNotEqualTo(other.current(NOW));
    assertThat(one.accepts(other.current(NOW), NOW)).isFalse();
  }

  @Test
  void a_new_keys_first_salt_is_good_for_an_hour() {
    SaltSchedule salts = SaltSchedule.ofNewKey(ServerSessionTester.KEY, 42, NOW);

    assertThat(salts.accepts(42, NOW)).isTrue();
    assertThat(salts.accepts(42, NOW + 2 * HALF_HOUR - 1)).isTrue();
    assertThat(salts.accepts(42, NOW + 2 * HALF_HOUR)).isFalse();
    assertThat(salts.accepts(salts.current(NOW), NOW)).isTrue();
  }

  @Test
  void a_key_from_before_has_no_first_salt() {
    assertThat(new SaltSchedule(ServerSessionTester.KEY).accepts(0, NOW)).isFalse();
  }

  @Test
  void a_salt_to_come_is_not_good_yet() {
    SaltSchedule salts = new SaltSchedule(ServerSessionTester.KEY);
    long next = salts.future(2, NOW).get(1).salt();

    assertThat(salts.accepts(next, NOW)).isFalse();
    assertThat(salts.accepts(next, NOW + HALF_HOUR)).isTrue();
  }

  @Test
  void salts_that_are_renewed_leave_none_of_the_old_good() {
    SaltSchedule salts = SaltSchedule.ofNewKey(ServerSessionTester.KEY, 42, NOW);
    long current = salts.current(NOW);
    long next = salts.future(2, NOW).get(1).salt();

    salts.renew();

    assertThat(salts.accepts(42, NOW)).isFalse();
    assertThat(salts.accepts(current, NOW)).isFalse();
    assertThat(salts.accepts(next, NOW + HALF_HOUR)).isFalse();
    assertThat(salts.accepts(salts.current(NOW), NOW)).isTrue();
    long renewed = salts.current(NOW);
    salts.renew();
    assertThat(salts.current(NOW)).isNotEqualTo(renewed);
  }
}

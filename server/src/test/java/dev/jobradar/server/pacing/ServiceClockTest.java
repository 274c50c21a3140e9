package dev.jobradar.server.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionOperations;

class ServiceClockTest {
  private final TestClock wall = new TestClock();
  private final AtomicLong nanos = new AtomicLong(-5);
  private final ServiceClock clock = new ServiceClock(wall, nanos::get);
  private final Instant start = wall.instant();

  /** Both clocks go on. */
  private void pass(Duration time) {
    wall.advance(time);
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void it_goes_on_with_the_machines_clock() {
    pass(Duration.ofHours(3));
    assertThat(clock.instant()).isEqualTo(start.plus(Duration.ofHours(3)));
    assertThat(clock.look()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT-1H", "P1D", "P-1D", "PT-2S"})
  void when_that_is_set_it_goes_on_until_it_is_told_to_follow(Duration by) {
    pass(Duration.ofMinutes(1));
    wall.advance(by);
    pass(Duration.ofSeconds(1));

    Instant undisturbed = start.plusSeconds(61);
    assertThat(clock.instant()).isEqualTo(undisturbed);
    assertThat(clock.look()).contains(new ClockSet(undisturbed, undisturbed.plus(by)));
    assertThat(clock.instant()).isEqualTo(undisturbed);
    clock.follow(new ClockSet(undisturbed, undisturbed.plus(by)));
    assertThat(clock.instant()).isEqualTo(wall.instant());
    assertThat(clock.look()).isEmpty();
  }

  @Test
  void small_corrections_are_followed_without_a_word() {
    for (int i = 0; i < 10; i++) {
      wall.advance(Duration.ofMillis(1_900));
      assertThat(clock.look()).isEmpty();
      assertThat(clock.instant()).isEqualTo(wall.instant());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT-1H"})
  void what_is_to_come_is_moved_and_what_is_past_stays_past(Duration by) {
    ClockSet set = new ClockSet(start, start.plus(by));
    long waiting = start.plusSeconds(10).toEpochMilli();
    long due = start.minusSeconds(10).toEpochMilli();

    assertThat(waiting).isGreaterThan(set.pendingMillis());
    assertThat(waiting + set.byMillis()).isEqualTo(set.after().plusSeconds(10).toEpochMilli());
    assertThat(due > set.pendingMillis() ? due + set.byMillis() : due)
        .isLessThanOrEqualTo(set.after().toEpochMilli());
  }

  // --- the watch -----------------------------------------------------------------------------

  private final List<Object> events = new ArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private boolean broken;
  private Runnable whileMoving = () -> {};
  private Runnable beforeCommit = () -> {};

  private final TransactionOperations transactions =
      new TransactionOperations() {
        @Override
        public <T> T execute(
            org.springframework.transaction.support.TransactionCallback<T> action) {
          throw new UnsupportedOperationException();
        }

        @Override
        public void executeWithoutResult(Consumer<TransactionStatus> action) {
          if (broken) {
            throw new CannotAcquireLockException("locked");
          }
          whileMoving.run();
          action.accept(new org.springframework.transaction.support.SimpleTransactionStatus());
          beforeCommit.run();
        }
      };

  private ClockWatch watch() {
    return new ClockWatch(clock, events::add, transactions, meters);
  }

  @Test
  void a_jump_is_told_once() {
    ClockWatch watch = watch();
    wall.advance(Duration.ofHours(-1));
    watch.look();
    watch.look();

    ClockSet set = new ClockSet(start, start.minus(Duration.ofHours(1)));
    assertThat(events).containsExactly(set, new ClockSettled(set));
    assertThat(watch.last()).contains(set);
    assertThat(meters.get("jobradar.clock.jumps").counter().count()).isEqualTo(1);
  }

  @Test
  void what_is_set_while_waits_are_moved_is_moved_next() {
    ClockWatch watch = watch();
    wall.advance(Duration.ofHours(-1));
    whileMoving = () -> wall.advance(Duration.ofDays(-1));
    watch.look();
    whileMoving = () -> {};
    watch.look();

    ClockSet first = new ClockSet(start, start.minus(Duration.ofHours(1)));
    ClockSet second = new ClockSet(first.after(), first.after().minus(Duration.ofDays(1)));
    assertThat(events)
        .containsExactly(first, new ClockSettled(first), second, new ClockSettled(second));
    assertThat(clock.instant()).isEqualTo(wall.instant());
  }

  @Test
  void who_comes_right_after_the_commit_goes_by_the_new_time() {
    ClockWatch watch = watch();
    wall.advance(Duration.ofDays(-1));
    List<Instant> seen = new ArrayList<>();
    beforeCommit = () -> seen.add(clock.instant());
    watch.look();
    assertThat(seen).containsExactly(wall.instant());
  }

  @Test
  void a_commit_that_fails_leaves_the_time_as_it_was() {
    ClockWatch watch = watch();
    wall.advance(Duration.ofDays(-1));
    beforeCommit =
        () -> {
          throw new CannotAcquireLockException("locked");
        };
    watch.look();
    assertThat(clock.instant()).isEqualTo(start);
    assertThat(events).noneMatch(ClockSettled.class::isInstance);
    beforeCommit = () -> {};
    watch.look();
    assertThat(clock.instant()).isEqualTo(wall.instant());
  }

  @Test
  void it_is_told_when_the_database_works_again_and_with_what_came_meanwhile() {
    ClockWatch watch = watch();
    broken = true;
    wall.advance(Duration.ofHours(-1));
    watch.look();
    pass(Duration.ofMinutes(5));
    wall.advance(Duration.ofHours(-2));
    watch.look();
    assertThat(events).isEmpty();
    assertThat(clock.instant()).as("the time as it was").isEqualTo(start.plusSeconds(300));
    assertThat(meters.get("jobradar.clock.jumps").counter().count()).isEqualTo(2);

    broken = false;
    pass(Duration.ofMinutes(1));
    watch.look();
    watch.look();
    assertThat(clock.instant()).isEqualTo(wall.instant());

    ClockSet set = new ClockSet(wall.instant().plus(Duration.ofHours(3)), wall.instant());
    assertThat(events).containsExactly(set, new ClockSettled(set));
  }

  @Test
  void at_the_start_stored_waits_are_looked_at_and_no_jump_is_counted() {
    ClockWatch watch = watch();
    watch.started(new ClockSet(start, start));
    assertThat(events).hasSize(2).first().isEqualTo(new ClockSet(start, start));
    assertThat(watch.last()).isEmpty();
    assertThat(meters.get("jobradar.clock.jumps").counter().count()).isZero();
  }
}

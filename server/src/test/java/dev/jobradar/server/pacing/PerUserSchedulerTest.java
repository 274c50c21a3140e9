package dev.jobradar.server.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PerUserSchedulerTest {
  private static final UserId ANN = new UserId(1);
  private static final UserId BOB = new UserId(2);

  private @Nullable PerUserScheduler scheduler;

  @AfterEach
  void close() {
    if (scheduler != null) {
      scheduler.close();
    }
  }

  private PerUserScheduler scheduler(int width, InstantSource clock, PerUserScheduler.Work work) {
    scheduler = new PerUserScheduler("test", width, work, clock);
    return scheduler;
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_user_who_is_held_up_holds_up_nobody_else() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    CountDownLatch bobServed = new CountDownLatch(3);
    AtomicInteger left = new AtomicInteger(3);
    PerUserScheduler scheduler =
        scheduler(
            2,
            InstantSource.system(),
            user -> {
              if (user.equals(ANN)) {
                hold.await();
                return null;
              }
              bobServed.countDown();
              return left.decrementAndGet() > 0 ? Instant.EPOCH : null;
            });
    scheduler.wake(ANN);
    scheduler.wake(BOB);
    scheduler.start();
    await(bobServed);
    hold.countDown();
  }

  @Test
  void users_take_turns_after_each_step() throws Exception {
    List<UserId> order = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch done = new CountDownLatch(6);
    ConcurrentHashMap<UserId, Integer> left = new ConcurrentHashMap<>();
    PerUserScheduler scheduler =
        scheduler(
            1,
            InstantSource.system(),
            user -> {
              order.add(user);
              done.countDown();
              return left.merge(user, 1, Integer::sum) < 3 ? Instant.EPOCH : null;
            });
    scheduler.wake(ANN);
    scheduler.wake(BOB);
    scheduler.start();
    await(done);
    assertThat(order).containsExactly(ANN, BOB, ANN, BOB, ANN, BOB);
  }

  @Test
  void a_users_steps_never_overlap_and_no_wake_is_lost() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger overlaps = new AtomicInteger();
    AtomicInteger wanted = new AtomicInteger();
    AtomicInteger served = new AtomicInteger();
    Semaphore changed = new Semaphore(0);
    PerUserScheduler scheduler =
        scheduler(
            8,
            InstantSource.system(),
            user -> {
              if (inside.incrementAndGet() > 1) {
                overlaps.incrementAndGet();
              }
              served.set(wanted.get());
              inside.decrementAndGet();
              changed.release();
              return null;
            });
    scheduler.start();
    for (int i = 0; i < 2_000; i++) {
      wanted.incrementAndGet();
      scheduler.wake(ANN);
    }
    while (served.get() < 2_000) {
      assertThat(changed.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(overlaps).hasValue(0);
  }

  @Test
  void a_step_that_is_due_later_comes_when_its_time_has_come() throws Exception {
    TestClock clock = new TestClock();
    Instant due = clock.instant().plusSeconds(31);
    Semaphore stepped = new Semaphore(0);
    List<Instant> times = Collections.synchronizedList(new ArrayList<>());
    PerUserScheduler scheduler =
        scheduler(
            1,
            clock,
            user -> {
              times.add(clock.instant());
              stepped.release();
              return times.size() == 1 ? due : null;
            });
    scheduler.start();
    scheduler.wake(ANN);
    assertThat(stepped.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    clock.advance(Duration.ofSeconds(30));
    scheduler.wake(BOB);
    assertThat(stepped.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    clock.advance(Duration.ofSeconds(1));
    assertThat(stepped.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    assertThat(times.getLast()).isEqualTo(due);
    assertThat(times).hasSize(3);
  }

  @Test
  void a_user_who_is_woken_again_and_again_waits_for_one_time_only() throws Exception {
    TestClock clock = new TestClock();
    Instant due = clock.instant().plus(Duration.ofDays(30));
    Semaphore stepped = new Semaphore(0);
    PerUserScheduler scheduler =
        scheduler(
            1,
            clock,
            user -> {
              stepped.release();
              return due;
            });
    scheduler.start();
    for (int i = 0; i < 100; i++) {
      scheduler.wake(ANN);
      assertThat(stepped.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(scheduler.alarms()).isLessThanOrEqualTo(1);
  }

  @Test
  void a_step_that_ends_with_an_error_is_repeated_too() throws Exception {
    TestClock clock = new TestClock();
    Semaphore stepped = new Semaphore(0);
    AtomicInteger tries = new AtomicInteger();
    PerUserScheduler scheduler =
        scheduler(
            1,
            clock,
            user -> {
              int count = tries.incrementAndGet();
              stepped.release();
              if (count == 1) {
                throw new StackOverflowError("on purpose");
              }
              return null;
            });
    scheduler.start();
    scheduler.wake(ANN);
    assertThat(stepped.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    while (!stepped.tryAcquire(100, TimeUnit.MILLISECONDS)) {
      clock.advance(Duration.ofMillis(500));
    }
    assertThat(tries).hasValue(2);
  }

  @Test
  void a_step_that_throws_is_repeated_later() throws Exception {
    TestClock clock = new TestClock();
    Semaphore stepped = new Semaphore(0);
    AtomicInteger tries = new AtomicInteger();
    PerUserScheduler scheduler =
        scheduler(
            1,
            clock,
            user -> {
              int count = tries.incrementAndGet();
              stepped.release();
              if (count == 1) {
                throw new IllegalStateException("on purpose");
              }
              return null;
            });
    scheduler.start();
    scheduler.wake(ANN);
    assertThat(stepped.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    while (!stepped.tryAcquire(100, TimeUnit.MILLISECONDS)) {
      clock.advance(Duration.ofMillis(500));
    }
    assertThat(tries).hasValue(2);
  }

  @Test
  void draining_waits_for_the_step_under_way_and_begins_no_other() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch hold = new CountDownLatch(1);
    AtomicInteger steps = new AtomicInteger();
    PerUserScheduler scheduler =
        scheduler(
            1,
            InstantSource.system(),
            user -> {
              steps.incrementAndGet();
              inside.countDown();
              hold.await();
              return Instant.EPOCH;
            });
    scheduler.start();
    scheduler.wake(ANN);
    scheduler.wake(BOB);
    await(inside);
    Thread drain = Thread.ofVirtual().unstarted(() -> drainQuietly(scheduler));
    drain.start();
    while (drain.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    hold.countDown();
    assertThat(drain.join(Duration.ofSeconds(30))).isTrue();
    assertThat(steps).hasValue(1);
  }

  private static void drainQuietly(PerUserScheduler scheduler) {
    try {
      scheduler.drain(Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

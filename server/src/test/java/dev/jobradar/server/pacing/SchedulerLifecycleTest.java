package dev.jobradar.server.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.UserId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SchedulerLifecycleTest {
  private static final UserId ANN = new UserId(1);

  private static SchedulerLifecycle lifecycle(String name, PerUserScheduler.Work work) {
    PerUserScheduler scheduler = new PerUserScheduler(name, 1, work, InstantSource.system());
    return new SchedulerLifecycle(
        name, scheduler, Duration.ofHours(1), () -> List.of(ANN), Duration.ofHours(1));
  }

  @Test
  void who_has_something_to_do_is_found_at_the_start() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    SchedulerLifecycle lifecycle =
        lifecycle(
            "test",
            user -> {
              done.countDown();
              return null;
            });
    lifecycle.start();
    done.await();
    assertThat(lifecycle.isRunning()).isTrue();
    lifecycle.stop();
    assertThat(lifecycle.isRunning()).isFalse();
  }

  @Test
  void several_stop_at_the_same_time_and_each_waits_for_what_is_under_way() throws Exception {
    CountDownLatch working = new CountDownLatch(2);
    CountDownLatch finish = new CountDownLatch(1);
    PerUserScheduler.Work work =
        user -> {
          working.countDown();
          finish.await();
          return null;
        };
    SchedulerLifecycle one = lifecycle("one", work);
    SchedulerLifecycle two = lifecycle("two", work);
    one.start();
    two.start();
    working.await();
    CountDownLatch stopped = new CountDownLatch(2);
    one.stop(stopped::countDown);
    two.stop(stopped::countDown);
    assertThat(stopped.getCount()).isEqualTo(2);
    finish.countDown();
    stopped.await();
  }

  @Test
  void a_look_that_fails_is_followed_by_the_next() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    CountDownLatch second = new CountDownLatch(1);
    FixedDelayTask sweeper =
        new FixedDelayTask(
            "test",
            Duration.ofMillis(1),
            () -> {
              if (looks.incrementAndGet() == 1) {
                throw new IllegalStateException("on purpose");
              }
              second.countDown();
            });
    sweeper.start();
    second.await();
    sweeper.stop();
  }
}

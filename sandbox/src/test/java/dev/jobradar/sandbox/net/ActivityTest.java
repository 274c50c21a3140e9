package dev.jobradar.sandbox.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ActivityTest {
  @Test
  void a_request_during_the_work_has_it_done_once_more() {
    AtomicInteger runs = new AtomicInteger();
    Activity[] activity = new Activity[1];
    activity[0] =
        new Activity(() -> {
          if (runs.incrementAndGet() == 1) {
            activity[0].requestHere();
            activity[0].request();
            assertThat(runs).hasValue(1);
          }
        });

    activity[0].requestHere();

    assertThat(runs).hasValue(2);
  }

  @Test
  void no_request_is_missed_and_no_two_run_at_once() throws Exception {
    AtomicInteger wanted = new AtomicInteger();
    AtomicInteger seen = new AtomicInteger();
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger worst = new AtomicInteger();
    Activity activity =
        new Activity(() -> {
          worst.accumulateAndGet(inside.incrementAndGet(), Math::max);
          seen.set(wanted.get());
          inside.decrementAndGet();
        });
    CountDownLatch done = new CountDownLatch(4);
    for (int thread = 0; thread < 4; thread++) {
      boolean here = thread % 2 == 0;
      Thread.startVirtualThread(() -> {
        for (int i = 0; i < 20_000; i++) {
          wanted.incrementAndGet();
          if (here) {
            activity.requestHere();
          } else {
            activity.request();
          }
        }
        done.countDown();
      });
    }
    done.await();
    while (activity.get() != 0) {
      Thread.onSpinWait();
    }

    assertThat(seen).hasValue(80_000);
    assertThat(worst).hasValue(1);
  }
}

package dev.jobradar.mtproto.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ListenerQueueTest {
  @Test
  void a_listener_that_fails_with_whatever_it_be_hears_what_follows() throws Exception {
    ListenerQueue queue = new ListenerQueue(ConnectionListener.NONE);
    CountDownLatch heard = new CountDownLatch(1);
    queue.add(() -> {
      throw new AssertionError("a listener's");
    });
    queue.add(heard::countDown);
    assertThat(heard.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void gaps_that_wait_are_told_once() throws Exception {
    AtomicInteger gaps = new AtomicInteger();
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    ListenerQueue queue =
        new ListenerQueue(
            new ConnectionListener() {
              @Override
              public void onGap() {
                gaps.incrementAndGet();
              }
            });
    queue.add(() -> {
      try {
        busy.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    for (int i = 0; i < 10_000; i++) {
      queue.addGap();
    }
    queue.add(done::countDown);
    busy.countDown();
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(gaps.get()).isEqualTo(1);
  }
}

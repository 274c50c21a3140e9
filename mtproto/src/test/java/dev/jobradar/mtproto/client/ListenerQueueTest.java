package dev.jobradar.mtproto.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.MtprotoException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListenerQueueTest {
  @Test
  void a_listener_that_fails_with_whatever_it_be_hears_what_follows() throws Exception {
    ListenerQueue queue = new ListenerQueue();
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
    ListenerQueue queue = new ListenerQueue();
    ConnectionListener listener =
        new ConnectionListener() {
          @Override
          public void onGap() {
            gaps.incrementAndGet();
          }
        };
    queue.add(() -> {
      try {
        busy.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    for (int i = 0; i < 10_000; i++) {
      queue.addGap(listener);
    }
    queue.add(done::countDown);
    busy.countDown();
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(gaps.get()).isEqualTo(1);
  }

  @Test
  void connections_that_share_a_queue_are_heard_one_after_the_other() throws Exception {
    ListenerQueue queue = new ListenerQueue();
    List<String> heard = new CopyOnWriteArrayList<>();
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    ConnectionListener first = listener("first", heard);
    ConnectionListener second = listener("second", heard);
    queue.add(() -> {
      first.onReady();
      try {
        busy.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    queue.addGap(first);
    queue.add(() -> first.onClosed(null));
    queue.add(second::onReady);
    queue.addGap(second);
    queue.addGap(second);
    queue.add(done::countDown);
    busy.countDown();
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(heard)
        .containsExactly("first ready", "first gap", "first closed", "second ready", "second gap");
  }

  private static ConnectionListener listener(String name, List<String> heard) {
    return new ConnectionListener() {
      @Override
      public void onReady() {
        heard.add(name + " ready");
      }

      @Override
      public void onGap() {
        heard.add(name + " gap");
      }

      @Override
      public void onClosed(@Nullable MtprotoException cause) {
        heard.add(name + " closed");
      }
    };
  }
}

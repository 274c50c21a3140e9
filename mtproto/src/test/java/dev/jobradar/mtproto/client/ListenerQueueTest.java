package dev.jobradar.mtproto.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
}

package dev.jobradar.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DialLimiterTest {
  private final ManualTime time = new ManualTime();
  private final DialLimiter limiter = new DialLimiter(time, 2);

  /** Waits for a turn on a thread of its own, and returns once it is in the queue or has it. */
  private FutureTask<Boolean> dial(DialLimiter.Ticket ticket) throws InterruptedException {
    int before = limiter.waiting() + limiter.dialling();
    FutureTask<Boolean> turn =
        new FutureTask<>(() -> {
          limiter.await(ticket);
          return true;
        });
    Thread.ofVirtual().start(turn);
    CountDownLatch never = new CountDownLatch(1);
    while (limiter.waiting() + limiter.dialling() == before && !turn.isDone()) {
      assertThat(never.await(1, TimeUnit.MILLISECONDS)).isFalse();
    }
    return turn;
  }

  private static void assertTurn(FutureTask<Boolean> turn) throws Exception {
    assertThat(turn.get(20, TimeUnit.SECONDS)).isTrue();
  }

  private static void assertWaits(FutureTask<Boolean> turn) {
    assertThatThrownBy(() -> turn.get(20, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
  }

  private final DialLimiter.Ticket a = new DialLimiter.Ticket();
  private final DialLimiter.Ticket b = new DialLimiter.Ticket();
  private final DialLimiter.Ticket c = new DialLimiter.Ticket();
  private final DialLimiter.Ticket d = new DialLimiter.Ticket();

  @Test
  void only_so_many_dial_at_a_time() throws Exception {
    assertTurn(dial(a));
    assertTurn(dial(b));
    FutureTask<Boolean> third = dial(c);
    assertWaits(third);
    limiter.connected(a);
    assertTurn(third);
  }

  @Test
  void those_for_whom_somebody_waits_go_first() throws Exception {
    assertTurn(dial(a));
    assertTurn(dial(b));
    FutureTask<Boolean> early = dial(c);
    FutureTask<Boolean> late = dial(d);
    limiter.prioritize(d);
    limiter.failed(a);
    assertTurn(late);
    assertWaits(early);
    limiter.failed(b);
    assertTurn(early);
  }

  @Test
  void a_dial_that_hangs_keeps_others_waiting_for_a_moment_only() throws Exception {
    assertTurn(dial(a));
    assertTurn(dial(b));
    FutureTask<Boolean> third = dial(c);
    assertWaits(third);
    time.pass(DialLimiter.SLOW);
    assertTurn(third);
  }

  @Test
  void after_too_many_connections_nobody_dials_for_a_while_and_then_fewer() throws Exception {
    assertTurn(dial(a));
    assertTurn(dial(b));
    limiter.flooded(a);
    limiter.failed(b);
    FutureTask<Boolean> third = dial(c);
    FutureTask<Boolean> fourth = dial(d);
    assertWaits(third);
    time.pass(Duration.ofSeconds(2));
    assertTurn(third);
    assertWaits(fourth);
    limiter.connected(c);
    assertTurn(fourth);
  }

  @Test
  void slow_dials_that_succeed_allow_more_again() throws Exception {
    limiter.flooded(new DialLimiter.Ticket());
    time.pass(Duration.ofSeconds(2));
    assertTurn(dial(a));
    assertWaits(dial(b));
    time.pass(DialLimiter.SLOW);
    limiter.connected(a);
    FutureTask<Boolean> third = dial(c);
    assertTurn(third);
    assertThat(limiter.dialling()).isEqualTo(2);
  }

  @Test
  void a_success_after_too_many_connections_makes_the_next_pause_short_again() throws Exception {
    limiter.flooded(new DialLimiter.Ticket());
    time.pass(Duration.ofSeconds(2));
    assertTurn(dial(a));
    time.pass(DialLimiter.SLOW);
    assertTurn(dial(b));
    limiter.connected(a);
    limiter.flooded(b);
    FutureTask<Boolean> third = dial(c);
    assertWaits(third);
    time.pass(Duration.ofMillis(1500));
    assertTurn(third);
  }

  @Test
  void a_loss_that_is_reported_late_takes_no_turn_away() throws Exception {
    assertTurn(dial(a));
    assertTurn(dial(b));
    FutureTask<Boolean> again = dial(c);
    limiter.failed(c);
    assertWaits(again);
    limiter.connected(a);
    assertTurn(again);
  }

  @Test
  void who_is_interrupted_leaves_the_queue() throws Exception {
    assertTurn(dial(a));
    assertTurn(dial(b));
    FutureTask<Void> waiting =
        new FutureTask<>(() -> {
          limiter.await(c);
          return null;
        });
    Thread thread = Thread.ofVirtual().start(waiting);
    thread.interrupt();
    assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(limiter.waiting()).isZero();
  }
}

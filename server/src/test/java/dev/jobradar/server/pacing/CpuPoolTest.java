package dev.jobradar.server.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.clients.UserId;
import dev.jobradar.testsupport.Eventually;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CpuPoolTest {
  private static final UserId GREEDY = new UserId(1);
  private static final UserId MODEST = new UserId(2);

  private final AtomicLong nanos = new AtomicLong();
  private final CpuPool pool = new CpuPool(1, nanos::get);
  private final CountDownLatch gate = new CountDownLatch(1);
  private final List<UserId> steps = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    gate.countDown();
    pool.close();
  }

  /** Occupies the only thread until the gate opens. */
  private void occupy() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    var _ =
        begin(
            new UserId(99),
            () -> {
              begun.countDown();
              await(gate);
              return false;
            });
    begun.await();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The caller waits on a thread of its own. */
  private CompletableFuture<Void> begin(UserId user, CpuPool.Job job) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    var _ =
        Thread.startVirtualThread(() -> {
          try {
            pool.run(user, job);
            end.complete(null);
          } catch (InterruptedException | RuntimeException e) {
            end.completeExceptionally(e);
          }
        });
    return end;
  }

  /** So many steps, each as long as a turn. */
  private CpuPool.Job steps(UserId user, int count) {
    AtomicInteger left = new AtomicInteger(count);
    return () -> {
      steps.add(user);
      nanos.addAndGet(CpuPool.TURN.toNanos());
      return left.decrementAndGet() > 0;
    };
  }

  private void awaitSize(int size) {
    Eventually.await("jobs wait", () -> pool.size() == size);
  }

  @Test
  void users_take_turns_however_many_jobs_one_of_them_has() throws Exception {
    occupy();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(begin(GREEDY, steps(GREEDY, 50)));
    }
    awaitSize(21);
    all.add(begin(MODEST, steps(MODEST, 3)));
    awaitSize(22);

    gate.countDown();
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();

    assertThat(steps.lastIndexOf(MODEST)).isLessThanOrEqualTo(2 * 3);
    assertThat(steps).hasSize(20 * 50 + 3);
    assertThat(pool.size()).isZero();
  }

  @Test
  void short_steps_share_a_turn() throws Exception {
    occupy();
    AtomicInteger left = new AtomicInteger(100);
    CompletableFuture<Void> brief =
        begin(
            MODEST,
            () -> {
              steps.add(MODEST);
              return left.decrementAndGet() > 0;
            });
    awaitSize(2);
    CompletableFuture<Void> other = begin(GREEDY, steps(GREEDY, 1));
    awaitSize(3);

    gate.countDown();
    CompletableFuture.allOf(brief, other).join();

    assertThat(steps.indexOf(GREEDY)).isEqualTo(100);
  }

  @Test
  void it_computes_on_platform_threads() throws Exception {
    boolean[] virtual = {true};
    pool.run(
        MODEST,
        () -> {
          virtual[0] = Thread.currentThread().isVirtual();
          return false;
        });
    assertThat(virtual[0]).isFalse();
  }

  @Test
  void what_a_job_throws_is_thrown_to_its_caller_and_the_next_one_runs() throws Exception {
    assertThatThrownBy(() ->
            pool.run(
                MODEST,
                () -> {
                  throw new IllegalStateException("broken");
                }))
        .hasMessage("broken");
    assertThatThrownBy(() ->
            pool.run(
                MODEST,
                () -> {
                  throw new StackOverflowError();
                }))
        .isInstanceOf(StackOverflowError.class);
    pool.run(MODEST, steps(MODEST, 1));
    assertThat(steps).containsExactly(MODEST);
  }

  @Test
  void the_job_of_an_interrupted_caller_stops() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Thread caller =
        Thread.startVirtualThread(() -> {
          try {
            pool.run(
                GREEDY,
                () -> {
                  begun.countDown();
                  return true;
                });
          } catch (InterruptedException e) {
            ended.countDown();
          }
        });
    begun.await();
    caller.interrupt();
    ended.await();
    awaitSize(0);
  }

  @Test
  void requests_are_refused_when_many_jobs_wait_and_others_are_not() throws Exception {
    occupy();
    for (int i = 1; i < CpuPool.MOST_REQUESTS; i++) {
      var _ = begin(new UserId(100 + i), steps(GREEDY, 1));
    }
    awaitSize(CpuPool.MOST_REQUESTS);

    assertThatThrownBy(() -> pool.runRequest(MODEST, steps(MODEST, 1)))
        .isInstanceOf(CpuPool.BusyException.class);
    CompletableFuture<Void> post = begin(MODEST, steps(MODEST, 1));
    awaitSize(CpuPool.MOST_REQUESTS + 1);

    gate.countDown();
    post.join();
    awaitSize(0);
    pool.runRequest(MODEST, steps(MODEST, 1));
  }

  @Test
  void closing_ends_the_wait_of_all_callers() throws Exception {
    occupy();
    CompletableFuture<Void> waiting = begin(MODEST, steps(MODEST, 1));
    awaitSize(2);

    pool.close();

    assertThatThrownBy(waiting::join).isInstanceOf(CancellationException.class);
    assertThatThrownBy(() -> pool.run(MODEST, steps(MODEST, 1)))
        .isInstanceOf(CancellationException.class);
    assertThat(steps).isEmpty();
  }
}

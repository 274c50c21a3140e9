package dev.jobradar.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

@ParameterizedClass
@EnumSource(Vendor.class)
@Timeout(60)
class GroupCommitIT {
  private static final int CALLERS = 20;

  private final TestDatabase database;
  private final AtomicInteger commits = new AtomicInteger();
  private final CountDownLatch open = new CountDownLatch(1);
  private final GroupCommit group;
  private boolean gone;

  GroupCommitIT(Vendor vendor) {
    database = TestDatabase.open(vendor);
    database.client().sql("create table notes (id integer primary key, round integer)").update();
    TransactionTemplate real = database.transactions();
    group =
        new GroupCommit(
            new TransactionTemplate(Objects.requireNonNull(real.getTransactionManager())) {
              private static final long serialVersionUID = 1L;

              @Override
              public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
                commits.incrementAndGet();
                return super.execute(action);
              }
            },
            1);
  }

  @AfterEach
  void close() {
    if (!gone) {
      database.close();
    }
  }

  private synchronized void lose() {
    if (!gone) {
      gone = true;
      database.close();
    }
  }

  private int note(int id) {
    database.client().sql("insert into notes values (?, 1)").param(id).update();
    return id;
  }

  private List<Integer> stored() {
    return database.client().sql("select id from notes order by id").query(Integer.class).list();
  }

  /** Lets a first piece hold the database until all the others wait. */
  private List<Future<Integer>> together(ExecutorService threads, List<Callable<Integer>> calls)
      throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    var _ =
        threads.submit(() ->
            group.run(() -> {
              held.countDown();
              awaitUninterruptibly(open);
              return note(0);
            }));
    held.await();
    List<Future<Integer>> outcomes = calls.stream().map(threads::submit).toList();
    while (group.waiting() < calls.size()) {
      Thread.onSpinWait();
    }
    open.countDown();
    return outcomes;
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void what_comes_while_one_is_stored_is_stored_together() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> calls = new ArrayList<>();
      IntStream.rangeClosed(1, CALLERS).forEach(id -> calls.add(() -> group.run(() -> note(id))));
      List<Future<Integer>> outcomes = together(threads, calls);
      for (int i = 0; i < CALLERS; i++) {
        assertThat(outcomes.get(i).get()).as("each gets its own").isEqualTo(i + 1);
      }
    }
    assertThat(stored()).hasSize(CALLERS + 1);
    assertThat(commits.get()).isLessThanOrEqualTo(5);
  }

  @Test
  void a_broken_one_among_twenty_costs_only_itself() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> calls = new ArrayList<>();
      for (int id = 1; id <= CALLERS; id++) {
        int mine = id == 7 ? 3 : id;
        calls.add(() -> group.run(() -> note(mine)));
      }
      List<Future<Integer>> outcomes = together(threads, calls);
      int failed = 0;
      for (int i = 0; i < CALLERS; i++) {
        try {
          outcomes.get(i).get();
        } catch (ExecutionException e) {
          failed++;
          assertThat(e).hasCauseInstanceOf(DataAccessException.class);
          assertThat(i + 1).as("one of the two that are the same").isIn(3, 7);
        }
      }
      assertThat(failed).isEqualTo(1);
    }
    assertThat(stored())
        .isEqualTo(IntStream.rangeClosed(0, CALLERS).filter(id -> id != 7).boxed().toList());
  }

  @Test
  void nothing_is_told_to_be_stored_that_is_not_wherever_it_fails() throws Exception {
    int id = 0;
    for (int step = 1; step <= 40; step++) {
      Map<Integer, Boolean> told = new ConcurrentHashMap<>();
      database.failAtStep(step);
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 8; i++) {
          int mine = ++id;
          threads.execute(() -> {
            try {
              told.put(group.run(() -> note(mine)), true);
            } catch (DataAccessException | TransactionException failure) {
              told.put(mine, false);
            }
          });
        }
      }
      database.failed();
      assertThat(told).hasSize(8);
      List<Integer> there = stored();
      told.forEach((note, done) -> {
        if (done) {
          assertThat(there).as("after step").contains(note);
        }
      });
    }
  }

  @Test
  void a_database_that_begins_nothing_fails_all_who_wait() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> calls = new ArrayList<>();
      IntStream.rangeClosed(1, CALLERS)
          .forEach(id ->
              calls.add(() ->
                  group.run(() -> {
                    lose();
                    return note(id);
                  })));
      for (Future<Integer> outcome : together(threads, calls)) {
        assertThatThrownBy(outcome::get).isInstanceOf(ExecutionException.class);
      }
    }
  }

  @Test
  void several_threads_store_everything_once() throws Exception {
    GroupCommit wide = new GroupCommit(database.transactions(), 4);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 400)
          .forEach(id -> threads.execute(() -> assertThat(wide.run(() -> note(id))).isEqualTo(id)));
    }
    assertThat(stored()).hasSize(400);
    assertThat(wide.threads()).hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void within_a_transaction_it_is_a_part_of_that() {
    database
        .transactions()
        .executeWithoutResult(status -> {
          assertThat(group.run(() -> note(1))).isEqualTo(1);
          status.setRollbackOnly();
        });
    assertThat(stored()).isEmpty();
    assertThat(commits.get()).isZero();
  }

  @Test
  void it_serves_again_after_it_had_nothing_to_do() throws Exception {
    assertThat(group.run(() -> note(1))).isEqualTo(1);
    for (Thread served : group.threads()) {
      served.join();
    }
    assertThat(group.run(() -> note(2))).isEqualTo(2);
    assertThat(stored()).containsExactly(1, 2);
  }
}

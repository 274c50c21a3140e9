package dev.jobradar.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.TransactionException;

/**
 * What happens to SQLite from outside: afterwards every connection of the pool works, and exactly
 * what was reported as stored is stored.
 */
@Timeout(120)
class SqliteFaultsIT {
  /** More than the pool has connections, so that each of them is used. */
  private static final int EDITS = 40;

  private final TestDatabase database = TestDatabase.open(Vendor.SQLITE);
  private final Set<Integer> reported = new TreeSet<>();
  private int last;

  SqliteFaultsIT() {
    database.client().sql("create table edits (id integer primary key, text text)").update();
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** One edit of two statements; what is thrown is reported to the person. */
  private boolean edit(int id, String text) {
    try {
      database
          .transactions()
          .executeWithoutResult(status -> {
            database.client().sql("insert into edits values (?, ?)").params(id, text).update();
            database
                .client()
                .sql("update edits set text = ? where id = ?")
                .params(text, id)
                .update();
          });
      synchronized (reported) {
        reported.add(id);
      }
      return true;
    } catch (DataAccessException | TransactionException e) {
      return false;
    }
  }

  private int edits(int count, String text) throws Exception {
    List<Callable<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int id = ++last;
      all.add(() -> edit(id, text));
    }
    int succeeded = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> each : threads.invokeAll(all)) {
        succeeded += each.get() ? 1 : 0;
      }
    }
    return succeeded;
  }

  private Set<Integer> stored() {
    return new TreeSet<>(database.client().sql("select id from edits").query(Integer.class).list());
  }

  private void assertWholeAgain() throws Exception {
    assertThat(edits(EDITS, "after")).as("edits that succeed").isEqualTo(EDITS);
    assertThat(stored()).isEqualTo(reported);
  }

  private Connection otherProgram() throws SQLException {
    return DriverManager.getConnection(database.settings().databaseUrl());
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void a_lock_held_by_another_program_breaks_no_connection() throws Exception {
    try (Connection other = otherProgram()) {
      run(other, "begin immediate");
      assertThat(edits(8, "meanwhile")).as("edits that succeed").isZero();
      assertThatThrownBy(
              () -> database.client().sql("insert into edits values (0, 'by itself')").update())
          .isInstanceOf(CannotAcquireLockException.class);
      run(other, "rollback");
    }
    assertWholeAgain();
  }

  @Test
  void threads_that_wait_for_a_lock_leave_the_processors_to_others() throws Exception {
    int writers = 2 * Runtime.getRuntime().availableProcessors();
    SqliteDataSource source = new SqliteDataSource(database.settings().databaseUrl());
    CountDownLatch begun = new CountDownLatch(writers);
    AtomicInteger over = new AtomicInteger();
    List<Thread> waiting = new ArrayList<>();
    try (Connection other = otherProgram()) {
      run(other, "begin immediate");
      for (int i = 0; i < writers; i++) {
        waiting.add(
            Thread.ofVirtual()
                .start(() -> {
                  try (Connection connection = source.getConnection()) {
                    begun.countDown();
                    run(connection, "insert into edits values (0, '')");
                  } catch (SQLException locked) {
                    // expected
                  } finally {
                    over.incrementAndGet();
                  }
                }));
      }
      begun.await();
      AtomicInteger overMeanwhile = new AtomicInteger(-1);
      Thread innocent = Thread.ofVirtual().start(() -> overMeanwhile.set(over.get()));
      innocent.join();
      assertThat(overMeanwhile).as("writers that had to give up first").hasValue(0);
      run(other, "rollback");
    }
    for (Thread each : waiting) {
      each.join();
    }
    assertThat(stored()).containsExactly(0);
  }

  @Test
  void a_batch_without_a_transaction_is_stored_as_a_whole_once_the_lock_is_free() throws Exception {
    SqliteDataSource source = new SqliteDataSource(database.settings().databaseUrl());
    CountDownLatch begun = new CountDownLatch(1);
    try (Connection other = otherProgram();
        Connection ours = source.getConnection();
        PreparedStatement batch = ours.prepareStatement("insert into edits values (?, '')")) {
      for (int id = 1; id <= 3; id++) {
        batch.setInt(1, id);
        batch.addBatch();
      }
      run(other, "begin immediate");
      Thread writer =
          Thread.ofVirtual()
              .start(() -> {
                begun.countDown();
                try {
                  batch.executeBatch();
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      begun.await();
      run(other, "insert into edits values (4, '')");
      run(other, "commit");
      writer.join();
      assertThat(stored()).containsExactly(1, 2, 3, 4);
      batch.setInt(1, 5);
      batch.addBatch();
      batch.setInt(1, 4);
      batch.addBatch();
      assertThatThrownBy(batch::executeBatch).isInstanceOf(SQLException.class);
      assertThat(stored()).containsExactly(1, 2, 3, 4);
      assertThat(ours.getAutoCommit()).isTrue();
    }
    assertThat(edits(EDITS, "after")).isEqualTo(EDITS - 4);
  }

  @Test
  void a_lock_taken_right_after_a_commit_makes_no_failure_of_it() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch waits = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    Thread other =
        Thread.ofPlatform()
            .start(() -> {
              try (Connection connection = otherProgram()) {
                run(connection, "pragma busy_timeout = 20000");
                begun.await();
                waits.countDown();
                run(connection, "begin immediate");
                over.await();
                run(connection, "rollback");
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    database
        .transactions()
        .executeWithoutResult(status -> {
          database.client().sql("insert into edits values (1000, '')").update();
          reported.add(1000);
          begun.countDown();
          try {
            waits.await();
            // Not for luck: however late the other one comes, nothing may fail here.
            Thread.sleep(300);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    over.countDown();
    other.join();
    assertWholeAgain();
  }

  @Test
  void a_full_disk_stores_nothing_and_breaks_no_connection() throws Exception {
    int pages = database.client().sql("pragma page_count").query(Integer.class).single();
    database.onEachConnection("pragma max_page_count = " + pages);
    assertThat(edits(20, "x".repeat(100_000))).as("edits that succeed").isZero();
    assertThat(
            catchThrowable(() ->
                database
                    .client()
                    .sql("insert into edits values (0, ?)")
                    .param("x".repeat(100_000))
                    .update()))
        .isInstanceOf(DataAccessResourceFailureException.class);
    database.onEachConnection("pragma max_page_count = 1000000");
    assertWholeAgain();
  }

  @Test
  void what_is_run_after_the_disk_was_full_is_not_stored_by_itself() throws Exception {
    int pages = database.client().sql("pragma page_count").query(Integer.class).single();
    database.onEachConnection("pragma max_page_count = " + pages);
    Throwable failure =
        catchThrowable(() ->
            database
                .transactions()
                .executeWithoutResult(status -> {
                  database.client().sql("insert into edits values (1000, '')").update();
                  try {
                    database
                        .client()
                        .sql("insert into edits values (1001, ?)")
                        .param("x".repeat(100_000))
                        .update();
                  } catch (DataAccessResourceFailureException full) {
                    database.client().sql("insert into edits values (1002, '')").update();
                  }
                }));
    assertThat(failure).isInstanceOf(DataAccessException.class);
    database.onEachConnection("pragma max_page_count = 1000000");
    assertWholeAgain();
  }

  @Test
  void a_read_only_database_stores_nothing_and_breaks_no_connection() throws Exception {
    database.onEachConnection("pragma query_only = 1");
    assertThat(edits(8, "meanwhile")).as("edits that succeed").isZero();
    database.onEachConnection("pragma query_only = 0");
    assertWholeAgain();
  }

  @Test
  void a_constraint_leaves_the_transaction_as_it_is() {
    database
        .transactions()
        .executeWithoutResult(status -> {
          database.client().sql("insert into edits values (1, 'a')").update();
          assertThatThrownBy(
                  () -> database.client().sql("insert into edits values (1, 'b')").update())
              .isInstanceOf(DuplicateKeyException.class);
          database.client().sql("insert into edits values (2, 'c')").update();
        });
    assertThat(stored()).containsExactly(1, 2);
  }

  @Test
  void an_io_error_at_every_statement_is_over_with_its_cause() throws Exception {
    for (int step = 1; step <= 4; step++) {
      database.failAtStep(step);
      edit(++last, "meanwhile");
      database.failed();
    }
    // One whose answer was lost after the commit is stored although it was reported as failed.
    reported.addAll(stored());
    assertWholeAgain();
  }
}

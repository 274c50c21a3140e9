package dev.jobradar.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.testsupport.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class InstanceLockIT {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Vendor.class)
  void a_second_one_is_refused_while_the_first_is_held(Vendor vendor) {
    StorageSettings settings = TestDatabase.newSettings(vendor, folder);
    try (InstanceLock first = InstanceLock.take(settings)) {
      assertThat(first.held()).isTrue();
      assertThatThrownBy(() -> InstanceLock.take(settings))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("another JobRadar");
    }
  }

  @ParameterizedTest
  @EnumSource(Vendor.class)
  void another_one_gets_it_once_it_was_given_back(Vendor vendor) {
    StorageSettings settings = TestDatabase.newSettings(vendor, folder);
    InstanceLock.take(settings).close();
    try (InstanceLock second = InstanceLock.take(settings)) {
      assertThat(second.held()).isTrue();
    }
  }

  @Test
  void another_way_to_the_same_file_leads_to_the_same_lock() throws Exception {
    Path real = Files.createDirectory(folder.resolve("real"));
    Files.createFile(real.resolve("db"));
    Path link = Files.createSymbolicLink(folder.resolve("link.db"), real.resolve("db"));
    Path folders = Files.createSymbolicLink(folder.resolve("folders"), real);
    try (InstanceLock first = InstanceLock.take(sqlite(real.resolve("db")))) {
      assertThat(first.held()).isTrue();
      for (Path other : List.of(link, folders.resolve("db"), real.resolve("../real/db"))) {
        assertThatThrownBy(() -> InstanceLock.take(sqlite(other)))
            .isInstanceOf(StorageException.class)
            .hasMessageContaining("another JobRadar");
      }
    }
  }

  @Test
  void a_file_url_is_refused_since_its_meaning_depends_on_the_current_folder() {
    StorageSettings settings =
        new StorageSettings(folder, "jdbc:sqlite:file:" + folder + "/db", null, null, null, null);
    assertThatThrownBy(() -> InstanceLock.take(settings))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("without file:");
  }

  private StorageSettings sqlite(Path file) {
    return new StorageSettings(folder, "jdbc:sqlite:" + file, null, null, null, null);
  }

  private static void terminate(StorageSettings settings, String order) throws SQLException {
    try (Connection admin = DriverManager.getConnection(settings.databaseUrl(), "postgres", null);
        Statement statement = admin.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where application_name = 'jobradar-lock' and datname = current_database()"
              + " order by backend_start "
              + order
              + " limit 1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"asc", "desc"})
  void whichever_connection_it_loses_nobody_else_gets_it_before_everything_is_closed(String order)
      throws Exception {
    StorageSettings settings = TestDatabase.newSettings(Vendor.POSTGRESQL, folder);
    CountDownLatch told = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    try (InstanceLock lock = InstanceLock.take(settings)) {
      lock.onLost(() -> {
        told.countDown();
        try {
          closed.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
      terminate(settings, order);
      assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(lock.held()).isFalse();
      assertThatThrownBy(() -> InstanceLock.take(settings))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("another JobRadar");
      closed.countDown();
      try (InstanceLock other = taken(settings)) {
        assertThat(other.held()).isTrue();
      }
    }
  }

  private static InstanceLock taken(StorageSettings settings) {
    AtomicReference<InstanceLock> lock = new AtomicReference<>();
    Eventually.await(
        "the lock is free",
        () -> {
          try {
            lock.set(InstanceLock.take(settings));
            return true;
          } catch (StorageException notYet) {
            return false;
          }
        });
    return Objects.requireNonNull(lock.get());
  }

  @Test
  void it_is_taken_only_of_a_server_that_has_been_up_for_a_while() throws Exception {
    StorageSettings settings = TestDatabase.newSettings(Vendor.POSTGRESQL, folder);
    try (InstanceLock lock = InstanceLock.take(settings);
        Connection admin = DriverManager.getConnection(settings.databaseUrl(), "postgres", null);
        Statement statement = admin.createStatement();
        ResultSet age =
            statement.executeQuery(
                "select extract(epoch from clock_timestamp() - pg_postmaster_start_time())")) {
      assertThat(lock.held()).isTrue();
      assertThat(age.next()).isTrue();
      assertThat(age.getDouble(1)).isGreaterThan((double) AdvisoryInstanceLock.NOTICED.toSeconds());
    }
  }
}

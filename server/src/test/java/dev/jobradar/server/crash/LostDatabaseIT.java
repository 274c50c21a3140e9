package dev.jobradar.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.sandbox.ReadyAccount;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.net.ConnectionCount;
import dev.jobradar.server.faults.ReadyUser;
import dev.jobradar.server.storage.ProcessEnd;
import dev.jobradar.server.storage.TestDatabase;
import dev.jobradar.server.storage.Vault;
import dev.jobradar.server.storage.Vendor;
import dev.jobradar.testsupport.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that loses its database, or the lock on it, while it has a connection to Telegram. */
@Order(2)
@Timeout(300)
class LostDatabaseIT {
  @TempDir Path folder;

  private final Sandbox sandbox = Sandbox.builder().strict(true).start();

  @AfterEach
  void close() {
    sandbox.close();
  }

  private static void terminate(TestDatabase database, String order) {
    database
        .client()
        .sql(
            "select pg_terminate_backend(pid) from pg_stat_activity"
                + " where application_name = 'jobradar-lock' and datname = current_database()"
                + " order by backend_start "
                + order
                + " limit 1")
        .query()
        .listOfRows();
  }

  @Test
  void it_closes_its_connections_says_why_and_exits_and_the_next_one_goes_on() throws Exception {
    try (TestDatabase database = TestDatabase.open(Vendor.POSTGRESQL)) {
      ReadyAccount account = stored(database);
      for (String order : List.of("asc", "desc")) {
        Path logs = Files.createDirectory(folder.resolve(order));
        try (RunningService service = RunningService.start(database.settings(), sandbox, logs)) {
          service.awaitReady();
          Eventually.await("a connection", () -> open(account) == 1);
          terminate(database, order);
          assertThat(service.awaitExit()).isEqualTo(ProcessEnd.Reason.LOCK_LOST.exitCode());
          assertThat(service.tail()).contains("it has lost its lock on the database");
        }
        Eventually.await("no connection", () -> sandbox.stats().connections() == 0);
      }
    }
    assertThat(sandbox.stats().maxOpenPerKey()).isEqualTo(1);
    assertThat(sandbox.stats().maxOpenPerAccount()).isEqualTo(1);
  }

  private ReadyAccount stored(TestDatabase database) {
    ReadyAccount account = sandbox.readyAccounts(1).getFirst();
    List<String> channels = ReadyUser.channels(sandbox, account, true, 1);
    ReadyUser.store(database, Vault.open(database.settings()), account, channels);
    return account;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void it_ends_when_its_sqlite_file_is_deleted_or_another_takes_its_place(boolean replaced)
      throws Exception {
    try (TestDatabase database = TestDatabase.open(Vendor.SQLITE)) {
      ReadyAccount account = stored(database);
      Path file = database.settings().home().resolve("jobradar.db");
      try (RunningService service = RunningService.start(database.settings(), sandbox, folder)) {
        service.awaitReady();
        Eventually.await("a connection", () -> open(account) == 1);
        if (replaced) {
          Path other = Files.copy(file, folder.resolve("other.db"));
          Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        } else {
          Files.delete(file);
        }
        assertThat(service.awaitExit()).isEqualTo(ProcessEnd.Reason.DATABASE_REPLACED.exitCode());
        assertThat(service.tail()).contains("deleted, moved or replaced");
      }
      Eventually.await("no connection", () -> sandbox.stats().connections() == 0);
    }
  }

  /** How many connections are open that the account is signed in on. */
  private int open(ReadyAccount account) {
    return sandbox
        .connectionsOfAccounts()
        .getOrDefault(account.user(), ConnectionCount.NONE)
        .open();
  }
}

package dev.jobradar.benchmarks.load;

import dev.jobradar.benchmarks.SandboxChild.Account;
import dev.jobradar.sandbox.feed.LoadChannels;
import dev.jobradar.server.storage.KeyRotation;
import dev.jobradar.server.storage.StorageSettings;
import dev.jobradar.server.storage.Vault;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The service's database: a file in its home folder, or a PostgreSQL server of this run's own.
 * Users are put in as the service would have stored them, while it is stopped.
 */
final class LoadDatabase implements AutoCloseable {
  private final Path home;
  private final @Nullable EmbeddedPostgres server;
  private final Path data;

  private LoadDatabase(Path home, @Nullable EmbeddedPostgres server, Path data) {
    this.home = home;
    this.server = server;
    this.data = data;
  }

  /**
   * Begins: an empty one.
   *
   * @param home the service's home folder
   */
  static LoadDatabase open(LoadOptions.Database kind, Path home) throws IOException {
    Path data = home.resolve("postgresql");
    return switch (kind) {
      case SQLITE -> new LoadDatabase(home, null, data);
      case POSTGRESQL ->
          new LoadDatabase(
              home,
              EmbeddedPostgres.builder()
                  .setServerConfig("max_connections", "300")
                  .setDataDirectory(data)
                  .start(),
              data);
    };
  }

  /** What the service has to be told. */
  Map<String, String> environment() {
    return server == null
        ? Map.of()
        : Map.of("JOBRADAR_DATABASE", postgres(server), "JOBRADAR_DATABASE_USER", "postgres");
  }

  private static String postgres(EmbeddedPostgres server) {
    return "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
  }

  private Connection connect() throws SQLException {
    return server == null
        ? DriverManager.getConnection(
            "jdbc:sqlite:" + home.resolve("jobradar.db") + "?busy_timeout=10000")
        : DriverManager.getConnection(postgres(server), "postgres", "");
  }

  /** Puts the users in, signed in and with running tasks. The service has made its tables. */
  void store(LoadPlan plan, List<Account> accounts) throws SQLException {
    Vault vault = Vault.open(new StorageSettings(home, null, null, null, null, null));
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      try (PreparedStatement users =
              connection.prepareStatement(
                  """
                  insert into users (telegram_user_id, phone, plan, created_at, updated_at)
                  values (?, ?, 'business', ?, ?) returning id
                  """);
          PreparedStatement sessions =
              connection.prepareStatement(
                  "insert into telegram_sessions (user_id, sealed, updated_at) values (?, ?, ?)");
          PreparedStatement tasks =
              connection.prepareStatement(
                  """
                  insert into tasks (user_id, name, status, include_keywords, exclude_keywords,
                                     created_at, updated_at)
                  values (?, ?, 'running', ?, ?, ?, ?) returning id
                  """);
          PreparedStatement sources =
              connection.prepareStatement(
                  "insert into sources (task_id, name, place, updated_at) values (?, ?, ?, ?)")) {
        long now = System.currentTimeMillis();
        for (int user = 0; user < plan.users(); user++) {
          Account account = accounts.get(user);
          long id = insert(users, account.userId(), account.phone(), now, now);
          set(sessions, id, vault.seal(account.session(), KeyRotation.sessionContext(id)), now);
          sessions.addBatch();
          for (int task = 0; task < LoadPlan.TASKS; task++) {
            long taskId =
                insert(
                    tasks,
                    id,
                    "Task " + (task + 1),
                    include(LoadPlan.group(user), task),
                    "[\"стажёр\"]",
                    now,
                    now);
            for (int place = 0; place < LoadPlan.SOURCES; place++) {
              int rank = plan.channelsOf(user).get(task * LoadPlan.SOURCES + place);
              set(sources, taskId, LoadChannels.name(rank), place, now);
              sources.addBatch();
            }
          }
        }
        int[] _ = sessions.executeBatch();
        int[] _ = sources.executeBatch();
      }
      connection.commit();
    }
  }

  /** A group's word, and two that nobody writes: few people look for one word alone. */
  private static String include(int group, int task) {
    return "[\"%s\", \"бариста %d\", \"пекарь | кондитер\"]"
        .formatted(LoadPost.keyword(group), task);
  }

  private static long insert(PreparedStatement statement, Object... values) throws SQLException {
    set(statement, values);
    try (ResultSet made = statement.executeQuery()) {
      if (!made.next()) {
        throw new SQLException("nothing was inserted");
      }
      return made.getLong(1);
    }
  }

  private static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  /** How many channels of tasks the service has not begun to watch. */
  long unwatched() throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "select count(*) from sources where last_message_id is null");
        ResultSet count = statement.executeQuery()) {
      return count.next() ? count.getLong(1) : 0;
    }
  }

  /** CPU time of the server's processes so far; empty when the service's own process does it. */
  Optional<Duration> cpu() throws IOException {
    if (server == null) {
      return Optional.empty();
    }
    long pid =
        Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
    return ProcessHandle.of(pid)
        .map(postmaster ->
            Stream.concat(Stream.of(postmaster), postmaster.descendants())
                .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus));
  }

  /** Stops the server, if there is one. The second time it does nothing. */
  @Override
  public void close() throws IOException {
    if (server != null) {
      server.close();
    }
  }
}

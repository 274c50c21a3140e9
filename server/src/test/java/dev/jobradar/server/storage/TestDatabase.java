package dev.jobradar.server.storage;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An empty database with our schema, of either vendor. Each is a file, or a database of the JVM's
 * PostgreSQL server, of its own.
 */
public final class TestDatabase implements AutoCloseable {
  private final StorageSettings settings;
  private final Path folder;
  private final HikariDataSource dataSource;
  private final FaultyDataSource faulty;
  private final JdbcTemplate template;
  private final GroupCommit group;

  private TestDatabase(StorageSettings settings, Path folder) {
    this.settings = settings;
    this.folder = folder;
    this.dataSource = dataSource(settings);
    this.faulty = new FaultyDataSource(dataSource);
    this.template = new JdbcTemplate(faulty);
    template.setExceptionTranslator(new StorageConfiguration().sqlExceptionTranslator(settings));
    this.group = GroupCommit.on(settings.vendor(), transactions());
  }

  /** As the service has it, but without connections in store: most tests need one or two. */
  static HikariDataSource dataSource(StorageSettings settings) {
    var made = (HikariDataSource) new StorageConfiguration().dataSource(settings, new NoLock());
    made.setMinimumIdle(0);
    return made;
  }

  /** What these settings name, as it is; it is deleted with its home folder. */
  static TestDatabase at(StorageSettings settings) {
    return new TestDatabase(settings, settings.home());
  }

  /** A new one, empty but for the schema. */
  public static TestDatabase open(Vendor vendor) {
    try {
      Path folder = Files.createTempDirectory("jobradar-test-");
      return new TestDatabase(TestSchema.newDatabase(vendor, folder), folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Settings of a database that does not hold anything yet, not even a schema. */
  public static StorageSettings newSettings(Vendor vendor, Path folder) {
    return switch (vendor) {
      case SQLITE -> new StorageSettings(folder, null, null, null, null, null);
      case POSTGRESQL -> postgres(folder, TestPostgres.server().create("template1"));
    };
  }

  static StorageSettings postgres(Path folder, String name) {
    return new StorageSettings(
        folder, TestPostgres.server().url(name), "postgres", null, null, null);
  }

  /** Where it is. */
  public StorageSettings settings() {
    return settings;
  }

  /**
   * The database fails once at one of its next steps, as if the process ended there: a step is a
   * statement, the moment before a commit, or the one after it.
   *
   * @param step 1 for the next one
   */
  public void failAtStep(int step) {
    faulty.failAtStep(step);
  }

  /** As {@link #failAtStep}, and at every step after that. */
  public void failFromStep(int step) {
    faulty.failFromStep(step);
  }

  /** It fails no more; says whether it did since it was told to. */
  public boolean failed() {
    return faulty.healed();
  }

  /** Runs a statement on every connection of the pool, such as a pragma. */
  public void onEachConnection(String sql) {
    List<Connection> all = new ArrayList<>();
    try {
      for (int i = 0; i < dataSource.getMaximumPoolSize(); i++) {
        all.add(dataSource.getConnection());
      }
      for (Connection each : all) {
        try (Statement statement = each.createStatement()) {
          statement.execute(sql);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    } finally {
      for (Connection each : all) {
        closeQuietly(each);
      }
    }
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Statements. */
  public JdbcClient client() {
    return JdbcClient.create(template);
  }

  /** Batches of statements. */
  public JdbcTemplate template() {
    return template;
  }

  /** Transactions. */
  public TransactionTemplate transactions() {
    JdbcTransactionManager manager = new JdbcTransactionManager(faulty);
    manager.setExceptionTranslator(template.getExceptionTranslator());
    return new TransactionTemplate(manager);
  }

  /** Transactions that are shared. */
  public GroupCommit group() {
    return group;
  }

  @Override
  public void close() {
    dataSource.close();
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : all) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each test has its database to itself. */
  private static final class NoLock implements InstanceLock {
    @Override
    public void onLost(Runnable action) {}

    @Override
    public boolean held() {
      return true;
    }

    @Override
    public void close() {}
  }
}

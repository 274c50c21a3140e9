package dev.jobradar.server.storage;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An empty database with our schema, of either vendor, made as the service makes it. PostgreSQL is
 * started once per JVM and stopped with it; each of these is a database of its own there.
 */
public final class TestDatabase implements AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static @Nullable EmbeddedPostgres postgres;

  private final StorageSettings settings;
  private final Path folder;
  private final HikariDataSource dataSource;
  private final FaultyDataSource faulty;
  private final JdbcTemplate template;

  private TestDatabase(StorageSettings settings, Path folder) {
    this.settings = settings;
    this.folder = folder;
    StorageConfiguration configuration = new StorageConfiguration();
    this.dataSource = (HikariDataSource) configuration.dataSource(settings, new NoLock());
    this.faulty = new FaultyDataSource(dataSource);
    this.template = new JdbcTemplate(faulty);
    template.setExceptionTranslator(configuration.sqlExceptionTranslator(settings));
    Flyway.configure()
        .dataSource(dataSource)
        .placeholders(settings.vendor().placeholders())
        .load()
        .migrate();
  }

  /** A new one, empty but for the schema. */
  public static TestDatabase open(Vendor vendor) {
    Path folder = newFolder();
    return new TestDatabase(newSettings(vendor, folder), folder);
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("jobradar-test-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Settings of a database that does not hold anything yet, not even a schema. */
  public static StorageSettings newSettings(Vendor vendor, Path folder) {
    return switch (vendor) {
      case SQLITE -> new StorageSettings(folder, null, null, null, null, null);
      case POSTGRESQL ->
          new StorageSettings(folder, newPostgresDatabase(), "postgres", null, null, null);
    };
  }

  private static synchronized String newPostgresDatabase() {
    try {
      EmbeddedPostgres server = postgres;
      if (server == null) {
        server = EmbeddedPostgres.builder().setServerConfig("max_connections", "300").start();
        postgres = server;
        Runtime.getRuntime().addShutdownHook(new Thread(TestDatabase::stopPostgres));
      }
      String name = "test" + NUMBER.incrementAndGet();
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("create database " + name);
      }
      return "jdbc:postgresql://localhost:" + server.getPort() + "/" + name;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL made no database", e);
    }
  }

  private static synchronized void stopPostgres() {
    EmbeddedPostgres server = postgres;
    if (server != null) {
      try {
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
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

  /** It fails no more; says whether it did since it was told to. */
  public boolean failed() {
    return faulty.healed();
  }

  /** Statements. */
  public JdbcClient client() {
    return JdbcClient.create(template);
  }

  /** Transactions. */
  public TransactionTemplate transactions() {
    JdbcTransactionManager manager = new JdbcTransactionManager(faulty);
    manager.setExceptionTranslator(template.getExceptionTranslator());
    return new TransactionTemplate(manager);
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

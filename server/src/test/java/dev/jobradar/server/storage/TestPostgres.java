package dev.jobradar.server.storage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server, started once per JVM and stopped with it. Thread-safe. */
final class TestPostgres {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static @Nullable TestPostgres started;

  private final EmbeddedPostgres server;

  private TestPostgres(EmbeddedPostgres server) {
    this.server = server;
  }

  static synchronized TestPostgres server() {
    TestPostgres running = started;
    if (running == null) {
      try {
        running =
            new TestPostgres(
                EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "300")
                    // Only a crash of the whole machine would lose something. Else the last
                    // checkpoint holds up the end of the JVM for half a minute on a busy disk.
                    .setServerConfig("fsync", "off")
                    .start());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      started = running;
      Runtime.getRuntime().addShutdownHook(new Thread(running::stop));
    }
    return running;
  }

  private void stop() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes a database.
   *
   * @param template the name of the database that it is a copy of; nobody may be connected to it
   * @return its name
   */
  String create(String template) {
    String name = "test" + NUMBER.incrementAndGet();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name + " template " + template);
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL made no database", e);
    }
    return name;
  }

  String url(String name) {
    return "jdbc:postgresql://localhost:" + server.getPort() + "/" + name;
  }
}

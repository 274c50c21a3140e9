package dev.jobradar.server.storage;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/**
 * Databases with our schema: it is migrated once per JVM and vendor, and every further database is
 * a copy, which takes a fraction of the time. Thread-safe.
 */
final class TestSchema {
  private static byte @Nullable [] sqlite;
  private static @Nullable String postgres;

  private TestSchema() {}

  /** Settings of a new database that holds the schema and nothing else. */
  static StorageSettings newDatabase(Vendor vendor, Path folder) throws IOException {
    return switch (vendor) {
      case SQLITE -> {
        StorageSettings settings = TestDatabase.newSettings(vendor, folder);
        Files.write(SqliteFile.of(settings.databaseUrl()), migratedFile());
        yield settings;
      }
      case POSTGRESQL -> {
        String template = migratedDatabase(folder);
        yield TestDatabase.postgres(folder, TestPostgres.server().create(template));
      }
    };
  }

  private static synchronized byte[] migratedFile() throws IOException {
    byte[] content = sqlite;
    if (content == null) {
      Path folder = Files.createTempDirectory("jobradar-test-schema-");
      StorageSettings settings = TestDatabase.newSettings(Vendor.SQLITE, folder);
      migrate(settings);
      Path file = SqliteFile.of(settings.databaseUrl());
      content = Files.readAllBytes(file);
      Files.delete(file);
      Files.delete(folder);
      sqlite = content;
    }
    return content;
  }

  private static synchronized String migratedDatabase(Path folder) {
    String name = postgres;
    if (name == null) {
      name = TestPostgres.server().create("template1");
      migrate(TestDatabase.postgres(folder, name));
      postgres = name;
    }
    return name;
  }

  private static void migrate(StorageSettings settings) {
    migrate(settings, "latest");
  }

  /**
   * Migrates up to a version. Closed at the end: SQLite's log is then in the file, and PostgreSQL
   * can copy the database.
   */
  static void migrate(StorageSettings settings, String version) {
    try (HikariDataSource dataSource = TestDatabase.dataSource(settings)) {
      Flyway.configure()
          .dataSource(dataSource)
          .placeholders(settings.vendor().placeholders())
          .target(version)
          .load()
          .migrate();
    }
  }
}

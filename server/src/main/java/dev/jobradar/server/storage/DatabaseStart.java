package dev.jobradar.server.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Opens the database, and looks whether it is one to go on with before anything is changed. */
final class DatabaseStart {
  private DatabaseStart() {}

  /**
   * A pool of connections.
   *
   * @throws StorageException when there is no usable database, or an empty one where an older one
   *     is expected
   */
  static HikariDataSource open(StorageSettings settings, HikariConfig config) {
    HikariDataSource source;
    try {
      source = new HikariDataSource(config);
    } catch (PoolInitializationException e) {
      throw unusable(settings, e);
    }
    try (Connection connection = source.getConnection()) {
      if (settings.vendor() == Vendor.SQLITE) {
        checkIntegrity(settings, connection);
      }
      checkExpected(settings, connection);
      return source;
    } catch (SQLException e) {
      source.close();
      throw unusable(settings, e);
    } catch (StorageException e) {
      source.close();
      throw e;
    }
  }

  /** Finds pages that were overwritten or cut off; reads the file once. */
  private static void checkIntegrity(StorageSettings settings, Connection connection)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("pragma quick_check(1)")) {
      if (answer.next() && !"ok".equals(answer.getString(1))) {
        throw damaged(settings, null);
      }
    }
  }

  /** A new database would look like one in which everybody's tasks and leads are gone. */
  private static void checkExpected(StorageSettings settings, Connection connection)
      throws SQLException {
    boolean keysAreThere =
        (settings.key() == null || settings.key().isBlank())
            && Files.exists(settings.keyFileOrDefault());
    if (!keysAreThere || settings.newDatabase() || hasTables(connection)) {
      return;
    }
    throw new StorageException(
        "the database "
            + name(settings)
            + " is empty, but there is a key file "
            + settings.keyFileOrDefault()
            + " from before. Put the database back where it was; or, to begin with an empty one,"
            + " set JOBRADAR_NEW_DATABASE=true for this start");
  }

  private static boolean hasTables(Connection connection) throws SQLException {
    try (ResultSet tables =
        connection.getMetaData().getTables(null, null, "users", new String[] {"TABLE"})) {
      return tables.next();
    }
  }

  private static StorageException unusable(StorageSettings settings, Exception failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (settings.vendor() == Vendor.SQLITE
        && cause instanceof SQLException sql
        && SqliteErrors.isDamage(sql)) {
      return damaged(settings, failure);
    }
    return new StorageException(
        "the database " + name(settings) + " cannot be used: " + cause.getMessage(), failure);
  }

  private static StorageException damaged(
      StorageSettings settings, @org.jspecify.annotations.Nullable Exception cause) {
    return new StorageException(
        "the database "
            + name(settings)
            + " is damaged, or is no SQLite database: put a backup in its place",
        cause);
  }

  /** PostgreSQL's URL may hold a password. */
  private static String name(StorageSettings settings) {
    return switch (settings.vendor()) {
      case SQLITE -> SqliteFile.of(settings.databaseUrl()).toString();
      case POSTGRESQL -> "of PostgreSQL";
    };
  }
}

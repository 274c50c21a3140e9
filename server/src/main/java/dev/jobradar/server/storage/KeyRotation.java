package dev.jobradar.server.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Encrypts every stored session with a new key. First both keys are written, then the sessions,
 * then the old key is taken out: wherever it is cut off, everything can still be read, and doing it
 * again ends it.
 */
public final class KeyRotation {
  private static final Logger log = LoggerFactory.getLogger(KeyRotation.class);

  private record Row(long userId, String sealed) {}

  private KeyRotation() {}

  /** What a user's stored session is bound to. */
  public static String sessionContext(long userId) {
    return "session " + userId;
  }

  /**
   * Rotates the key in the key file.
   *
   * @return how many sessions were re-encrypted
   * @throws StorageException when JobRadar is running on this database, or its keys are not in a
   *     file
   */
  public static int rotate(StorageSettings settings) {
    String given = settings.key();
    if (given != null && !given.isBlank()) {
      throw new StorageException(
          "the keys come from JOBRADAR_KEY, which this command cannot change: put them into a file"
              + " and name that with JOBRADAR_KEY_FILE");
    }
    Path file = settings.keyFileOrDefault();
    if (!Files.exists(file)) {
      throw new StorageException(
          "there is no key file " + file + ": is that the home folder that JobRadar runs with?");
    }
    if (settings.vendor() == Vendor.SQLITE
        && !Files.exists(SqliteFile.of(settings.databaseUrl()))) {
      throw new StorageException("there is no database " + SqliteFile.of(settings.databaseUrl()));
    }
    try (InstanceLock lock = InstanceLock.take(settings)) {
      Vault both = Vault.open(settings).rotated();
      both.write(file);
      DataSource source = new StorageConfiguration().dataSource(settings, lock);
      try {
        int sessions = reseal(JdbcClient.create(source), both);
        both.withoutOldKeys().write(file);
        return sessions;
      } finally {
        close(source);
      }
    } catch (IOException e) {
      throw new StorageException("the key file " + file + " cannot be written", e);
    }
  }

  private static int reseal(JdbcClient db, Vault vault) {
    List<Row> rows =
        db.sql("select user_id, sealed from telegram_sessions where sealed is not null")
            .query((row, n) -> new Row(row.getLong("user_id"), row.getString("sealed")))
            .list();
    for (Row row : rows) {
      String context = sessionContext(row.userId());
      db.sql("update telegram_sessions set sealed = ? where user_id = ?")
          .params(vault.seal(vault.open(row.sealed(), context), context), row.userId())
          .update();
    }
    log.info("{} sessions were re-encrypted with a new key", rows.size());
    return rows.size();
  }

  private static void close(DataSource source) {
    if (source instanceof com.zaxxer.hikari.HikariDataSource pool) {
      pool.close();
    }
  }
}

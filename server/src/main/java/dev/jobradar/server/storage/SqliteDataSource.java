package dev.jobradar.server.storage;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.sqlite.SQLiteConnection;

/**
 * Opens connections to a SQLite file, each with {@link SqliteTransactions} in place of the driver's
 * own transactions. Thread-safe.
 */
final class SqliteDataSource extends AbstractDataSource {
  /**
   * WAL: readers do not wait for the writer. The timeout is for opening; see below. The cache is of
   * 8 MB for each connection.
   */
  private static final String OPTIONS =
      "journal_mode=WAL&busy_timeout=5000&foreign_keys=true&cache_size=-8000";

  private final String url;
  private final SqliteWriteLock lock = new SqliteWriteLock();

  /**
   * @param url the database's JDBC URL; its own options are kept
   */
  SqliteDataSource(String url) {
    this.url = url + (url.indexOf('?') < 0 ? "?" : "&") + OPTIONS;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection driver = DriverManager.getConnection(url);
    // From here on SqliteWriteLock waits.
    driver.unwrap(SQLiteConnection.class).setBusyTimeout(0);
    return SqliteTransactions.around(driver, lock);
  }

  /** Opening a file does not wait for anybody. */
  @Override
  public void setLoginTimeout(int seconds) {}

  /** SQLite has no users. */
  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }
}

package dev.jobradar.server.storage;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL's advisory lock, on a connection of its own: the server gives it back when that
 * connection ends. It is looked at every second; once it is lost it stays lost.
 */
final class AdvisoryInstanceLock implements InstanceLock {
  private static final Logger log = LoggerFactory.getLogger(AdvisoryInstanceLock.class);

  /** "jobradar" in ASCII: advisory locks are told apart by a number. */
  private static final long NUMBER = 0x6a6f627261646172L;

  private static final Duration LOOK = Duration.ofSeconds(1);

  /** A server that does not answer for so long may have given the lock to somebody else. */
  private static final int ANSWER_SECONDS = 5;

  private final Connection connection;
  private final Thread watcher;
  private final List<Runnable> actions = new ArrayList<>();
  private boolean lost;
  private boolean closed;

  private AdvisoryInstanceLock(Connection connection) {
    this.connection = connection;
    this.watcher = Thread.ofVirtual().name("instance-lock").unstarted(this::watch);
  }

  static AdvisoryInstanceLock take(StorageSettings settings) {
    Properties properties = new Properties();
    if (settings.databaseUser() != null) {
      properties.setProperty("user", settings.databaseUser());
    }
    if (settings.databasePassword() != null) {
      properties.setProperty("password", settings.databasePassword());
    }
    properties.setProperty("ApplicationName", "jobradar-lock");
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("socketTimeout", Integer.toString(ANSWER_SECONDS));
    properties.setProperty("tcpKeepAlive", "true");
    Connection connection = null;
    try {
      connection = DriverManager.getConnection(settings.databaseUrl(), properties);
      if (!tryLock(connection)) {
        connection.close();
        throw new StorageException(
            "another JobRadar uses this PostgreSQL database: two at once would open two Telegram"
                + " connections for a user. End the other one first, or give this one a database of"
                + " its own");
      }
      AdvisoryInstanceLock lock = new AdvisoryInstanceLock(connection);
      lock.watcher.start();
      return lock;
    } catch (SQLException e) {
      closeQuietly(connection);
      throw new StorageException("PostgreSQL cannot be used: " + e.getMessage(), e);
    }
  }

  private static boolean tryLock(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select pg_try_advisory_lock(?)")) {
      statement.setLong(1, NUMBER);
      try (ResultSet answer = statement.executeQuery()) {
        return answer.next() && answer.getBoolean(1);
      }
    }
  }

  private void watch() {
    while (true) {
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException e) {
        return;
      }
      if (!answers()) {
        lose();
        return;
      }
    }
  }

  private boolean answers() {
    try {
      return connection.isValid(ANSWER_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  private void lose() {
    List<Runnable> toRun;
    synchronized (this) {
      if (closed) {
        return;
      }
      lost = true;
      toRun = List.copyOf(actions);
    }
    log.error("the lock on the database is lost: another JobRadar may take over");
    toRun.forEach(Runnable::run);
    closeQuietly(connection);
  }

  @Override
  public void onLost(Runnable action) {
    synchronized (this) {
      if (!lost) {
        actions.add(action);
        return;
      }
    }
    action.run();
  }

  @Override
  public synchronized boolean held() {
    return !lost && !closed;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    watcher.interrupt();
    closeQuietly(connection);
  }

  private static void closeQuietly(@org.jspecify.annotations.Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        log.debug("the lock's connection was not closed well", e);
      }
    }
  }
}

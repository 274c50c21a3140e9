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
 * PostgreSQL's advisory locks, two of them, each on a connection of its own: the server gives one
 * back when its connection ends. They are looked at every second. When one is lost, everything is
 * closed while the other still keeps everybody else out; only then is that one given back too. Once
 * lost it stays lost.
 *
 * <p>Both at once are lost when the server ends: who gets the locks of one that has only just begun
 * waits until whoever had them before has noticed.
 */
final class AdvisoryInstanceLock implements InstanceLock {
  private static final Logger log = LoggerFactory.getLogger(AdvisoryInstanceLock.class);

  /** "jobradar" in ASCII: advisory locks are told apart by a number. */
  private static final long NUMBER = 0x6a6f627261646172L;

  private static final int LOCKS = 2;
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** A server that does not answer for this long may have given the lock to another process. */
  private static final int ANSWER_SECONDS = 5;

  /** A lost lock is noticed and everything closed within this time after the server ended. */
  static final Duration NOTICED = Duration.ofSeconds(10);

  private final List<Connection> connections;
  private final List<Thread> watchers = new ArrayList<>();
  private final List<Runnable> actions = new ArrayList<>();
  private boolean lost;
  private boolean closed;

  private AdvisoryInstanceLock(List<Connection> connections) {
    this.connections = List.copyOf(connections);
    for (Connection each : connections) {
      // Platform threads: whatever keeps the carriers busy must not keep a loss from being noticed.
      watchers.add(Thread.ofPlatform().daemon().name("instance-lock").unstarted(() -> watch(each)));
    }
  }

  static AdvisoryInstanceLock take(StorageSettings settings) {
    List<Connection> connections = new ArrayList<>();
    try {
      for (int i = 0; i < LOCKS; i++) {
        Connection connection = connect(settings);
        connections.add(connection);
        if (!tryLock(connection, NUMBER + i)) {
          throw new StorageException(
              "another JobRadar uses this PostgreSQL database: two at once would open two Telegram"
                  + " connections for a user. End the other one first, or give this one a database"
                  + " of its own");
        }
      }
      awaitNoticed(connections.getFirst());
    } catch (SQLException e) {
      connections.forEach(AdvisoryInstanceLock::closeQuietly);
      throw new StorageException("PostgreSQL cannot be used: " + e.getMessage(), e);
    } catch (StorageException e) {
      connections.forEach(AdvisoryInstanceLock::closeQuietly);
      throw e;
    }
    AdvisoryInstanceLock lock = new AdvisoryInstanceLock(connections);
    lock.watchers.forEach(Thread::start);
    return lock;
  }

  private static Connection connect(StorageSettings settings) throws SQLException {
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
    return DriverManager.getConnection(settings.databaseUrl(), properties);
  }

  private static boolean tryLock(Connection connection, long number) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select pg_try_advisory_lock(?)")) {
      statement.setLong(1, number);
      try (ResultSet answer = statement.executeQuery()) {
        return answer.next() && answer.getBoolean(1);
      }
    }
  }

  /** Measured by the server's clock, which restarts with it. */
  private static void awaitNoticed(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement(
                "select extract(epoch from clock_timestamp() - pg_postmaster_start_time())");
        ResultSet answer = statement.executeQuery()) {
      answer.next();
      long age = (long) (answer.getDouble(1) * 1_000);
      long left = NOTICED.toMillis() - age;
      if (left > 0) {
        log.info(
            "PostgreSQL started recently: waiting {} ms for a previous owner of the database",
            left);
        Thread.sleep(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException("interrupted while waiting for the lock on the database");
    }
  }

  private void watch(Connection connection) {
    while (true) {
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException e) {
        return;
      }
      if (!answers(connection)) {
        lose();
        return;
      }
    }
  }

  private static boolean answers(Connection connection) {
    try {
      return connection.isValid(ANSWER_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  private void lose() {
    List<Runnable> toRun;
    synchronized (this) {
      if (closed || lost) {
        return;
      }
      lost = true;
      toRun = List.copyOf(actions);
    }
    log.error("the lock on the database is lost: another JobRadar may take over");
    try {
      toRun.forEach(Runnable::run);
    } finally {
      connections.forEach(AdvisoryInstanceLock::closeQuietly);
    }
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
    watchers.forEach(Thread::interrupt);
    connections.forEach(AdvisoryInstanceLock::closeQuietly);
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      log.debug("the lock's connection was not closed well", e);
    }
  }
}

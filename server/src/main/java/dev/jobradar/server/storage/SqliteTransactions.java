package dev.jobradar.server.storage;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The transactions of one connection to SQLite, in place of sqlite-jdbc's. That one notes "no
 * auto-commit" before it runs {@code BEGIN} (its issue 683), and begins the next transaction within
 * {@code commit()}. When another program holds the lock, the first leaves a connection behind whose
 * every statement commits by itself while {@code commit()} fails, and the second reports a failure
 * of what is stored.
 *
 * <p>Here the driver stays in auto-commit mode and is given {@code BEGIN IMMEDIATE}, {@code COMMIT}
 * and {@code ROLLBACK} as statements; the state changes after the statement has succeeded:
 *
 * <ul>
 *   <li>A transaction whose {@code BEGIN} failed was never begun, and the connection is as before.
 *   <li>A transaction whose {@code COMMIT} failed is rolled back. What reports a failure is not
 *       stored.
 *   <li>SQLite itself rolls back on some errors (sqlite.org/lang_transaction.html), and what is run
 *       after that would commit by itself. After such an error nothing more is run until the
 *       transaction is over.
 *   <li>A connection whose {@code ROLLBACK} failed is reported as lost, so that the pool closes it.
 * </ul>
 *
 * <p>Immediate, because a transaction that reads and then writes would fail when another one wrote
 * meanwhile.
 *
 * <p>Whoever waits for the write lock waits in Java: see {@link SqliteWriteLock}. Prepared
 * statements are kept for their next use: see {@link StatementCache}. As thread-safe as a
 * connection: not.
 */
final class SqliteTransactions implements InvocationHandler {
  private enum State {
    AUTO_COMMIT,
    /** Not in auto-commit mode; the next statement begins a transaction. */
    BETWEEN,
    OPEN,
    /** Failed and rolled back, but its owner has not ended it yet. */
    FAILED,
    /** It is not known whether a transaction is open. */
    BROKEN
  }

  private final Connection driver;
  private final SqliteWriteLock lock;
  private final StatementCache statements = new StatementCache();
  private State state = State.AUTO_COMMIT;
  private int savepoints;

  private SqliteTransactions(Connection driver, SqliteWriteLock lock) {
    this.driver = driver;
    this.lock = lock;
  }

  /**
   * A connection with these transactions.
   *
   * @param driver a connection of sqlite-jdbc in auto-commit mode, not used elsewhere
   * @param lock shared by all connections to the same file
   */
  static Connection around(Connection driver, SqliteWriteLock lock) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new SqliteTransactions(driver, lock));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    return switch (method.getName()) {
      case "setAutoCommit" -> {
        setAutoCommit(arguments != null && (boolean) arguments[0]);
        yield null;
      }
      case "getAutoCommit" -> state == State.AUTO_COMMIT;
      case "commit" -> {
        commit();
        yield null;
      }
      case "rollback" -> {
        if (arguments == null) {
          rollback();
        } else {
          savepoint("rollback to ", (NumberedSavepoint) arguments[0]);
        }
        yield null;
      }
      case "setSavepoint" -> savepoint("savepoint ", new NumberedSavepoint(++savepoints));
      case "releaseSavepoint" ->
          savepoint("release ", (NumberedSavepoint) Objects.requireNonNull(arguments)[0]);
      case "createStatement", "prepareStatement", "prepareCall" -> {
        ready();
        yield statement(method, arguments);
      }
      case "isValid" ->
          state != State.BROKEN && Boolean.TRUE.equals(call(driver, method, arguments));
      case "close", "abort" -> {
        become(State.BROKEN);
        statements.close();
        yield call(driver, method, arguments);
      }
      default -> call(driver, method, arguments);
    };
  }

  /** The lock is held as long as a transaction is open, and not a moment longer. */
  private void become(State next) {
    if (state == State.OPEN && next != State.OPEN) {
      lock.release();
    }
    state = next;
  }

  /** A savepoint of this connection; the name that a caller wants to give it does not matter. */
  private record NumberedSavepoint(int number) implements Savepoint {
    @Override
    public int getSavepointId() {
      return number;
    }

    @Override
    public String getSavepointName() {
      return "s" + number;
    }
  }

  private NumberedSavepoint savepoint(String verb, NumberedSavepoint savepoint)
      throws SQLException {
    ready();
    if (state != State.OPEN) {
      throw new SQLException("a savepoint belongs to a transaction, and none is open", "25000");
    }
    run(verb + savepoint.getSavepointName());
    return savepoint;
  }

  private void setAutoCommit(boolean on) throws SQLException {
    if (!on && state == State.AUTO_COMMIT) {
      begin();
    } else if (on && state != State.AUTO_COMMIT) {
      if (state == State.OPEN) {
        commit();
      }
      checkUsable();
      become(State.AUTO_COMMIT);
    }
  }

  private void ready() throws SQLException {
    checkUsable();
    if (state == State.FAILED) {
      throw new SQLException("an error has rolled this transaction back", "25000");
    }
    if (state == State.BETWEEN) {
      begin();
    }
  }

  private void checkUsable() throws SQLException {
    if (state == State.BROKEN) {
      throw lost(null);
    }
  }

  private void begin() throws SQLException {
    lock.acquire(() -> run("begin immediate"));
    become(State.OPEN);
  }

  private void commit() throws SQLException {
    ready();
    try {
      run("commit");
      become(State.BETWEEN);
    } catch (SQLException e) {
      rollBack(e);
      become(State.BETWEEN);
      throw e;
    }
  }

  private void rollback() throws SQLException {
    checkUsable();
    if (state == State.OPEN) {
      rollBack(null);
    }
    if (state != State.AUTO_COMMIT) {
      become(State.BETWEEN);
    }
  }

  private void rollBack(@Nullable SQLException cause) throws SQLException {
    try {
      run("rollback");
    } catch (SQLException e) {
      // SQLite has done so by itself; nothing else answers "rollback" with a plain error.
      if (codeOf(e) != SQLiteErrorCode.SQLITE_ERROR.code) {
        become(State.BROKEN);
        e.addSuppressed(cause == null ? new SQLException("while rolling back") : cause);
        throw lost(e);
      }
    }
  }

  private static SQLException lost(@Nullable SQLException cause) {
    return new SQLNonTransientConnectionException(
        "a transaction could not be rolled back", "08006", cause);
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = driver.createStatement()) {
      statement.execute(sql);
    }
  }

  // --- statements ----------------------------------------------------------------------------

  private Statement statement(Method method, Object @Nullable [] arguments) throws Throwable {
    // With more arguments than its text it is of a kind of its own.
    String sql =
        method.getName().equals("prepareStatement") && arguments != null && arguments.length == 1
            ? (String) arguments[0]
            : null;
    Statement known = sql == null ? null : statements.take(sql);
    Statement made =
        known == null ? (Statement) Objects.requireNonNull(call(driver, method, arguments)) : known;
    Class<?> kind = made instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
    return (Statement)
        Proxy.newProxyInstance(
            Statement.class.getClassLoader(), new Class<?>[] {kind}, new Borrowed(made, sql));
  }

  /** A statement in somebody's hands. */
  private final class Borrowed implements InvocationHandler {
    private final Statement statement;

    /** What it was prepared for; null when it is not to be kept. */
    private final @Nullable String sql;

    private @Nullable ResultSet result;
    private boolean failed;
    private boolean closed;

    Borrowed(Statement statement, @Nullable String sql) {
      this.statement = statement;
      this.sql = sql;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      String name = method.getName();
      if (name.equals("close")) {
        close();
        return null;
      }
      if (closed && name.equals("isClosed")) {
        return true;
      }
      if (closed) {
        throw new SQLException("the statement is closed");
      }
      return name.startsWith("execute")
          ? execute(method, arguments)
          : call(statement, method, arguments);
    }

    private @Nullable Object execute(Method method, Object @Nullable [] arguments)
        throws Throwable {
      ready();
      failed = true;
      Object answer =
          state == State.AUTO_COMMIT
              ? executeAlone(statement, method, arguments)
              : executeWithin(statement, method, arguments);
      failed = false;
      if (answer instanceof ResultSet rows) {
        result = rows;
      }
      return answer;
    }

    private void close() throws SQLException {
      if (closed) {
        return;
      }
      closed = true;
      if (sql == null || failed || state == State.BROKEN) {
        statement.close();
        return;
      }
      if (result != null) {
        // One that is left open would keep its view of the file.
        result.close();
      }
      statements.giveBack(sql, (PreparedStatement) statement);
    }
  }

  private @Nullable Object executeWithin(
      Statement statement, Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return call(statement, method, arguments);
    } catch (SQLException e) {
      if (state == State.OPEN && endsTransaction(codeOf(e))) {
        rollBack(e);
        become(State.FAILED);
      }
      throw e;
    }
  }

  /** What is refused because of somebody's lock has changed nothing, and is tried again. */
  private @Nullable Object executeAlone(
      Statement statement, Method method, Object @Nullable [] arguments) throws Throwable {
    if (method.getName().endsWith("Batch")) {
      return executeBatch(statement, method, arguments);
    }
    try {
      return call(statement, method, arguments);
    } catch (SQLException e) {
      if (!SqliteWriteLock.isBusy(e)) {
        throw e;
      }
    }
    AtomicReference<@Nullable Object> result = new AtomicReference<>();
    lock.acquire(() -> result.set(call(statement, method, arguments)));
    lock.release();
    return result.get();
  }

  /** A batch of which a part is stored could not be tried again. */
  private @Nullable Object executeBatch(
      Statement statement, Method method, Object @Nullable [] arguments) throws Throwable {
    setAutoCommit(false);
    try {
      Object result = executeWithin(statement, method, arguments);
      commit();
      return result;
    } finally {
      if (state != State.BROKEN) {
        rollback();
        setAutoCommit(true);
      }
    }
  }

  /** The errors after which SQLite may have rolled the whole transaction back. */
  private static boolean endsTransaction(int code) {
    return switch (SQLiteErrorCode.getErrorCode(code & 0xff)) {
      case SQLITE_FULL,
          SQLITE_IOERR,
          SQLITE_NOMEM,
          SQLITE_BUSY,
          SQLITE_INTERRUPT,
          SQLITE_CORRUPT,
          SQLITE_NOTADB,
          SQLITE_CANTOPEN,
          SQLITE_PROTOCOL ->
          true;
      default -> false;
    };
  }

  private static int codeOf(SQLException e) {
    return e instanceof SQLiteException sqlite ? sqlite.getResultCode().code : e.getErrorCode();
  }

  private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}

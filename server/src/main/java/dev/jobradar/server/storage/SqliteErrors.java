package dev.jobradar.server.storage;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.sqlite.SQLiteException;

/**
 * Gives SQLite's errors the names that Spring gives everybody's, since Spring knows none of them,
 * and tells the connection pool after which a connection is closed.
 */
final class SqliteErrors implements SQLExceptionTranslator, SQLExceptionOverride {
  /** sqlite.org/rescode.html. */
  private static final int BUSY = 5;

  private static final int LOCKED = 6;
  private static final int NO_MEMORY = 7;
  private static final int READ_ONLY = 8;
  private static final int IO_ERROR = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANNOT_OPEN = 14;
  private static final int TOO_BIG = 18;
  private static final int CONSTRAINT = 19;
  private static final int MISMATCH = 20;
  private static final int NO_DATABASE = 26;
  private static final int CONSTRAINT_PRIMARY_KEY = 1555;
  private static final int CONSTRAINT_UNIQUE = 2067;

  /**
   * The database file was moved or deleted: the connection writes into a file that is no longer the
   * database.
   */
  private static final int READ_ONLY_MOVED = 1032;

  private final SQLExceptionTranslator others = new SQLExceptionSubclassTranslator();

  @java.lang.Override
  public @Nullable DataAccessException translate(
      String task, @Nullable String sql, SQLException e) {
    int code = codeOf(e);
    if (code == CONSTRAINT_UNIQUE || code == CONSTRAINT_PRIMARY_KEY) {
      return new DuplicateKeyException(task, e);
    }
    // The low byte is the kind of error, whatever stands above it.
    return switch (code & 0xff) {
      case BUSY, LOCKED -> new CannotAcquireLockException(task, e);
      case NO_MEMORY, READ_ONLY, IO_ERROR, CORRUPT, FULL, CANNOT_OPEN, NO_DATABASE ->
          new DataAccessResourceFailureException(task, e);
      case CONSTRAINT, TOO_BIG, MISMATCH -> new DataIntegrityViolationException(task, e);
      default -> others.translate(task, sql, e);
    };
  }

  /** A new connection reads the file afresh; one that met these errors may not. */
  @java.lang.Override
  public Override adjudicate(SQLException e) {
    int code = codeOf(e);
    boolean unusable =
        switch (code & 0xff) {
          case IO_ERROR, CORRUPT, CANNOT_OPEN, NO_DATABASE -> true;
          default -> code == READ_ONLY_MOVED;
        };
    return unusable ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
  }

  /** Whether the file holds something else than SQLite wrote. */
  static boolean isDamage(SQLException e) {
    int kind = codeOf(e) & 0xff;
    return kind == CORRUPT || kind == NO_DATABASE;
  }

  private static int codeOf(SQLException e) {
    return e instanceof SQLiteException sqlite ? sqlite.getResultCode().code : e.getErrorCode();
  }
}

package dev.jobradar.server.storage;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prepared statements of one connection that nobody uses at the moment: preparing one again takes
 * SQLite longer than running it. Those that were used last are kept. As thread-safe as a
 * connection: not.
 */
final class StatementCache {
  /** More than the service has statements that come often. */
  private static final int MOST = 128;

  private final Map<String, PreparedStatement> idle = new LinkedHashMap<>();

  /** A statement for that SQL; null when there is none, or all of them are in use. */
  @Nullable PreparedStatement take(String sql) {
    return idle.remove(sql);
  }

  /** Keeps a statement that is done and that nothing went wrong with. */
  void giveBack(String sql, PreparedStatement statement) throws SQLException {
    statement.clearBatch();
    statement.clearParameters();
    if (idle.putIfAbsent(sql, statement) != null) {
      statement.close();
    } else if (idle.size() > MOST) {
      Iterator<PreparedStatement> longestUnused = idle.values().iterator();
      PreparedStatement dropped = longestUnused.next();
      longestUnused.remove();
      dropped.close();
    }
  }

  /** Closes all of them. */
  void close() throws SQLException {
    List<PreparedStatement> all = new ArrayList<>(idle.values());
    idle.clear();
    for (PreparedStatement each : all) {
      each.close();
    }
  }
}

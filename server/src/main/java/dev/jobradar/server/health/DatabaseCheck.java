package dev.jobradar.server.health;

import dev.jobradar.server.storage.ProcessEnd;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes a row and reads what it wrote the time before. When that is not there, this is another
 * database than the one that the process began with, and the process ends.
 */
@Component
class DatabaseCheck implements HealthCheck {
  private final JdbcClient db;
  private final TransactionOperations transactions;
  private final ProcessEnd end;
  private final InstantSource clock;

  /** What the row holds; null before the first time. Only one look at a time. */
  private @Nullable String written;

  DatabaseCheck(
      JdbcClient db, TransactionOperations transactions, ProcessEnd end, InstantSource clock) {
    this.db = db;
    this.transactions = transactions;
    this.end = end;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public Finding look() {
    String token = UUID.randomUUID().toString();
    try {
      Optional<String> before =
          transactions.execute(_ -> {
            Optional<String> read =
                db.sql("select token from probe where id = 1").query(String.class).optional();
            db.sql(
                    "insert into probe (id, token, written_at) values (1, ?, ?)"
                        + " on conflict (id) do update set token = excluded.token,"
                        + " written_at = excluded.written_at")
                .params(token, clock.millis())
                .update();
            return read;
          });
      boolean ours = written == null || before != null && before.equals(Optional.of(written));
      written = token;
      if (!ours) {
        end.endProcess(ProcessEnd.Reason.DATABASE_REPLACED);
        return new Finding.Broken("this is another database than at the start");
      }
      return Finding.FINE;
    } catch (DataAccessException | TransactionException e) {
      return new Finding.Broken("it cannot be written: " + e.getClass().getSimpleName());
    }
  }
}

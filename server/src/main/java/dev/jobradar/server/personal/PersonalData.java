package dev.jobradar.server.personal;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.personal.KeptTables.Kept;
import java.io.OutputStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Gives a person all that is kept about them. Thread-safe. */
@Component
public class PersonalData {
  /** Rows that are read at once. */
  private static final int FETCHED = 500;

  private final JdbcTemplate db;
  private final TransactionTemplate reading;
  private final JsonMapper json = JsonMapper.builder().build();
  private final InstantSource clock;

  PersonalData(JdbcTemplate db, PlatformTransactionManager transactions, InstantSource clock) {
    this.db = new JdbcTemplate(Objects.requireNonNull(db.getDataSource()));
    this.db.setFetchSize(FETCHED);
    this.reading = new TransactionTemplate(transactions);
    this.reading.setReadOnly(true);
    this.clock = clock;
  }

  /**
   * Writes everything as one JSON object: a list of rows for each table, under the table's name.
   * Row by row, however many there are. Keys and hashes of secrets are left out.
   */
  public void write(UserId user, OutputStream out) {
    reading.executeWithoutResult(_ -> {
      try (JsonGenerator to = json.createGenerator(out)) {
        to.writeStartObject();
        to.writeStringProperty("exported_at", clock.instant().toString());
        for (Kept kept : KeptTables.OF_PEOPLE) {
          to.writeName(kept.table());
          to.writeStartArray();
          db.query(
              "select * from " + kept.table() + " where " + kept.mine(),
              (RowCallbackHandler) row -> write(row, kept, to),
              user.value());
          to.writeEndArray();
        }
        to.writeEndObject();
      }
    });
  }

  private static void write(ResultSet row, Kept kept, JsonGenerator to) throws SQLException {
    ResultSetMetaData columns = row.getMetaData();
    to.writeStartObject();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      String name = columns.getColumnLabel(i).toLowerCase(Locale.ROOT);
      if (!kept.secret().contains(name)) {
        to.writeName(name);
        write(row, i, name, columns.getColumnTypeName(i), to);
      }
    }
    to.writeEndObject();
  }

  private static void write(ResultSet row, int column, String name, String type, JsonGenerator to)
      throws SQLException {
    Object value = row.getObject(column);
    switch (value) {
      case null -> to.writeNull();
      case Number number when isTime(name) ->
          to.writeString(Instant.ofEpochMilli(number.longValue()).toString());
      case Number number when isTruth(type) -> to.writeBoolean(number.intValue() != 0);
      case Number number -> to.writeNumber(number.longValue());
      case Boolean truth -> to.writeBoolean(truth);
      default -> to.writeString(value.toString());
    }
  }

  private static boolean isTime(String name) {
    return (name.endsWith("_at") && !name.equals("matched_at"))
        || name.equals("until")
        || name.equals("plan_until")
        || name.equals("not_before");
  }

  private static boolean isTruth(String type) {
    return type.toLowerCase(Locale.ROOT).startsWith("bool");
  }
}

package dev.jobradar.server.personal;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.personal.KeptTables.Kept;
import java.io.OutputStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Gives a person all that is kept about them. Thread-safe. */
@Component
public class PersonalData {
  /** Rows that are read at once: a slow download holds no connection to the database. */
  private static final int PAGE = 500;

  private final JdbcClient db;
  private final JsonMapper json = JsonMapper.builder().build();
  private final InstantSource clock;

  PersonalData(JdbcClient db, InstantSource clock) {
    this.db = db;
    this.clock = clock;
  }

  /**
   * Writes everything as one JSON object: a list of rows for each table, under the table's name.
   * Page by page, however many there are. Keys and hashes of secrets are left out.
   */
  public void write(UserId user, OutputStream out) {
    try (JsonGenerator to = json.createGenerator(out)) {
      to.writeStartObject();
      to.writeStringProperty("exported_at", clock.instant().toString());
      for (Kept kept : KeptTables.OF_PEOPLE) {
        to.writeName(kept.table());
        to.writeStartArray();
        int before = 0;
        List<List<Field>> page;
        do {
          page = page(user, kept, before);
          page.forEach(row -> write(row, to));
          before += page.size();
        } while (page.size() == PAGE);
        to.writeEndArray();
      }
      to.writeEndObject();
    }
  }

  /** A column of a row; a text, number or truth, or null. */
  private record Field(String name, @Nullable Object value) {}

  private List<List<Field>> page(UserId user, Kept kept, int before) {
    return db.sql(
            "select * from "
                + kept.table()
                + " where "
                + kept.mine()
                + " order by "
                + kept.order()
                + " limit ? offset ?")
        .params(user.value(), PAGE, before)
        .query((row, _) -> fields(row, kept))
        .list();
  }

  private static List<Field> fields(ResultSet row, Kept kept) throws SQLException {
    ResultSetMetaData columns = row.getMetaData();
    List<Field> fields = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      String name = columns.getColumnLabel(i).toLowerCase(Locale.ROOT);
      if (!kept.secret().contains(name)) {
        fields.add(new Field(name, value(row.getObject(i), name, columns.getColumnTypeName(i))));
      }
    }
    return fields;
  }

  private static @Nullable Object value(@Nullable Object stored, String name, String type) {
    return switch (stored) {
      case null -> null;
      case Number number when isTime(name) -> Instant.ofEpochMilli(number.longValue()).toString();
      case Number number when isTruth(type) -> number.intValue() != 0;
      case Number number -> number.longValue();
      case Boolean truth -> truth;
      default -> stored.toString();
    };
  }

  private static void write(List<Field> row, JsonGenerator to) {
    to.writeStartObject();
    for (Field field : row) {
      to.writeName(field.name());
      switch (field.value()) {
        case null -> to.writeNull();
        case Number number -> to.writeNumber(number.longValue());
        case Boolean truth -> to.writeBoolean(truth);
        default -> to.writeString(String.valueOf(field.value()));
      }
    }
    to.writeEndObject();
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

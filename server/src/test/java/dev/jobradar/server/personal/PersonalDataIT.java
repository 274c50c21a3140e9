package dev.jobradar.server.personal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.server.storage.TestDatabase;
import dev.jobradar.server.storage.Vault;
import dev.jobradar.server.storage.Vendor;
import dev.jobradar.server.users.User;
import dev.jobradar.server.users.Users;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two people with a row of their own in each table. A table that is new makes these tests fail
 * until {@link KeptTables} says whose it is.
 */
@ParameterizedClass
@EnumSource(Vendor.class)
@Timeout(120)
@SuppressWarnings("NullAway.Init")
class PersonalDataIT {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @Parameter Vendor vendor;

  private final Vault vault = Vault.create();
  private TestDatabase database;
  private JdbcClient db;
  private Users users;
  private DataSource source;

  @BeforeEach
  void open() {
    database = TestDatabase.open(vendor);
    db = database.client();
    users = new Users(db, vault, InstantSource.fixed(NOW));
    source = Objects.requireNonNull(database.template().getDataSource());
  }

  @AfterEach
  void close() {
    database.close();
  }

  private List<String> tables() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = source.getConnection();
        ResultSet tables =
            connection
                .getMetaData()
                .getTables(
                    connection.getCatalog(),
                    vendor == Vendor.POSTGRESQL ? "public" : null,
                    "%",
                    new String[] {"TABLE"})) {
      while (tables.next()) {
        String name = tables.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
        if (!name.startsWith("sqlite_")) {
          names.add(name);
        }
      }
    }
    return names;
  }

  private long insert(String table, Map<String, Object> values) {
    String columns = String.join(", ", values.keySet());
    String marks = String.join(", ", values.keySet().stream().map(_ -> "?").toList());
    db.sql("insert into " + table + " (" + columns + ") values (" + marks + ")")
        .params(List.copyOf(values.values()))
        .update();
    return table.matches("tasks|leads")
        ? db.sql("select max(id) from " + table).query(Long.class).single()
        : 0;
  }

  private static Map<String, Object> row(Object... pairs) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      row.put((String) pairs[i], pairs[i + 1]);
    }
    return row;
  }

  /** Somebody with something in each table. */
  private User person(int number, String name) {
    User user = users.signedIn(7_000 + number, "7900123450" + number, name, null);
    long id = user.id().value();
    long at = NOW.toEpochMilli();
    insert("telegram_sessions", row("user_id", id, "sealed", "SEALED", "updated_at", at));
    insert(
        "web_sessions",
        row(
            "user_id",
            id,
            "token_hash",
            "HASH1" + id,
            "previous_hash",
            "HASH2" + id,
            "rotated_at",
            at,
            "browser",
            name + "-browser",
            "created_at",
            at,
            "seen_at",
            at,
            "expires_at",
            at));
    insert("devices", row("user_id", id, "generation", 1, "seen_at", at));
    insert(
        "login_codes",
        row(
            "browser_hash",
            "HASH3" + id,
            "user_id",
            id,
            "code_hash",
            "HASH4",
            "expires_at",
            at,
            "tries_left",
            5));
    long task =
        insert(
            "tasks",
            row(
                "user_id",
                id,
                "name",
                name + "-task",
                "status",
                "running",
                "include_keywords",
                "[]",
                "exclude_keywords",
                "[]",
                "created_at",
                at,
                "updated_at",
                at));
    insert("sources", row("task_id", task, "name", name + "-source", "place", 0, "updated_at", at));
    insert(
        "user_channels",
        row(
            "user_id",
            id,
            "name",
            name + "-source",
            "channel_id",
            5,
            "access_hash",
            6,
            "title",
            name + "-title",
            "kind",
            "channel",
            "joined",
            true,
            "resolved_at",
            at));
    insert("account_positions", row("user_id", id, "position", name + "-position"));
    long lead =
        insert(
            "leads",
            row(
                "user_id",
                id,
                "task_id",
                task,
                "source",
                name + "-source",
                "message_id",
                1,
                "text",
                name + "-lead",
                "url",
                "https://t.me/x/1",
                "note",
                name + "-note",
                "posted_at",
                at,
                "found_at",
                at));
    insert("lead_words", row("lead_id", lead, "words", name + "-words"));
    insert("lead_bands", row("task_id", task, "band", 9, "lead_id", lead));
    insert(
        "lead_sightings",
        row(
            "lead_id",
            lead,
            "task_id",
            task,
            "source",
            name + "-elsewhere",
            "message_id",
            2,
            "url",
            "https://t.me/y/2",
            "seen_at",
            at));
    insert("lead_feeds", row("user_id", id, "token_hash", "HASH5" + id, "created_at", at));
    insert(
        "dropped_leads",
        row("task_id", task, "source", name + "-source", "message_id", 3, "dropped_at", at));
    insert(
        "deliveries",
        row(
            "user_id",
            id,
            "destination",
            "self",
            "lead_id",
            lead,
            "random_id",
            1,
            "status",
            "sent",
            "not_before",
            at,
            "created_at",
            at));
    insert("flood_waits", row("user_id", id, "scope", name + "-scope", "until", at));
    insert(
        "backfills",
        row(
            "user_id",
            id,
            "task_id",
            task,
            "source",
            name + "-source",
            "wanted",
            20,
            "status",
            "done",
            "created_at",
            at,
            "updated_at",
            at));
    return user;
  }

  @Test
  void every_table_is_known_to_be_of_people_or_of_nobody() throws SQLException {
    TreeSet<String> known = new TreeSet<>(KeptTables.OF_NOBODY);
    KeptTables.OF_PEOPLE.forEach(kept -> known.add(kept.table()));
    assertThat(tables()).containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void a_person_gets_all_rows_of_their_own_without_secrets() {
    User ann = person(1, "Ann");
    person(2, "Bob");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new PersonalData(db, InstantSource.fixed(NOW)).write(ann.id(), out);
    JsonNode all = JsonMapper.shared().readTree(out.toByteArray());
    for (KeptTables.Kept kept : KeptTables.OF_PEOPLE) {
      assertThat(all.path(kept.table()).size()).as(kept.table()).isEqualTo(1);
    }
    assertThat(all.toString()).doesNotContain("Bob", "SEALED", "HASH", "79001234502");
    assertThat(all.path("leads").get(0).path("text").asString()).isEqualTo("Ann-lead");
    assertThat(all.path("leads").get(0).path("posted_at").asString()).isEqualTo(NOW.toString());
    assertThat(all.path("users").get(0).path("alerts_personal").asBoolean()).isTrue();
    assertThat(all.path("tasks").get(0).path("merge_reposts").isBoolean()).isTrue();
    assertThat(all.path("exported_at").asString()).isEqualTo(NOW.toString());
  }

  @Test
  void many_rows_are_given_out_once_each() {
    User ann = person(1, "Ann");
    for (int i = 0; i < 1_100; i++) {
      insert("devices", row("user_id", ann.id().value(), "generation", i, "seen_at", 1));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new PersonalData(db, InstantSource.fixed(NOW)).write(ann.id(), out);
    JsonNode devices = JsonMapper.shared().readTree(out.toByteArray()).path("devices");
    assertThat(devices.valueStream().map(each -> each.path("id").asLong()))
        .hasSize(1_101)
        .doesNotHaveDuplicates();
  }

  @Test
  void of_who_is_deleted_no_row_of_any_table_is_left_and_others_keep_theirs() throws SQLException {
    User ann = person(1, "Ann");
    User bob = person(2, "Bob");
    users.delete(ann.id());
    for (KeptTables.Kept kept : KeptTables.OF_PEOPLE) {
      assertThat(count(kept, ann)).as(kept.table()).isZero();
      assertThat(count(kept, bob)).as(kept.table()).isEqualTo(1);
      assertThat(db.sql("select count(*) from " + kept.table()).query(Long.class).single())
          .as(kept.table())
          .isEqualTo(1);
    }
    for (String table : tables()) {
      db.sql("select * from " + table)
          .query()
          .listOfRows()
          .forEach(row ->
              assertThat(row.toString()).as(table).doesNotContain("Ann", "79001234501", "7001"));
    }
  }

  private long count(KeptTables.Kept kept, User user) {
    return db.sql("select count(*) from " + kept.table() + " where " + kept.mine())
        .param(user.id().value())
        .query(Long.class)
        .single();
  }
}

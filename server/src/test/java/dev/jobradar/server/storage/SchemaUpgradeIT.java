package dev.jobradar.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database that people have used since version 0.1.0 is brought to the schema of today. */
@Timeout(120)
class SchemaUpgradeIT {
  /** A row in each table, with each column set. */
  private static final String ROWS =
      """
      insert into users values (7, 4711, '+79990000001', 'Ann', 'ann', 'en', false, 'pro', 9000, true, 1, 2);
      insert into users values (8, 4712, '+79990000002', 'Боб', null, 'ru', true, 'trial', null, false, 3, 4);
      insert into trials values ('hash', 5);
      insert into telegram_sessions values (7, 'sealed', null, 6);
      insert into telegram_sessions values (8, null, 'SESSION_REVOKED', 7);
      insert into web_sessions values ('token', 7, 8, 9);
      insert into login_codes values (7, 'code', 10, 3);
      insert into attempts values ('bucket', '11,12', 13);
      insert into tasks values (5, 7, 'Java', 'running', '["java"]', '["senior"]', true, 'mychannel', false, 14, 15);
      insert into sources values (3, 5, 'javajobs', 0, 'error', 16, 'FLOOD_WAIT', 2, 17, 18, 19);
      insert into user_channels values (7, 'javajobs', 501, -5, 'Java Jobs', 'channel', 20, true, 'pushed', 'pts=1', 21);
      insert into account_positions values (7, 'pts=2');
      insert into leads values (9, 7, 5, 'javajobs', 22, 'Java, удалённо', 'https://t.me/javajobs/22', 'java', '[[0,4]]', 'print', 23, 24, 25, 'viewed', true);
      insert into leads values (10, 7, 5, 'javajobs', 26, 'Java', 'https://t.me/javajobs/26', null, '[]', null, 27, 28, null, 'new', false);
      insert into lead_bands values (5, 29, 9);
      insert into lead_sightings values (9, 5, 'golangjobs', 30, 'https://t.me/golangjobs/30', 31);
      insert into deliveries values (11, 7, 'self', null, null, 'a digest', 32, 'sent', 33, 1, null, 34, 35, 36);
      insert into deliveries values (12, 7, 'self', 10, 11, null, 37, 'digested', 38, 0, 'UNREACHABLE', 39, null, null);
      insert into flood_waits values (7, 'messages.sendMessage', 40);
      insert into backfills values (13, 7, 5, 'javajobs', 500, 41, 42, 43, 44, 45, true, 'done', 'CHANNEL_PRIVATE', 46, 47, 48);
      """;

  /** Codes live for five minutes: those under way are void. */
  private static final String NOT_KEPT = "login_codes";

  @ParameterizedTest
  @EnumSource(Vendor.class)
  void it_keeps_what_people_have(Vendor vendor) throws Exception {
    StorageSettings settings =
        TestDatabase.newSettings(vendor, Files.createTempDirectory("jobradar-test-"));
    try (TestDatabase database = TestDatabase.at(settings)) {
      TestSchema.migrate(settings, "1");
      for (String row : ROWS.strip().split("\n", -1)) {
        database.client().sql(row).update();
      }
      Map<String, List<Map<String, Object>>> before = new TreeMap<>();
      for (String table : tables()) {
        before.put(table, rows(database.client(), "select * from " + table));
      }
      // What was called viewed is called seen since version 10 of the schema.
      before
          .getOrDefault("leads", List.of())
          .forEach(lead -> lead.replace("status", "viewed", "seen"));
      assertThat(before).hasSize(15).allSatisfy((_, rows) -> assertThat(rows).isNotEmpty());

      TestSchema.migrate(settings, "latest");

      before.forEach((table, rows) -> {
        String columns = String.join(", ", rows.getFirst().keySet());
        assertThat(rows(database.client(), "select " + columns + " from " + table))
            .as(table)
            .containsExactlyInAnyOrderElementsOf(rows);
      });
      assertThat(rows(database.client(), "select * from " + NOT_KEPT)).isEmpty();
    }
  }

  private static Set<String> tables() {
    Set<String> tables = new TreeSet<>();
    Matcher matcher = Pattern.compile("insert into (\\w+)").matcher(ROWS);
    while (matcher.find()) {
      tables.add(matcher.group(1));
    }
    tables.remove(NOT_KEPT);
    return tables;
  }

  private static List<Map<String, Object>> rows(JdbcClient client, String query) {
    return client.sql(query).query().listOfRows();
  }
}

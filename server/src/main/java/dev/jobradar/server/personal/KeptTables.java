package dev.jobradar.server.personal;

import java.util.List;
import java.util.Set;

/** Which tables hold something about people, and which rows of them are a person's. */
final class KeptTables {
  /**
   * A table.
   *
   * @param mine the condition of a person's rows; its only parameter is their number
   * @param order what no two rows have in common
   * @param secret columns that are not given out: keys, or hashes of what opens something
   */
  record Kept(String table, String mine, String order, Set<String> secret) {}

  private static final String BY_USER = "user_id = ?";
  private static final String BY_TASK = "task_id in (select id from tasks where user_id = ?)";
  private static final String BY_LEAD = "lead_id in (select id from leads where user_id = ?)";

  /** In the order in which they are given out. */
  static final List<Kept> OF_PEOPLE =
      List.of(
          new Kept("users", "id = ?", "id", Set.of()),
          new Kept("telegram_sessions", BY_USER, "user_id", Set.of("sealed")),
          new Kept("web_sessions", BY_USER, "id", Set.of("token_hash", "previous_hash")),
          new Kept("devices", BY_USER, "id", Set.of()),
          new Kept("login_codes", BY_USER, "browser_hash", Set.of("browser_hash", "code_hash")),
          new Kept("tasks", BY_USER, "id", Set.of()),
          new Kept("sources", BY_TASK, "id", Set.of()),
          new Kept("user_channels", BY_USER, "name", Set.of()),
          new Kept("account_positions", BY_USER, "user_id", Set.of()),
          new Kept("leads", BY_USER, "id", Set.of()),
          new Kept("lead_sightings", BY_TASK, "lead_id, task_id, source, message_id", Set.of()),
          new Kept("lead_words", BY_LEAD, "lead_id", Set.of()),
          new Kept("lead_bands", BY_TASK, "task_id, band, lead_id", Set.of()),
          new Kept("lead_feeds", BY_USER, "user_id", Set.of("token_hash")),
          new Kept("dropped_leads", BY_TASK, "task_id, source, message_id", Set.of()),
          new Kept("deliveries", BY_USER, "id", Set.of()),
          new Kept("backfills", BY_USER, "id", Set.of()),
          new Kept("flood_waits", BY_USER, "scope", Set.of()));

  /** Those without: counters and trials under keyed hashes, channels' posts as hashes, ours. */
  static final Set<String> OF_NOBODY =
      Set.of("attempts", "trials", "seen_posts", "probe", "flyway_schema_history");

  private KeptTables() {}
}

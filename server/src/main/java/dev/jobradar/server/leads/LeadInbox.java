package dev.jobradar.server.leads;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.tasks.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * A person's leads as they are looked through: by the time of their posts, so that old posts that a
 * search of the history brings do not stand before those of today. Thread-safe.
 */
@Repository
public class LeadInbox {
  /** More are not gone through at once. */
  public static final int MOST = 100_000;

  private static final int AT_ONCE = 200;
  private static final Comparator<Lead> NEWEST_FIRST =
      Comparator.comparing(Lead::postedAt).thenComparingLong(lead -> lead.id().value()).reversed();

  private final JdbcClient db;
  private final Leads leads;

  public LeadInbox(JdbcClient db, Leads leads) {
    this.db = db;
    this.leads = leads;
  }

  /**
   * A part of the list.
   *
   * @param leads newest post first
   * @param next where the rest begins; null when there is no more
   * @param counts how many the filter finds of each status, the filter's own statuses left out of
   *     account
   */
  public record Page(List<Lead> leads, @Nullable LeadCursor next, Map<LeadStatus, Long> counts) {
    /** Copies. */
    public Page {
      leads = List.copyOf(leads);
      counts = Map.copyOf(counts);
    }

    /** How many there are with one of these statuses; with any, when there are none of them. */
    public long count(Set<LeadStatus> statuses) {
      return counts.entrySet().stream()
          .filter(each -> statuses.isEmpty() || statuses.contains(each.getKey()))
          .mapToLong(Map.Entry::getValue)
          .sum();
    }
  }

  /**
   * Reads a part of the list, and counts, in one pass over the leads.
   *
   * @param after where it begins; null for the beginning
   * @param limit how many at most
   */
  public Page page(UserId user, LeadFilter filter, @Nullable LeadCursor after, int limit) {
    Map<String, Object> values = new HashMap<>();
    String found = found(user, filter, values);
    String rest = "";
    if (!filter.statuses().isEmpty()) {
      rest += " and status in (:statuses)";
      values.put("statuses", filter.statuses().stream().map(LeadStatus::text).toList());
    }
    if (after != null) {
      rest += " and (posted_at, id) < (:at, :after)";
      values.put("at", after.postedAt().toEpochMilli());
      values.put("after", after.id().value());
    }
    values.put("limit", limit + 1);
    Map<LeadStatus, Long> counts = new EnumMap<>(LeadStatus.class);
    List<LeadId> ids = new ArrayList<>();
    db.sql(
            """
            with found as materialized (%s)
            select status, count(*) as number, null as id from found group by status
            union all
            select null, posted_at, id from (
              select posted_at, id from found
              where true%s
              order by posted_at desc, id desc
              limit :limit) as page
            """
                .formatted(found, rest))
        .params(values)
        .query(row -> {
          String status = row.getString("status");
          if (status == null) {
            ids.add(new LeadId(row.getLong("id")));
          } else {
            counts.put(LeadStatus.of(status), row.getLong("number"));
          }
        });
    List<Lead> all = all(user, ids, filter.trashed());
    boolean more = all.size() > limit;
    List<Lead> shown = more ? all.subList(0, limit) : all;
    return new Page(shown, more ? LeadCursor.behind(shown.getLast()) : null, counts);
  }

  /** Which of these leads the filter finds, newest post first. */
  public List<Lead> among(UserId user, LeadFilter filter, List<LeadId> some) {
    if (some.isEmpty()) {
      return List.of();
    }
    Map<String, Object> values = new HashMap<>();
    String found = found(user, filter, values) + " and l.id in (:some)" + status(filter, values);
    values.put("some", some.stream().map(LeadId::value).toList());
    return all(user, ids(found, values), filter.trashed());
  }

  /** Whatever the filter finds, newest post first; {@value #MOST} at most. */
  public List<LeadId> ids(UserId user, LeadFilter filter) {
    Map<String, Object> values = new HashMap<>();
    String found = found(user, filter, values) + status(filter, values);
    return ids(found + " order by l.posted_at desc, l.id desc limit " + MOST, values);
  }

  /** Reads whatever the filter finds, newest post first, a few at a time. */
  public void each(UserId user, LeadFilter filter, Consumer<Lead> reader) {
    List<LeadId> ids = ids(user, filter);
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      List<LeadId> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
      all(user, some, filter.trashed()).forEach(reader);
    }
  }

  /** How many the person has not looked at. */
  public long countNew(UserId user) {
    return leads.countNew(user);
  }

  private List<LeadId> ids(String sql, Map<String, Object> values) {
    return db.sql(sql).params(values).query((row, n) -> new LeadId(row.getLong("id"))).list();
  }

  private List<Lead> all(UserId user, List<LeadId> ids, boolean trashed) {
    return leads.all(user, ids, trashed).stream().sorted(NEWEST_FIRST).toList();
  }

  private static String status(LeadFilter filter, Map<String, Object> values) {
    if (filter.statuses().isEmpty()) {
      return "";
    }
    values.put("statuses", filter.statuses().stream().map(LeadStatus::text).toList());
    return " and l.status in (:statuses)";
  }

  /** All that the filter says, but for statuses. */
  private static String found(UserId user, LeadFilter filter, Map<String, Object> values) {
    List<String> patterns = SearchWords.patterns(filter.search());
    StringBuilder sql = new StringBuilder("select l.id, l.posted_at, l.status from leads l");
    if (!patterns.isEmpty()) {
      sql.append(" join lead_words w on w.lead_id = l.id");
    }
    sql.append(" where l.user_id = :user and l.trashed_at is ")
        .append(filter.trashed() ? "not null" : "null");
    values.put("user", user.value());
    TaskId task = filter.task();
    if (task != null) {
      sql.append(" and l.task_id = :task");
      values.put("task", task.value());
    }
    ChannelName source = filter.source();
    if (source != null) {
      sql.append(" and l.source = :source");
      values.put("source", source.value());
    }
    String keyword = filter.keyword();
    if (keyword != null) {
      sql.append(" and l.matched_keyword = :keyword");
      values.put("keyword", keyword);
    }
    Instant from = filter.from();
    if (from != null) {
      sql.append(" and l.posted_at >= :from");
      values.put("from", from.toEpochMilli());
    }
    Instant to = filter.to();
    if (to != null) {
      sql.append(" and l.posted_at < :to");
      values.put("to", to.toEpochMilli());
    }
    for (int i = 0; i < patterns.size(); i++) {
      sql.append(
          " and (w.words like :word%1$d escape '!' or w.note_words like :word%1$d escape '!')"
              .formatted(i));
      values.put("word" + i, patterns.get(i));
    }
    if (filter.search().strip().length() > 0 && patterns.isEmpty()) {
      // Signs alone are no words: nothing has them.
      sql.append(" and false");
    }
    return sql.toString();
  }
}

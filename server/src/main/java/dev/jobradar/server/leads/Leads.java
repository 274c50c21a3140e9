package dev.jobradar.server.leads;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.channels.ChannelNameListener;
import dev.jobradar.server.filter.Span;
import dev.jobradar.server.tasks.TaskId;
import dev.jobradar.telegram.content.MessageContent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * The leads, as they are stored, for the person who owns them: somebody else's lead does not exist.
 * Thread-safe.
 */
@Repository
public class Leads implements ChannelNameListener {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final JdbcClient db;
  private final InstantSource clock;

  public Leads(JdbcClient db, InstantSource clock) {
    this.db = db;
    this.clock = clock;
  }

  /**
   * Which leads are wanted.
   *
   * @param task of this task only, or null
   * @param statuses with one of these only; empty for any
   */
  public record Query(@Nullable TaskId task, Set<LeadStatus> statuses) {
    /** All of them. */
    public static final Query ALL = new Query(null, Set.of());

    /** Copies the set. */
    public Query {
      statuses = Set.copyOf(statuses);
    }
  }

  /**
   * A part of a list.
   *
   * @param hasMore whether more follow
   */
  public record Page(List<Lead> leads, boolean hasMore) {
    /** Copies the list. */
    public Page {
      leads = List.copyOf(leads);
    }
  }

  /**
   * Reads a page, newest lead first.
   *
   * @param offset how many to pass over
   * @param limit how many at most
   */
  public Page list(UserId user, Query query, long offset, int limit) {
    StringBuilder sql =
        new StringBuilder("select * from leads where user_id = :user and trashed_at is null");
    if (query.task() != null) {
      sql.append(" and task_id = :task");
    }
    if (!query.statuses().isEmpty()) {
      sql.append(" and status in (:statuses)");
    }
    sql.append(" order by id desc limit :limit offset :offset");
    JdbcClient.StatementSpec statement =
        db.sql(sql.toString())
            .param("user", user.value())
            .param("limit", limit + 1)
            .param("offset", offset);
    if (query.task() != null) {
      statement = statement.param("task", query.task().value());
    }
    if (!query.statuses().isEmpty()) {
      statement =
          statement.param("statuses", query.statuses().stream().map(LeadStatus::text).toList());
    }
    List<Lead> found = statement.query(Leads::row).list();
    boolean hasMore = found.size() > limit;
    return new Page(withSightings(hasMore ? found.subList(0, limit) : found), hasMore);
  }

  /** One lead of that user, empty when it is not theirs or not there. */
  public Optional<Lead> find(UserId user, LeadId id) {
    return withSightings(
            db.sql("select * from leads where id = ? and user_id = ? and trashed_at is null")
                .params(id.value(), user.value())
                .query(Leads::row)
                .list())
        .stream()
        .findFirst();
  }

  /** One that the user deleted and that can be restored. */
  public Optional<Lead> findTrashed(UserId user, LeadId id) {
    return all(user, List.of(id), true).stream().findFirst();
  }

  /** The highest number of a user's leads, 0 for none. */
  public long newest(UserId user) {
    return db.sql("select coalesce(max(id), 0) from leads where user_id = ?")
        .param(user.value())
        .query(Long.class)
        .single();
  }

  /** Leads that were found after that one, the newest first. */
  public List<LeadId> after(UserId user, long id, int limit) {
    return db
        .sql("select id from leads where user_id = ? and id > ? order by id desc limit ?")
        .params(user.value(), id, limit)
        .query(Long.class)
        .list()
        .stream()
        .map(LeadId::new)
        .toList();
  }

  /** How many the person has not opened. */
  public long countNew(UserId user) {
    return db.sql(
            "select count(*) from leads where user_id = ? and status = 'new' and trashed_at is"
                + " null")
        .param(user.value())
        .query(Long.class)
        .single();
  }

  /** How many no list has shown to the person. */
  public long countUnread(UserId user) {
    return db.sql(
            "select count(*) from leads where user_id = ? and not is_read and trashed_at is null")
        .param(user.value())
        .query(Long.class)
        .single();
  }

  /** Leads of that user by their numbers, in any order. */
  List<Lead> all(UserId user, List<LeadId> ids, boolean trashed) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return withSightings(
        db.sql(
                "select * from leads where user_id = :user and id in (:ids) and trashed_at is "
                    + (trashed ? "not null" : "null"))
            .param("user", user.value())
            .param("ids", ids.stream().map(LeadId::value).toList())
            .query(Leads::row)
            .list());
  }

  /** Notes that the person has opened a lead; says whether it is theirs. */
  public boolean viewed(UserId user, LeadId id) {
    return db.sql(
                """
                update leads set is_read = true,
                  status = case when status = 'new' then 'seen' else status end
                where id = ? and user_id = ? and trashed_at is null
                """)
            .params(id.value(), user.value())
            .update()
        == 1;
  }

  /**
   * Notes that messages about leads were sent; the first time counts. A part of the transaction
   * under way, if there is one.
   */
  public void delivered(List<LeadId> ids, Instant at) {
    if (!ids.isEmpty()) {
      db.sql("update leads set delivered_at = :at where delivered_at is null and id in (:ids)")
          .param("at", at.toEpochMilli())
          .param("ids", ids.stream().map(LeadId::value).toList())
          .update();
    }
  }

  /** Leads follow their channel, and their links too. */
  @Override
  public void renamed(UserId user, ChannelName from, ChannelName to) {
    db.sql(
            """
            update leads
            set source = :to, url = :url || cast(message_id as text)
            where user_id = :user and source = :from and not exists (
              select 1 from leads other
              where other.task_id = leads.task_id and other.source = :to
                and other.message_id = leads.message_id)
            """)
        .param("to", to.value())
        .param("url", to.url() + "/")
        .param("user", user.value())
        .param("from", from.value())
        .update();
    db.sql(
            """
            update lead_sightings
            set source = :to, url = :url || cast(message_id as text)
            where source = :from and task_id in (select id from tasks where user_id = :user)
              and not exists (
                select 1 from lead_sightings other
                where other.task_id = lead_sightings.task_id and other.source = :to
                  and other.message_id = lead_sightings.message_id)
            """)
        .param("to", to.value())
        .param("url", to.url() + "/")
        .param("user", user.value())
        .param("from", from.value())
        .update();
    db.sql(
            """
            update dropped_leads
            set source = :to
            where source = :from and task_id in (select id from tasks where user_id = :user)
              and not exists (
                select 1 from dropped_leads other
                where other.task_id = dropped_leads.task_id and other.source = :to
                  and other.message_id = dropped_leads.message_id)
            """)
        .param("to", to.value())
        .param("user", user.value())
        .param("from", from.value())
        .update();
  }

  /**
   * Notes that posts were deleted at their source.
   *
   * @param sources the names of their channel
   * @return the leads that these were, those that were marked before left out
   */
  List<LeadId> deletedAtSource(UserId user, Collection<ChannelName> sources, List<Integer> posts) {
    return db
        .sql(
            """
            update leads
            set deleted_at = :now
            where user_id = :user and deleted_at is null and source in (:sources)
              and message_id in (:posts)
            returning id
            """)
        .param("now", clock.millis())
        .param("user", user.value())
        .param("sources", sources.stream().map(ChannelName::value).toList())
        .param("posts", posts)
        .query(Long.class)
        .list()
        .stream()
        .map(LeadId::new)
        .toList();
  }

  /** Notes that all of the user's leads were shown; returns how many were not before. */
  public int markAllRead(UserId user) {
    return db.sql(
            "update leads set is_read = true where user_id = ? and not is_read and trashed_at is"
                + " null")
        .param(user.value())
        .update();
  }

  /** As {@link #markAllRead}, for some; those of others are passed over. */
  public int markRead(UserId user, List<LeadId> ids) {
    if (ids.isEmpty()) {
      return 0;
    }
    return db.sql(
            """
            update leads
            set is_read = true
            where user_id = :user and not is_read and trashed_at is null
              and id in (:ids)
            """)
        .param("user", user.value())
        .param("ids", ids.stream().map(LeadId::value).toList())
        .update();
  }

  /**
   * Deletes a lead and what was to be sent of it, for good: an edit of its post does not bring it
   * back. Says whether it was that user's.
   */
  public boolean delete(UserId user, LeadId id) {
    db.sql(
            """
            insert into dropped_leads (task_id, source, message_id, dropped_at)
            select task_id, source, message_id, :now from leads
            where id = :id and user_id = :user and trashed_at is null
            on conflict do nothing
            """)
        .param("now", clock.millis())
        .param("id", id.value())
        .param("user", user.value())
        .update();
    return db.sql("delete from leads where id = ? and user_id = ? and trashed_at is null")
            .params(id.value(), user.value())
            .update()
        == 1;
  }

  private List<Lead> withSightings(List<Lead> leads) {
    if (leads.isEmpty()) {
      return leads;
    }
    Map<Long, List<Sighting>> sightings = new HashMap<>();
    db.sql("select * from lead_sightings where lead_id in (:ids) order by seen_at, message_id")
        .param("ids", leads.stream().map(lead -> lead.id().value()).toList())
        .query(row -> {
          sightings
              .computeIfAbsent(row.getLong("lead_id"), id -> new ArrayList<>())
              .add(
                  new Sighting(
                      new ChannelName(row.getString("source")),
                      row.getInt("message_id"),
                      row.getString("url"),
                      Instant.ofEpochMilli(row.getLong("seen_at"))));
        });
    return leads.stream()
        .map(lead -> withSightings(lead, sightings.getOrDefault(lead.id().value(), List.of())))
        .toList();
  }

  private static Lead withSightings(Lead lead, List<Sighting> sightings) {
    return new Lead(
        lead.id(),
        lead.task(),
        lead.source(),
        lead.messageId(),
        lead.url(),
        lead.content(),
        lead.keyword(),
        lead.matchedAt(),
        lead.postedAt(),
        lead.foundAt(),
        lead.deliveredAt(),
        lead.status(),
        lead.read(),
        lead.note(),
        lead.marks(),
        sightings);
  }

  private static Lead row(ResultSet row, int number) throws SQLException {
    String note = row.getString("note");
    return new Lead(
        new LeadId(row.getLong("id")),
        new TaskId(row.getLong("task_id")),
        new ChannelName(row.getString("source")),
        row.getInt("message_id"),
        row.getString("url"),
        content(row),
        row.getString("matched_keyword"),
        spans(row.getString("matched_at")),
        Instant.ofEpochMilli(row.getLong("posted_at")),
        Instant.ofEpochMilli(row.getLong("found_at")),
        time(row, "delivered_at"),
        LeadStatus.of(row.getString("status")),
        row.getBoolean("is_read"),
        note == null ? "" : note,
        new Lead.Marks(
            time(row, "edited_at"),
            time(row, "deleted_at"),
            time(row, "withdrawn_at"),
            row.getBoolean("excerpt_only"),
            row.getBoolean("incomplete")),
        List.of());
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  static MessageContent content(ResultSet row) throws SQLException {
    return new MessageContent(
        row.getString("text"), EntityJson.read(row.getString("entities")), false);
  }

  static String json(List<Span> spans) {
    return JSON.writeValueAsString(
        spans.stream().map(span -> new int[] {span.start(), span.end()}).toList());
  }

  /** Where a lead matched first, from what is stored of it; 0 for one that names no place. */
  public static int firstMatch(String json) {
    return spans(json).stream().findFirst().map(Span::start).orElse(0);
  }

  private static List<Span> spans(String json) {
    return Arrays.stream(JSON.readValue(json, int[][].class))
        .map(pair -> new Span(pair[0], pair[1]))
        .toList();
  }
}

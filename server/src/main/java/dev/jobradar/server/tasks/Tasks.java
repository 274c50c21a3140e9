package dev.jobradar.server.tasks;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.channels.ChannelFault;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.channels.ChannelNameListener;
import dev.jobradar.server.pacing.ClockSet;
import dev.jobradar.server.users.Users;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tasks, as they are stored. Every look-up of one task names its owner: somebody else's task
 * does not exist. Thread-safe.
 */
@Repository
public class Tasks implements ChannelNameListener {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final JdbcClient db;
  private final JdbcOperations batches;
  private final TransactionTemplate transactions;
  private final Users users;
  private final ApplicationEventPublisher events;
  private final InstantSource clock;

  Tasks(
      JdbcClient db,
      JdbcOperations batches,
      TransactionTemplate transactions,
      Users users,
      ApplicationEventPublisher events,
      InstantSource clock) {
    this.db = db;
    this.batches = batches;
    this.transactions = transactions;
    this.users = users;
    this.events = events;
    this.clock = clock;
  }

  // --- reading -------------------------------------------------------------------------------

  /** All of a user's tasks, oldest first. */
  public List<Task> of(UserId user) {
    return join(
        db.sql("select * from tasks where user_id = ? order by id")
            .param(user.value())
            .query(Tasks::row)
            .list(),
        db.sql(
                """
                select s.*
                from sources s
                join tasks t on t.id = s.task_id
                where t.user_id = ?
                order by s.task_id, s.place
                """)
            .param(user.value())
            .query(Tasks::source)
            .list());
  }

  /** One task of that user, empty when it is not theirs or not there. */
  public Optional<Task> find(UserId user, TaskId id) {
    return join(
            db.sql("select * from tasks where id = ? and user_id = ?")
                .params(id.value(), user.value())
                .query(Tasks::row)
                .list(),
            db.sql("select * from sources where task_id = ? order by place")
                .param(id.value())
                .query(Tasks::source)
                .list())
        .stream()
        .findFirst();
  }

  /** Sources of a user's running tasks that can be read and had nothing new since then. */
  public List<Source> silentSince(UserId user, Instant since) {
    return db.sql(
            """
            select s.*
            from sources s
            join tasks t on t.id = s.task_id
            where t.user_id = ? and t.status = 'running' and s.status = 'ok'
              and s.last_message_id is not null and s.updated_at < ?
            order by s.task_id, s.place
            """)
        .params(user.value(), since.toEpochMilli())
        .query(Tasks::source)
        .list();
  }

  /** How many tasks a user has. */
  public int count(UserId user) {
    return db.sql("select count(*) from tasks where user_id = ?")
        .param(user.value())
        .query(Integer.class)
        .single();
  }

  private int countOtherRunning(UserId user, TaskId id) {
    return db.sql("select count(*) from tasks where user_id = ? and id <> ? and status = 'running'")
        .params(user.value(), id.value())
        .query(Integer.class)
        .single();
  }

  /** Who has running tasks and is not shut out, in the order of their numbers. */
  public List<UserId> usersWithRunningTasks() {
    return db
        .sql(
            """
            select distinct t.user_id
            from tasks t
            join users u on u.id = t.user_id
            where t.status = 'running' and not u.disabled
            order by t.user_id
            """)
        .query(Long.class)
        .list()
        .stream()
        .map(UserId::new)
        .toList();
  }

  private static List<Task> join(List<Task> tasks, List<Source> sources) {
    Map<TaskId, List<Source>> byTask = new LinkedHashMap<>();
    for (Source source : sources) {
      byTask.computeIfAbsent(source.task(), id -> new ArrayList<>()).add(source);
    }
    return tasks.stream()
        .map(task -> withSources(task, byTask.getOrDefault(task.id(), List.of())))
        .toList();
  }

  private static Task withSources(Task task, List<Source> sources) {
    return new Task(
        task.id(),
        task.user(),
        task.name(),
        task.status(),
        task.pauseReason(),
        task.include(),
        task.exclude(),
        task.alertsPersonal(),
        task.alertsChannel(),
        task.mergeReposts(),
        sources,
        task.createdAt(),
        task.updatedAt());
  }

  private void changed(UserId user) {
    users.revisions().changed(user);
    events.publishEvent(new TasksChanged(user));
  }

  // --- writing -------------------------------------------------------------------------------

  /**
   * Stores a new task.
   *
   * @param limit how many tasks the user may have
   * @return it, or empty when the user has as many already
   */
  public Optional<Task> create(UserId user, TaskDraft draft, int limit) {
    return create(user, draft, limit, Map.of());
  }

  /**
   * As {@link #create(UserId, TaskDraft, int)}.
   *
   * @param faults what is known to be wrong with sources already, so that they are not tried again
   */
  public Optional<Task> create(
      UserId user, TaskDraft draft, int limit, Map<ChannelName, ChannelFault> faults) {
    Optional<TaskId> id =
        transactions.execute(status -> {
          users.lock(user);
          return count(user) >= limit ? Optional.empty() : Optional.of(insert(user, draft, faults));
        });
    if (id.isEmpty()) {
      return Optional.empty();
    }
    changed(user);
    return find(user, id.get());
  }

  private TaskId insert(UserId user, TaskDraft draft, Map<ChannelName, ChannelFault> faults) {
    long now = clock.millis();
    long id =
        fields(
                db.sql(
                    """
                    insert into tasks (user_id, name, status, include_keywords, exclude_keywords,
                      alerts_personal, alerts_channel, merge_reposts, created_at, updated_at)
                    values (:user, :name, :status, :include, :exclude, :personal, :channel,
                      :merge, :now, :now)
                    returning id
                    """),
                user,
                draft,
                now)
            .query(Long.class)
            .single();
    putSources(id, draft.sources(), now);
    faults.forEach((name, fault) -> failed(new TaskId(id), name, fault));
    return new TaskId(id);
  }

  /** Computes the new task from the stored one. */
  @FunctionalInterface
  public interface Change {
    /**
     * Runs within the transaction; what it throws is thrown to the caller, and nothing is changed.
     *
     * @param othersRunning how many other tasks of the user are running
     */
    TaskDraft apply(Task before, int othersRunning);
  }

  /**
   * Changes a task, and resets the errors of all its sources.
   *
   * @return it, or empty when it is not that user's or not there
   */
  public Optional<Task> update(UserId user, TaskId id, TaskDraft draft) {
    return update(user, id, (before, running) -> draft, Map.of());
  }

  /**
   * Changes a task. Sources that it keeps keep their place in the channel; a task that was paused
   * and runs again starts at the newest posts.
   *
   * @param faults known faults of the sources, when they were entered again: errors of a source
   *     without an entry are cleared; null when sources were not entered, so that all keep their
   *     state
   * @return it, or empty when it is not that user's or not there
   */
  public Optional<Task> update(
      UserId user, TaskId id, Change change, @Nullable Map<ChannelName, ChannelFault> faults) {
    boolean found =
        transactions.execute(status -> {
          users.lock(user);
          Optional<Task> before = find(user, id);
          before.ifPresent(
              task -> replace(task, change.apply(task, countOtherRunning(user, id)), faults));
          return before.isPresent();
        });
    if (!found) {
      return Optional.empty();
    }
    changed(user);
    return find(user, id);
  }

  private void replace(
      Task before, TaskDraft draft, @Nullable Map<ChannelName, ChannelFault> faults) {
    long now = clock.millis();
    PauseReason reason = stillPausedFor(before, draft);
    fields(
            db.sql(
                """
                update tasks
                set name = :name, status = :status, pause_reason = :reason,
                  include_keywords = :include, exclude_keywords = :exclude,
                  alerts_personal = :personal, alerts_channel = :channel,
                  merge_reposts = :merge, updated_at = :now
                where id = :id and user_id = :user
                """),
            before.user(),
            draft,
            now)
        .param("reason", reason == null ? null : reason.name())
        .param("id", before.id().value())
        .update();
    if (faults != null) {
      putSources(before.id().value(), draft.sources(), now);
      faults.forEach((name, fault) -> failed(before.id(), name, fault));
    }
    if (!before.isRunning() && draft.status() == TaskStatus.RUNNING) {
      startAtNewest(before.id(), now);
    }
  }

  /** The reason stays until the task runs again, or its owner has changed the keywords. */
  private static @Nullable PauseReason stillPausedFor(Task before, TaskDraft draft) {
    boolean asBefore =
        draft.status() == TaskStatus.PAUSED
            && draft.include().equals(before.include())
            && draft.exclude().equals(before.exclude());
    return asBefore ? before.pauseReason() : null;
  }

  /**
   * Pauses a running task for a reason that its owner is told, as a part of the caller's
   * transaction; {@link #paused} is to be called after it.
   *
   * @return whether it was running
   */
  public boolean pause(UserId user, TaskId id, PauseReason reason) {
    users.revisions().changed(user);
    return db.sql(
                """
                update tasks
                set status = 'paused', pause_reason = ?, updated_at = ?
                where id = ? and user_id = ? and status = 'running'
                """)
            .params(reason.name(), clock.millis(), id.value(), user.value())
            .update()
        == 1;
  }

  /** Says that the transaction which paused a task is committed. */
  public void paused(UserId user, TaskId id, PauseReason reason) {
    events.publishEvent(new TaskPaused(user, id, reason));
    events.publishEvent(new TasksChanged(user));
  }

  private static JdbcClient.StatementSpec fields(
      JdbcClient.StatementSpec statement, UserId user, TaskDraft draft, long now) {
    ChannelName channel = draft.alertsChannel();
    return statement
        .param("user", user.value())
        .param("name", draft.name())
        .param("status", draft.status().text())
        .param("include", JSON.writeValueAsString(draft.include()))
        .param("exclude", JSON.writeValueAsString(draft.exclude()))
        .param("personal", draft.alertsPersonal())
        .param("channel", channel == null ? null : channel.value())
        .param("merge", draft.mergeReposts())
        .param("now", now);
  }

  /** Also clears a source's errors: entering it again asks for another try. */
  private void putSources(long task, List<ChannelName> names, long now) {
    db.sql("delete from sources where task_id = :task and name not in (:names)")
        .param("task", task)
        .param(
            "names",
            names.isEmpty() ? List.of("") : names.stream().map(ChannelName::value).toList())
        .update();
    int place = 0;
    for (ChannelName name : names) {
      db.sql(
              """
              insert into sources (task_id, name, place, updated_at)
              values (?, ?, ?, ?)
              on conflict (task_id, name) do update set place = excluded.place,
                status = 'ok', last_error = null, error_count = 0, next_retry_at = null,
                updated_at = excluded.updated_at
              """)
          .params(task, name.value(), place++, now)
          .update();
    }
  }

  private void startAtNewest(TaskId id, long now) {
    db.sql("update sources set last_message_id = null, updated_at = ? where task_id = ?")
        .params(now, id.value())
        .update();
  }

  /** Deletes a task with its leads; says whether there was one. */
  public boolean delete(UserId user, TaskId id) {
    boolean deleted =
        db.sql("delete from tasks where id = ? and user_id = ?")
                .params(id.value(), user.value())
                .update()
            == 1;
    if (deleted) {
      changed(user);
    }
    return deleted;
  }

  /** A task that has the channel under both names keeps the one that it was read under. */
  @Override
  public void renamed(UserId user, ChannelName from, ChannelName to) {
    db.sql(
            """
            delete from sources
            where name = :to and task_id in (
              select s.task_id from sources s join tasks t on t.id = s.task_id
              where t.user_id = :user and s.name = :from)
            """)
        .param("to", to.value())
        .param("user", user.value())
        .param("from", from.value())
        .update();
    db.sql(
            """
            update sources
            set name = :to
            where name = :from and task_id in (select id from tasks where user_id = :user)
            """)
        .param("to", to.value())
        .param("from", from.value())
        .param("user", user.value())
        .update();
    db.sql("update tasks set alerts_channel = ? where user_id = ? and alerts_channel = ?")
        .params(to.value(), user.value(), from.value())
        .update();
    users.revisions().changed(user);
  }

  /** Of what tasks read. */
  @Override
  public void channelsChanged(UserId user) {
    users.revisions().changed(user);
  }

  /** Publishes that a user's tasks show something else than before, such as a channel's name. */
  public void shown(UserId user) {
    events.publishEvent(new TasksChanged(user));
  }

  // --- the state of sources ------------------------------------------------------------------

  /** Notes that a source was read up to a message; never goes back. */
  public void seen(TaskId task, ChannelName name, int messageId) {
    long now = clock.millis();
    boolean recovered =
        db.sql(
                    """
                    update sources
                    set status = 'ok'
                    where task_id = ? and name = ? and status <> 'ok'
                    """)
                .params(task.value(), name.value())
                .update()
            == 1;
    db.sql(
            """
            update sources
            set status = 'ok', last_error = null, error_count = 0, next_retry_at = null,
              checked_at = :now, updated_at = :now, last_message_id = case
              when last_message_id is null or last_message_id < :id then :id
              else last_message_id end
            where task_id = :task and name = :name
            """)
        .param("now", now)
        .param("id", messageId)
        .param("task", task.value())
        .param("name", name.value())
        .update();
    ownerOf(task)
        .ifPresent(user -> {
          users.revisions().changed(user);
          if (recovered) {
            events.publishEvent(new SourceChanged(user, task, name, SourceStatus.OK, null));
          }
        });
  }

  /**
   * A source that was read further, with nothing else to note of it.
   *
   * @param channelId the channel that had that name for the user
   * @param messageId every message up to it was seen
   */
  public record Progress(
      UserId user, TaskId task, ChannelName name, long channelId, int messageId) {}

  /**
   * Notes for many sources how far they were read; never goes back. One that has not begun, or
   * begins anew, stays as it is, and so does one whose name means another channel by now: that
   * one's numbers are others.
   */
  public void seen(List<Progress> progress) {
    long now = clock.millis();
    batches.batchUpdate(
        """
        update sources
        set last_message_id = ?, checked_at = ?, updated_at = ?
        where task_id = ? and name = ? and last_message_id < ? and exists (
          select 1 from user_channels c
          where c.user_id = ? and c.name = sources.name and c.channel_id = ?)
        """,
        progress,
        Math.max(1, progress.size()),
        (statement, each) -> {
          statement.setInt(1, each.messageId());
          statement.setLong(2, now);
          statement.setLong(3, now);
          statement.setLong(4, each.task().value());
          statement.setString(5, each.name().value());
          statement.setInt(6, each.messageId());
          statement.setLong(7, each.user().value());
          statement.setLong(8, each.channelId());
        });
  }

  /**
   * Whether a task still looks for the same in a source that it had begun to read, as far as the
   * database knows.
   */
  public boolean looksForTheSame(Task task, ChannelName source) {
    return db.sql(
            """
            select t.*
            from tasks t
            join sources s on s.task_id = t.id
            where t.id = ? and t.user_id = ? and t.status = 'running'
              and s.name = ? and s.status <> 'invalid' and s.last_message_id is not null
            """)
        .params(task.id().value(), task.user().value(), source.value())
        .query(Tasks::row)
        .optional()
        .filter(stored -> stored.include().equals(task.include()))
        .filter(stored -> stored.exclude().equals(task.exclude()))
        .filter(stored -> stored.mergeReposts() == task.mergeReposts())
        .isPresent();
  }

  private Optional<UserId> ownerOf(TaskId task) {
    return db.sql("select user_id from tasks where id = ?")
        .param(task.value())
        .query(Long.class)
        .optional()
        .map(UserId::new);
  }

  /**
   * Publishes that a source shows something else than before, without a change of what is stored.
   */
  public void changed(Source source, UserId user, SourceStatus status, @Nullable String error) {
    events.publishEvent(new SourceChanged(user, source.task(), source.name(), status, error));
  }

  private void changed(TaskId task, ChannelName name, SourceStatus status, @Nullable String error) {
    ownerOf(task)
        .ifPresent(user -> {
          users.revisions().changed(user);
          events.publishEvent(new SourceChanged(user, task, name, status, error));
        });
  }

  /**
   * Notes that a source cannot be read: it is {@link SourceStatus#INVALID} when the fault is
   * permanent, else {@link SourceStatus#ERROR}.
   */
  public void failed(TaskId task, ChannelName name, ChannelFault fault) {
    long now = clock.millis();
    SourceStatus status = fault.isPermanent() ? SourceStatus.INVALID : SourceStatus.ERROR;
    Instant nextRetryAt = fault.retryAt();
    boolean found =
        db.sql(
                    """
                    update sources
                    set status = :status, last_error = :error, error_count = error_count + 1,
                      next_retry_at = :retry, checked_at = :now, updated_at = :now
                    where task_id = :task and name = :name
                    """)
                .param("status", status.text())
                .param("error", fault.error())
                .param("retry", nextRetryAt == null ? null : nextRetryAt.toEpochMilli())
                .param("now", now)
                .param("task", task.value())
                .param("name", name.value())
                .update()
            == 1;
    if (found) {
      changed(task, name, status, fault.error());
    }
  }

  /** Sources wait as long as they would have, and none longer than the pauses allow. */
  @EventListener
  public void on(ClockSet set) {
    db.sql(
            """
            update sources
            set next_retry_at = next_retry_at + :by
            where next_retry_at > :pending
            """)
        .param("by", set.byMillis())
        .param("pending", set.pendingMillis())
        .update();
    db.sql("update sources set next_retry_at = :longest where next_retry_at > :longest")
        .param("longest", set.after().plus(ChannelFault.RETRY.longest()).toEpochMilli())
        .update();
  }

  // --- rows ----------------------------------------------------------------------------------

  private static Task row(ResultSet row, int number) throws SQLException {
    String channel = row.getString("alerts_channel");
    String reason = row.getString("pause_reason");
    return new Task(
        new TaskId(row.getLong("id")),
        new UserId(row.getLong("user_id")),
        row.getString("name"),
        TaskStatus.of(row.getString("status")),
        reason == null ? null : PauseReason.valueOf(reason),
        strings(row.getString("include_keywords")),
        strings(row.getString("exclude_keywords")),
        row.getBoolean("alerts_personal"),
        channel == null ? null : new ChannelName(channel),
        row.getBoolean("merge_reposts"),
        List.of(),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("updated_at")));
  }

  private static List<String> strings(String json) {
    return Arrays.asList(JSON.readValue(json, String[].class));
  }

  private static Source source(ResultSet row, int number) throws SQLException {
    int last = row.getInt("last_message_id");
    Integer lastMessageId = row.wasNull() ? null : last;
    long retry = row.getLong("next_retry_at");
    Instant nextRetryAt = row.wasNull() ? null : Instant.ofEpochMilli(retry);
    return new Source(
        new TaskId(row.getLong("task_id")),
        new ChannelName(row.getString("name")),
        SourceStatus.of(row.getString("status")),
        lastMessageId,
        row.getString("last_error"),
        row.getInt("error_count"),
        nextRetryAt);
  }
}

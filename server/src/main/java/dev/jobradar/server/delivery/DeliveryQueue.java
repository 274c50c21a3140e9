package dev.jobradar.server.delivery;

import static java.util.stream.Collectors.joining;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.channels.ChannelNameListener;
import dev.jobradar.server.delivery.MessageText.Digest;
import dev.jobradar.server.delivery.MessageText.Item;
import dev.jobradar.server.delivery.MessageText.LeadToTell;
import dev.jobradar.server.leads.EntityJson;
import dev.jobradar.server.leads.LeadId;
import dev.jobradar.server.leads.Leads;
import dev.jobradar.server.leads.OwnMessages;
import dev.jobradar.server.pacing.ClockSet;
import dev.jobradar.server.storage.GroupCommit;
import dev.jobradar.server.tasks.TaskId;
import dev.jobradar.telegram.content.MessageContent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The queue of messages to send, as it is stored. Thread-safe; for one user the calls that take and
 * finish messages are to follow each other.
 *
 * <p>A delivery is {@code waiting}, then {@code sent}, {@code failed} (Telegram refused it for
 * good) or {@code cancelled} (no longer wanted). In between it may be {@code digested}: a digest, a
 * delivery of its own, speaks for it.
 */
@Repository
class DeliveryQueue implements ChannelNameListener {
  /** What is no longer wanted, of those that wait for a user. */
  private static final String UNWANTED =
      """
      user_id = :user and status = 'waiting' and not case
        when lead_id is null and destination = 'self' then exists (
          select 1
          from deliveries part
          join leads l on l.id = part.lead_id
          join tasks t on t.id = l.task_id
          join users u on u.id = l.user_id
          where part.digest_id = deliveries.id and u.alerts_personal and t.alerts_personal)
        when lead_id is null then exists (
          select 1
          from deliveries part
          join leads l on l.id = part.lead_id
          join tasks t on t.id = l.task_id
          where part.digest_id = deliveries.id and t.alerts_channel = deliveries.destination)
        when destination = 'self' then exists (
          select 1
          from leads l
          join tasks t on t.id = l.task_id
          join users u on u.id = l.user_id
          where l.id = deliveries.lead_id and u.alerts_personal and t.alerts_personal)
        else exists (
          select 1
          from leads l
          join tasks t on t.id = l.task_id
          where l.id = deliveries.lead_id and t.alerts_channel = deliveries.destination)
        end
      """;

  /**
   * The time before which a new message does not go out: none, whatever the clock says. A time of
   * the clock would hold it up when the clock is being set back just then.
   */
  private static final long AT_ONCE = 0;

  private final JdbcClient db;
  private final GroupCommit group;
  private final TransactionTemplate transactions;
  private final Leads leads;
  private final InstantSource clock;

  DeliveryQueue(
      JdbcClient db,
      GroupCommit group,
      TransactionTemplate transactions,
      Leads leads,
      InstantSource clock) {
    this.db = db;
    this.group = group;
    this.transactions = transactions;
    this.leads = leads;
    this.clock = clock;
  }

  /**
   * What waits for one destination.
   *
   * @param leads how many leads wait, those in a digest not counted
   * @param head the message that is next
   */
  record Queue(DeliveryTarget destination, int leads, Message head) {
    /** Whether it is one lead and nothing else. */
    boolean isOneLead() {
      return leads == 1 && head.lead() != null;
    }
  }

  /**
   * A message to send.
   *
   * @param lead what it is about; null for a digest
   * @param attempts how often it was tried in vain
   */
  record Message(
      long id,
      DeliveryTarget destination,
      @Nullable LeadId lead,
      MessageContent content,
      long randomId,
      Instant notBefore,
      int attempts,
      Instant createdAt) {
    /** The text stays out of logs. */
    @Override
    public String toString() {
      return "Message[" + id + "]";
    }
  }

  // --- orders --------------------------------------------------------------------------------

  /** Puts a lead into the queue for wherever it is wanted, within the caller's transaction. */
  void order(UserId user, LeadId lead) {
    record Wanted(boolean personal, @Nullable String channel, String post) {}
    db.sql(
            """
            select u.alerts_personal and t.alerts_personal as personal, t.alerts_channel,
              l.task_id, l.source, l.message_id
            from leads l
            join tasks t on t.id = l.task_id
            join users u on u.id = l.user_id
            where l.id = ? and l.user_id = ?
            """)
        .params(lead.value(), user.value())
        .query((row, n) ->
            new Wanted(row.getBoolean("personal"), row.getString("alerts_channel"), post(row)))
        .optional()
        .ifPresent(wanted -> {
          if (wanted.personal()) {
            put(user, lead, DeliveryTarget.SELF, wanted.post());
          }
          String channel = wanted.channel();
          if (channel != null) {
            put(user, lead, new DeliveryTarget(channel), wanted.post());
          }
        });
  }

  /** What a lead is about, whatever its number. */
  private static String post(ResultSet row) throws SQLException {
    return row.getLong("task_id") + " " + row.getString("source") + " " + row.getInt("message_id");
  }

  private void put(UserId user, LeadId lead, DeliveryTarget destination, String post) {
    db.sql(
            """
            insert into deliveries (user_id, destination, lead_id, random_id, status,
              not_before, created_at)
            values (:user, :destination, :lead, :random, 'waiting', :at_once, :now)
            on conflict (lead_id, destination) do update set status = 'waiting',
              not_before = excluded.not_before
            where deliveries.status = 'cancelled' and deliveries.attempts = 0
            """)
        .param("user", user.value())
        .param("destination", destination.text())
        .param("lead", lead.value())
        .param("random", randomId(user, destination, post))
        .param("at_once", AT_ONCE)
        .param("now", clock.millis())
        .update();
  }

  /** Calls back what was not tried yet of a lead. */
  void withdraw(UserId user, LeadId lead) {
    db.sql(
            """
            update deliveries
            set status = 'cancelled'
            where user_id = ? and lead_id = ? and status = 'waiting' and attempts = 0
            """)
        .params(user.value(), lead.value())
        .update();
  }

  /** Keeps back what waits of leads that their owner deleted: it goes with them in the end. */
  void keepBack(UserId user, List<LeadId> leads) {
    move(user, leads, "waiting", "kept_back");
  }

  /** Takes that back. */
  void release(UserId user, List<LeadId> leads) {
    move(user, leads, "kept_back", "waiting");
  }

  private void move(UserId user, List<LeadId> leads, String from, String to) {
    if (!leads.isEmpty()) {
      db.sql(
              """
              update deliveries set status = :to
              where user_id = :user and lead_id in (:leads) and status = :from
              """)
          .param("to", to)
          .param("user", user.value())
          .param("leads", leads.stream().map(LeadId::value).toList())
          .param("from", from)
          .update();
    }
  }

  /**
   * The same for the same content, so that what was sent after a backup is no second message when
   * the backup is restored: Telegram answers with the message that there is.
   *
   * @param content what the message is about
   */
  static long randomId(UserId user, DeliveryTarget destination, String content) {
    String text = user.value() + " " + destination.text() + " " + content;
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      long id = ByteBuffer.wrap(hash).getLong();
      // Zero means none.
      return id == 0 ? 1 : id;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  // --- the queue -----------------------------------------------------------------------------

  /** Who has something waiting, whether it is due or not. */
  List<UserId> usersWithWaiting() {
    return db
        .sql(
            """
            select distinct d.user_id
            from deliveries d
            join users u on u.id = d.user_id
            where d.status = 'waiting' and not u.disabled
            """)
        .query(Long.class)
        .list()
        .stream()
        .map(UserId::new)
        .toList();
  }

  /** How many leads wait for a user, one counted per destination. */
  long countWaiting(UserId user) {
    return db.sql(
            """
            select count(*)
            from deliveries
            where user_id = ? and lead_id is not null
              and status in ('waiting', 'digested')
            """)
        .param(user.value())
        .query(Long.class)
        .single();
  }

  /**
   * Since when the oldest message is due that nothing holds up: its user is signed in to Telegram,
   * and no wait that Telegram asked for stands.
   */
  Optional<Instant> oldestDue(Instant now) {
    return db.sql(
            "select min(case when d.not_before > d.created_at then d.not_before"
                + " else d.created_at end) as due"
                + " from deliveries d join users u on u.id = d.user_id"
                + " join telegram_sessions s on s.user_id = d.user_id"
                + " where d.status = 'waiting' and d.not_before <= :now and not u.disabled"
                + " and s.sealed is not null and s.ended is null and not exists"
                + " (select 1 from flood_waits f where f.user_id = d.user_id and f.until > :now)"
                + " having min(d.not_before) is not null")
        .param("now", now.toEpochMilli())
        .query(Long.class)
        .optional()
        .map(Instant::ofEpochMilli);
  }

  /** How many leads wait in all. */
  long countWaiting() {
    return db.sql("select count(*) from deliveries where status in ('waiting', 'digested')")
        .query(Long.class)
        .single();
  }

  /**
   * What waits for a user.
   *
   * @param cancelled how many were cancelled, since they are no longer wanted
   * @param tried a message that is noted to be tried now; null when there is none
   */
  record Pending(int cancelled, List<Queue> queues, @Nullable Message tried) {}

  /**
   * What waits for a user and is still wanted.
   *
   * @param choice the message that can be sent now, if any; it must not wait for anything
   */
  Pending waiting(UserId user, Function<List<Queue>, Optional<Message>> choice) {
    // With others, where the database has just been: cheaper than each by itself.
    return group.run(() -> {
      int cancelled = hasUnwanted(user) ? cancelUnwanted(user) : 0;
      List<Queue> queues = queues(user);
      return new Pending(
          cancelled, queues, choice.apply(queues).filter(this::noteTry).orElse(null));
    });
  }

  /**
   * What waits for a user, by destination; a digest goes before the leads that came after it, and
   * the one that waited longest first. Nothing for a user who is disabled.
   */
  private List<Queue> queues(UserId user) {
    return db.sql(
            """
            select d.*, q.leads, l.text as lead_text, l.entities as lead_entities, l.excerpt_only,
              l.incomplete, l.matched_at, l.source, l.url, l.matched_keyword, u.language
            from (
              select destination, count(lead_id) as leads, min(id) as oldest,
                coalesce(min(case when lead_id is null then id end), min(id)) as head
              from deliveries
              where user_id = ? and status = 'waiting'
              group by destination) q
            join deliveries d on d.id = q.head
            join users u on u.id = d.user_id
            left join leads l on l.id = d.lead_id
            where not u.disabled
            order by q.oldest
            """)
        .param(user.value())
        .query((row, n) -> {
          Message head = message(row);
          return new Queue(head.destination(), row.getInt("leads"), head);
        })
        .list();
  }

  private static Message message(ResultSet row) throws SQLException {
    long lead = row.getLong("lead_id");
    boolean digest = row.wasNull();
    return new Message(
        row.getLong("id"),
        new DeliveryTarget(row.getString("destination")),
        digest ? null : new LeadId(lead),
        content(row),
        row.getLong("random_id"),
        Instant.ofEpochMilli(row.getLong("not_before")),
        row.getInt("attempts"),
        Instant.ofEpochMilli(row.getLong("created_at")));
  }

  /** A digest's text is stored, and that of a message that was tried before. */
  private static MessageContent content(ResultSet row) throws SQLException {
    String text = row.getString("text");
    if (text == null) {
      return MessageText.lead(leadToTell(row));
    }
    String entities = row.getString("entities");
    return new MessageContent(
        text, entities == null ? List.of() : EntityJson.read(entities), false);
  }

  private static LeadToTell leadToTell(ResultSet row) throws SQLException {
    return new LeadToTell(
        new MessageContent(
            row.getString("lead_text"), EntityJson.read(row.getString("lead_entities")), false),
        new ChannelName(row.getString("source")),
        row.getString("url"),
        row.getString("matched_keyword"),
        row.getBoolean("excerpt_only"),
        row.getBoolean("incomplete"),
        Leads.firstMatch(row.getString("matched_at")),
        OwnMessages.wording(row.getString("language")));
  }

  /**
   * Puts the leads that wait for a destination, oldest first and as many as fit, into one message.
   * Its text and its {@code random_id} are stored now, so that it is the same message however often
   * it is tried. A lead that was tried on its own already stays on its own: it may have arrived.
   */
  void digest(UserId user, DeliveryTarget destination, int atMost) {
    record WaitingLead(long id, Item item, String language, String post) {}
    transactions.executeWithoutResult(status -> {
      List<WaitingLead> waiting =
          db.sql(
                  """
                  select d.id, l.text, l.url, u.language, l.task_id, l.source, l.message_id
                  from deliveries d
                  join leads l on l.id = d.lead_id
                  join users u on u.id = d.user_id
                  where d.user_id = :user and d.destination = :destination
                    and d.status = 'waiting' and d.attempts = 0
                  order by d.id
                  limit :limit
                  """)
              .param("user", user.value())
              .param("destination", destination.text())
              .param("limit", atMost)
              .query((row, n) ->
                  new WaitingLead(
                      row.getLong("id"),
                      new Item(row.getString("text"), row.getString("url")),
                      row.getString("language"),
                      post(row)))
              .list();
      if (waiting.isEmpty()) {
        return;
      }
      Digest digest =
          MessageText.digest(
              waiting.stream().map(WaitingLead::item).toList(),
              OwnMessages.wording(waiting.getFirst().language()));
      String posts =
          waiting.stream().limit(digest.items()).map(WaitingLead::post).collect(joining(","));
      long id =
          db.sql(
                  """
                  insert into deliveries (user_id, destination, text, random_id, status,
                    not_before, created_at)
                  values (:user, :destination, :text, :random, 'waiting', :at_once, :now)
                  returning id
                  """)
              .param("user", user.value())
              .param("destination", destination.text())
              .param("text", digest.text())
              .param("at_once", AT_ONCE)
              .param("random", randomId(user, destination, posts))
              .param("now", clock.millis())
              .query(Long.class)
              .single();
      db.sql("update deliveries set status = 'digested', digest_id = :digest where id in (:ids)")
          .param("digest", id)
          .param("ids", waiting.stream().limit(digest.items()).map(WaitingLead::id).toList())
          .update();
    });
  }

  /**
   * Notes, before it is tried, that a message may arrive from now on: whatever becomes of its lead
   * meanwhile, it is only repeated as it is.
   *
   * @return false when it was called back
   */
  boolean trying(Message message) {
    return group.run(() -> noteTry(message));
  }

  private boolean noteTry(Message message) {
    return db.sql(
                """
                update deliveries
                set attempts = attempts + 1, text = :text, entities = :entities
                where id = :id and status = 'waiting'
                """)
            .param("text", message.content().text())
            .param("entities", EntityJson.write(message.content().entities()))
            .param("id", message.id())
            .update()
        == 1;
  }

  // --- what became of them -------------------------------------------------------------------

  /**
   * Notes that a message was sent.
   *
   * @return the leads that it tells of
   */
  List<LeadId> sent(Message message, int messageId) {
    return group.runLater(() -> noteSent(message, messageId, clock.instant()));
  }

  private List<LeadId> noteSent(Message message, int messageId, Instant now) {
    db.sql(
            """
            update deliveries
            set status = 'sent', sent_at = :now, last_error = null, message_id = :message,
              text = null, entities = null
            where id = :id or digest_id = :id
            """)
        .param("now", now.toEpochMilli())
        .param("message", messageId)
        .param("id", message.id())
        .update();
    LeadId lead = message.lead();
    List<LeadId> told = lead == null ? leadsOf(message) : List.of(lead);
    leads.delivered(told, now);
    return told;
  }

  /** Notes that a message will never be sent, and why. */
  void failed(Message message, String error) {
    var _ = group.run(() -> noteFailed(message, error));
  }

  private int noteFailed(Message message, String error) {
    return db.sql(
            """
            update deliveries
            set status = 'failed', last_error = :error, sent_at = :now
            where id = :id or digest_id = :id
            """)
        .param("error", error)
        .param("now", clock.millis())
        .param("id", message.id())
        .update();
  }

  private List<LeadId> leadsOf(Message message) {
    return db
        .sql(
            """
            select lead_id
            from deliveries
            where (id = :id or digest_id = :id)
              and lead_id is not null
            order by lead_id
            """)
        .param("id", message.id())
        .query(Long.class)
        .list()
        .stream()
        .map(LeadId::new)
        .toList();
  }

  /** Schedules another try of a message. */
  void postpone(Message message, String error, Instant notBefore) {
    db.sql(
            """
            update deliveries
            set last_error = ?, not_before = ?
            where id = ? and status = 'waiting'
            """)
        .params(error, notBefore.toEpochMilli(), message.id())
        .update();
  }

  /** Messages wait as long as they would have, and none longer than the pauses allow. */
  void clockSet(ClockSet set, Duration longest) {
    db.sql(
            """
            update deliveries
            set not_before = not_before + :by
            where status = 'waiting' and not_before > :pending
            """)
        .param("by", set.byMillis())
        .param("pending", set.pendingMillis())
        .update();
    db.sql(
            """
            update deliveries
            set not_before = :longest
            where status = 'waiting' and not_before > :longest
            """)
        .param("longest", set.after().plus(longest).toEpochMilli())
        .update();
  }

  /** A message that was refused for now, and when it is tried again. */
  record Postponed(String error, Instant notBefore) {}

  /**
   * What a user's messages were refused for, if any waits because of that: the next to be tried.
   */
  Optional<Postponed> refusal(UserId user, String unreachable) {
    return db.sql(
            """
            select last_error, not_before
            from deliveries
            where user_id = ? and status = 'waiting'
              and last_error <> ? and not_before > ?
            order by not_before, id
            limit 1
            """)
        .params(user.value(), unreachable, clock.millis())
        .query((row, n) ->
            new Postponed(
                row.getString("last_error"), Instant.ofEpochMilli(row.getLong("not_before"))))
        .optional();
  }

  /** Makes everything due now that waits for a connection. */
  void connected(UserId user, String error) {
    db.sql(
            """
            update deliveries
            set not_before = :now
            where user_id = :user and status = 'waiting'
              and last_error = :error and not_before > :now
            """)
        .param("now", clock.millis())
        .param("user", user.value())
        .param("error", error)
        .update();
  }

  @Override
  public void renamed(UserId user, ChannelName from, ChannelName to) {
    db.sql(
            """
            update deliveries
            set destination = :to
            where user_id = :user and destination = :from and (lead_id is null or not exists (
              select 1 from deliveries other
              where other.lead_id = deliveries.lead_id and other.destination = :to))
            """)
        .param("to", to.value())
        .param("user", user.value())
        .param("from", from.value())
        .update();
  }

  /**
   * Cancels what is no longer wanted: a setting was switched off, a channel changed. A digest is
   * wanted as long as one of its leads is.
   */
  private int cancelUnwanted(UserId user) {
    int some =
        db.sql("update deliveries set status = 'cancelled' where " + UNWANTED)
            .param("user", user.value())
            .update();
    if (some > 0) {
      db.sql(
              """
              update deliveries
              set status = 'cancelled'
              where user_id = :user and status = 'digested'
                and digest_id in (select id from deliveries where user_id = :user
                  and status = 'cancelled' and lead_id is null)
              """)
          .param("user", user.value())
          .update();
    }
    return some;
  }

  /** Looked up first: nearly always there is nothing to write. */
  private boolean hasUnwanted(UserId user) {
    return !db.sql("select 1 from deliveries where " + UNWANTED + " limit 1")
        .param("user", user.value())
        .query(Integer.class)
        .list()
        .isEmpty();
  }

  /**
   * Where the newest message of a task failed: destinations that the task still has, and that
   * nothing has reached since.
   */
  List<DeliveryProblem> problems(UserId user) {
    return db.sql(
            """
            select l.task_id, d.destination, d.last_error, d.sent_at
            from deliveries d
            join leads l on l.id = d.lead_id
            join tasks t on t.id = l.task_id
            where d.user_id = :user and d.status = 'failed'
              and (d.destination = 'self' or d.destination = t.alerts_channel)
              and not exists (select 1 from deliveries later join leads ll
              on ll.id = later.lead_id where ll.task_id = l.task_id
                and later.destination = d.destination and later.id > d.id
                and later.status in ('sent', 'failed'))
            order by l.task_id, d.destination
            """)
        .param("user", user.value())
        .query((row, n) ->
            new DeliveryProblem(
                new TaskId(row.getLong("task_id")),
                row.getString("destination"),
                row.getString("last_error"),
                Instant.ofEpochMilli(row.getLong("sent_at"))))
        .list();
  }
}

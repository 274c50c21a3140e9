package dev.jobradar.server.leads;

import dev.jobradar.clients.UserId;
import java.sql.Types;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What a person does with their leads; those of others are passed over. Tells {@link LeadsMarked}.
 * Thread-safe.
 */
@Service
public class LeadTriage {
  /** The longest note, in UTF-16 units. */
  public static final int LONGEST_NOTE = 2_000;

  private static final int AT_ONCE = 500;

  private final JdbcClient db;
  private final DeliveryOrders orders;
  private final TransactionOperations transactions;
  private final ApplicationEventPublisher events;
  private final InstantSource clock;

  public LeadTriage(
      JdbcClient db,
      DeliveryOrders orders,
      TransactionOperations transactions,
      ApplicationEventPublisher events,
      InstantSource clock) {
    this.db = db;
    this.orders = orders;
    this.transactions = transactions;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Gives leads a status.
   *
   * @return those that had another one before, by that
   */
  public Map<LeadStatus, List<LeadId>> mark(UserId user, List<LeadId> ids, LeadStatus status) {
    Map<LeadStatus, List<LeadId>> before = new EnumMap<>(LeadStatus.class);
    List<LeadId> changed =
        inParts(
            ids,
            some -> {
              List<LeadId> ofPart = new ArrayList<>();
              db.sql(
                      """
                      select id, status from leads
                      where user_id = :user and id in (:ids) and trashed_at is null
                        and status <> :status
                      """)
                  .param("user", user.value())
                  .param("ids", values(some))
                  .param("status", status.text())
                  .query(row -> {
                    LeadId id = new LeadId(row.getLong("id"));
                    ofPart.add(id);
                    before
                        .computeIfAbsent(
                            LeadStatus.of(row.getString("status")), _ -> new ArrayList<>())
                        .add(id);
                  });
              if (!ofPart.isEmpty()) {
                db.sql("update leads set status = :status, is_read = :read where id in (:ids)")
                    .param("status", status.text())
                    .param("read", status != LeadStatus.NEW)
                    .param("ids", values(ofPart))
                    .update();
              }
              return ofPart;
            });
    tell(user, changed);
    return before;
  }

  /** Notes that the person has opened a lead: a new one is seen. Says whether it was new. */
  public boolean opened(UserId user, LeadId id) {
    boolean fresh =
        db.sql(
                    """
                    update leads set status = 'seen', is_read = true
                    where id = ? and user_id = ? and status = 'new' and trashed_at is null
                    """)
                .params(id.value(), user.value())
                .update()
            == 1;
    if (fresh) {
      tell(user, List.of(id));
    }
    return fresh;
  }

  /**
   * Keeps the person's words about a lead; blank ones take it away. Says whether the lead is
   * theirs.
   *
   * @throws IllegalArgumentException when it is longer than {@link #LONGEST_NOTE}
   */
  public boolean note(UserId user, LeadId id, String text) {
    if (text.length() > LONGEST_NOTE) {
      throw new IllegalArgumentException("a note has up to " + LONGEST_NOTE + " characters");
    }
    String note = text.replace('\0', ' ').strip();
    Boolean found =
        transactions.execute(status -> {
          Optional<String> post =
              db.sql(
                      """
                      update leads set note = :note
                      where id = :id and user_id = :user and trashed_at is null
                      returning text
                      """)
                  .param("note", note.isEmpty() ? null : note)
                  .param("id", id.value())
                  .param("user", user.value())
                  .query(String.class)
                  .optional();
          post.ifPresent(words -> LeadWords.write(db, id.value(), words, note));
          return post.isPresent();
        });
    if (Boolean.TRUE.equals(found)) {
      tell(user, List.of(id));
      return true;
    }
    return false;
  }

  /**
   * Deletes leads so that it can be taken back; what was to be sent of them is kept back.
   *
   * @return those that were there
   */
  public List<LeadId> trash(UserId user, List<LeadId> ids) {
    List<LeadId> trashed =
        inParts(
            ids,
            some -> {
              List<LeadId> gone = setTrashed(user, some, clock.millis());
              orders.keepBack(user, gone);
              return gone;
            });
    tell(user, trashed);
    return trashed;
  }

  /**
   * Takes {@link #trash} back.
   *
   * @return those that are there again
   */
  public List<LeadId> restore(UserId user, List<LeadId> ids) {
    List<LeadId> restored =
        inParts(
            ids,
            some -> {
              List<LeadId> back = setTrashed(user, some, null);
              orders.release(user, back);
              return back;
            });
    if (!restored.isEmpty()) {
      orders.ordered(user);
    }
    tell(user, restored);
    return restored;
  }

  private List<LeadId> setTrashed(UserId user, List<LeadId> ids, @Nullable Long at) {
    return db
        .sql(
            """
            update leads set trashed_at = :at
            where user_id = :user and id in (:ids) and trashed_at is %s
            returning id
            """
                .formatted(at == null ? "not null" : "null"))
        .param("at", at, Types.BIGINT)
        .param("user", user.value())
        .param("ids", values(ids))
        .query(Long.class)
        .list()
        .stream()
        .map(LeadId::new)
        .toList();
  }

  private List<LeadId> inParts(List<LeadId> ids, Function<List<LeadId>, List<LeadId>> work) {
    List<LeadId> all = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      List<LeadId> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
      List<LeadId> done = transactions.execute(status -> work.apply(some));
      if (done != null) {
        all.addAll(done);
      }
    }
    return all;
  }

  private static List<Long> values(List<LeadId> ids) {
    return ids.stream().map(LeadId::value).toList();
  }

  private void tell(UserId user, List<LeadId> leads) {
    if (!leads.isEmpty()) {
      events.publishEvent(new LeadsMarked(user, leads));
    }
  }
}

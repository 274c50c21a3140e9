package dev.jobradar.server.leads;

import dev.jobradar.server.housekeeping.Batches;
import dev.jobradar.server.housekeeping.Prunable;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes leads of an earlier version searchable, newest first. It comes with housekeeping, which
 * begins with the service, and deletes nothing. Thread-safe.
 */
@Component
class LeadWords implements Prunable {
  private static final int SOME = 100;

  private final JdbcClient db;

  LeadWords(JdbcClient db) {
    this.db = db;
  }

  private record Unread(long id, String text) {}

  @Override
  public String name() {
    return "lead_words";
  }

  @Override
  public long prune() throws InterruptedException {
    for (List<Unread> some = unread(); !some.isEmpty(); some = unread()) {
      for (Unread each : some) {
        write(db, each.id(), each.text());
      }
      Batches.pause();
    }
    return 0;
  }

  private List<Unread> unread() {
    return db.sql(
            """
            select id, text from leads
            where not exists (select 1 from lead_words w where w.lead_id = leads.id)
            order by id desc
            limit %d
            """
                .formatted(SOME))
        .query((row, n) -> new Unread(row.getLong("id"), row.getString("text")))
        .list();
  }

  /** Stores the words of a lead's text; those of its note stay. */
  static void write(JdbcClient db, long lead, String text) {
    db.sql(
            """
            insert into lead_words (lead_id, words)
            select id, :words from leads where id = :id
            on conflict (lead_id) do update set words = excluded.words
            """)
        .param("words", SearchWords.stored(text))
        .param("id", lead)
        .update();
  }

  /** Stores the words of a lead's text and of its note. */
  static void write(JdbcClient db, long lead, String text, String note) {
    write(db, lead, text);
    db.sql("update lead_words set note_words = ? where lead_id = ?")
        .params(SearchWords.stored(note), lead)
        .update();
  }
}

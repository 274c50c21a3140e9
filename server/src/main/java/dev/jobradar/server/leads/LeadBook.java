package dev.jobradar.server.leads;

import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.leads.PostFilter.Matched;
import dev.jobradar.server.tasks.SourceName;
import dev.jobradar.server.tasks.Task;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Writes leads down, within a transaction of the caller. Never two leads for one task, source and
 * message. Thread-safe.
 */
@Repository
class LeadBook {
  /** A vacancy that comes again after this is a new one. */
  static final Duration REPOST_WINDOW = Duration.ofDays(14);

  private final JdbcClient db;
  private final InstantSource clock;

  LeadBook(JdbcClient db, InstantSource clock) {
    this.db = db;
    this.clock = clock;
  }

  /**
   * A post that matched a task.
   *
   * @param fingerprint what it has in common with its reposts; null when it is never merged
   */
  record Finding(
      Task task,
      SourceName source,
      ReceivedPost post,
      Matched matched,
      @Nullable String fingerprint) {}

  /**
   * Stores a finding as a new lead, or as another sighting of a lead that is there.
   *
   * @return the new lead; empty when it was a sighting or had been stored before
   */
  Optional<LeadId> add(Finding finding) {
    if (isSighting(finding)) {
      return Optional.empty();
    }
    Optional<LeadId> original = original(finding);
    if (original.isPresent()) {
      addSighting(original.get(), finding);
      return Optional.empty();
    }
    return insert(finding);
  }

  private boolean isSighting(Finding finding) {
    return db.sql(
            "select 1 from lead_sightings where task_id = ? and source = ? and message_id = ?")
        .params(finding.task().id().value(), finding.source().value(), finding.post().id())
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  private Optional<LeadId> original(Finding finding) {
    if (finding.fingerprint() == null) {
      return Optional.empty();
    }
    long posted = finding.post().date().toEpochMilli();
    return db.sql(
            "select id from leads where task_id = :task and fingerprint = :fingerprint"
                + " and posted_at between :from and :to"
                + " and not (source = :source and message_id = :message) order by id limit 1")
        .param("task", finding.task().id().value())
        .param("fingerprint", finding.fingerprint())
        .param("from", posted - REPOST_WINDOW.toMillis())
        .param("to", posted + REPOST_WINDOW.toMillis())
        .param("source", finding.source().value())
        .param("message", finding.post().id())
        .query(Long.class)
        .optional()
        .map(LeadId::new);
  }

  private void addSighting(LeadId original, Finding finding) {
    boolean isLead =
        db.sql("select 1 from leads where task_id = ? and source = ? and message_id = ?")
            .params(finding.task().id().value(), finding.source().value(), finding.post().id())
            .query(Integer.class)
            .optional()
            .isPresent();
    if (isLead) {
      return;
    }
    db.sql(
            "insert into lead_sightings (lead_id, task_id, source, message_id, url, seen_at)"
                + " values (?, ?, ?, ?, ?, ?) on conflict do nothing")
        .params(
            original.value(),
            finding.task().id().value(),
            finding.source().value(),
            finding.post().id(),
            url(finding),
            finding.post().date().toEpochMilli())
        .update();
  }

  private Optional<LeadId> insert(Finding finding) {
    String text = Texts.cut(finding.post().text(), Lead.MAX_TEXT);
    List<Span> spans =
        finding.matched().spans().stream().filter(span -> span.end() <= text.length()).toList();
    return db.sql(
            "insert into leads (user_id, task_id, source, message_id, text, url, matched_keyword,"
                + " matched_at, fingerprint, posted_at, found_at) values (:user, :task, :source,"
                + " :message, :text, :url, :keyword, :spans, :fingerprint, :posted, :now)"
                + " on conflict (task_id, source, message_id) do nothing returning id")
        .param("user", finding.task().user().value())
        .param("task", finding.task().id().value())
        .param("source", finding.source().value())
        .param("message", finding.post().id())
        .param("text", withoutNul(text))
        .param("url", url(finding))
        .param("keyword", finding.matched().keyword())
        .param("spans", Leads.json(spans))
        .param("fingerprint", finding.fingerprint())
        .param("posted", finding.post().date().toEpochMilli())
        .param("now", clock.millis())
        .query(Long.class)
        .optional()
        .map(LeadId::new);
  }

  /** PostgreSQL has no such character in a text; nobody sees the difference. */
  private static String withoutNul(String text) {
    return text.replace('\0', ' ');
  }

  private static String url(Finding finding) {
    return "https://t.me/" + finding.source().value() + "/" + finding.post().id();
  }
}

package dev.jobradar.server.leads;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.filter.Match;
import dev.jobradar.server.filter.Span;
import dev.jobradar.server.leads.PostFilter.Likeness;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.TaskId;
import dev.jobradar.telegram.content.MessageContent;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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
class LeadWriter {
  /** A vacancy that comes again after this is a new one. */
  static final Duration REPOST_WINDOW = Duration.ofDays(14);

  /** Comparing two texts takes time; a template that is posted all day has many likes. */
  private static final int CANDIDATES = 20;

  private final JdbcClient db;
  private final PostFacts facts;
  private final InstantSource clock;

  LeadWriter(JdbcClient db, PostFacts facts, InstantSource clock) {
    this.db = db;
    this.facts = facts;
    this.clock = clock;
  }

  /**
   * A post that matched a task.
   *
   * @param likeness what it has in common with its reposts; null when it is never merged
   * @param fromHistory whether the history was searched for it
   */
  record Finding(
      Task task,
      ChannelName source,
      ReceivedPost post,
      Match match,
      @Nullable Likeness likeness,
      boolean fromHistory) {
    /** A post that came by itself. */
    Finding(
        Task task,
        ChannelName source,
        ReceivedPost post,
        Match match,
        @Nullable Likeness likeness) {
      this(task, source, post, match, likeness, false);
    }

    /** The same, of a search of the history. */
    Finding ofHistory() {
      return new Finding(task, source, post, match, likeness, true);
    }
  }

  /**
   * Stores a finding as a new lead, or as another sighting of a lead that is there.
   *
   * @return the new lead; empty when it was a sighting or had been stored before
   */
  Optional<LeadId> add(Finding finding) {
    if (isSighting(finding) || isPartOfLead(finding)) {
      return Optional.empty();
    }
    Optional<LeadId> copied = copied(finding);
    if (copied.isPresent()) {
      addSighting(copied.get(), finding);
      return Optional.empty();
    }
    Optional<LeadId> original = original(finding);
    if (original.isPresent()) {
      addSighting(original.get(), finding);
      return Optional.empty();
    }
    Optional<LeadId> lead = insert(finding);
    lead.ifPresent(id -> {
      addBands(id, finding);
      facts.changed(finding.post().id(), finding.post().albumId());
    });
    return lead;
  }

  private boolean isSighting(Finding finding) {
    return db.sql(
            "select 1 from lead_sightings where task_id = ? and source = ? and message_id = ?")
        .params(finding.task().id().value(), finding.source().value(), finding.post().id())
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  /** Whether another part of the same album is a lead already. */
  private boolean isPartOfLead(Finding finding) {
    Long album = finding.post().albumId();
    return album != null
        && db.sql("select 1 from leads where task_id = ? and source = ? and album_id = ?")
            .params(finding.task().id().value(), finding.source().value(), album)
            .query(Integer.class)
            .optional()
            .isPresent();
  }

  /** The lead of the post that this one is a copy of, as the copies in discussion groups are. */
  private Optional<LeadId> copied(Finding finding) {
    ReceivedPost.Origin origin = finding.post().forwardedFrom();
    if (origin == null) {
      return Optional.empty();
    }
    return db.sql(
            """
            select l.id from leads l
            join user_channels c on c.user_id = l.user_id and c.name = l.source
            where l.task_id = ? and c.channel_id = ? and l.message_id = ?
              and l.trashed_at is null
            """)
        .params(finding.task().id().value(), origin.channelId(), origin.id())
        .query(Long.class)
        .optional()
        .map(LeadId::new);
  }

  /** The earlier lead that a post repeats: of the same words, or else of nearly the same. */
  private Optional<LeadId> original(Finding finding) {
    Likeness likeness = finding.likeness();
    if (likeness == null || likeness.bands().isEmpty()) {
      return Optional.empty();
    }
    record Candidate(LeadId id, MessageContent content, String fingerprint) {}
    List<Candidate> candidates =
        near(
                finding,
                """
                select l.id, l.text, l.entities, l.fingerprint
                from leads l
                where l.task_id = :task and l.trashed_at is null
                  and (l.fingerprint = :fingerprint or l.id in (
                    select b.lead_id from lead_bands b
                    where b.task_id = :task and b.band in (:bands)))
                  and l.posted_at between :from and :to
                  and not (l.source = :source and l.message_id = :message)
                order by case when l.fingerprint = :fingerprint then 0 else 1 end, l.id
                limit %d
                """
                    .formatted(CANDIDATES))
            .param("fingerprint", likeness.text())
            .param("bands", likeness.bands())
            .query((row, n) ->
                new Candidate(
                    new LeadId(row.getLong("id")),
                    Leads.content(row),
                    String.valueOf(row.getString("fingerprint"))))
            .list();
    return candidates.stream()
        .filter(c -> c.fingerprint().equals(likeness.text()) || likeness.isRepostOf(c.content()))
        .map(Candidate::id)
        .findFirst();
  }

  private JdbcClient.StatementSpec near(Finding finding, String sql) {
    long posted = finding.post().date().toEpochMilli();
    return db.sql(sql)
        .param("task", finding.task().id().value())
        .param("from", posted - REPOST_WINDOW.toMillis())
        .param("to", posted + REPOST_WINDOW.toMillis())
        .param("source", finding.source().value())
        .param("message", finding.post().id());
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
            """
            insert into lead_sightings (lead_id, task_id, source, message_id, url,
              seen_at)
            values (?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """)
        .params(
            original.value(),
            finding.task().id().value(),
            finding.source().value(),
            finding.post().id(),
            url(finding),
            finding.post().date().toEpochMilli())
        .update();
  }

  // --- what becomes of a lead ----------------------------------------------------------------

  /**
   * A lead that is there.
   *
   * @param delivered whether a message about it was sent
   * @param trashed whether its owner deleted it
   */
  record Existing(
      LeadId id, MessageContent content, boolean withdrawn, boolean delivered, boolean trashed) {
    /** Whether it says the same as a post. */
    boolean saysTheSame(Stored other) {
      return content.text().equals(other.content().text())
          && content.entities().equals(other.content().entities());
    }
  }

  /** The lead that a post is, or that its album is. */
  Optional<Existing> existing(TaskId task, ChannelName source, ReceivedPost post) {
    return db.sql(
            """
            select id, text, entities, withdrawn_at, delivered_at, trashed_at from leads
            where task_id = :task and source = :source
              and (message_id = :message or album_id = :album)
            order by id
            limit 1
            """)
        .param("task", task.value())
        .param("source", source.value())
        .param("message", post.id())
        .param("album", post.albumId(), Types.BIGINT)
        .query((row, n) ->
            new Existing(
                new LeadId(row.getLong("id")),
                Leads.content(row),
                row.getObject("withdrawn_at") != null,
                row.getObject("delivered_at") != null,
                row.getObject("trashed_at") != null))
        .optional();
  }

  /** Whether any task of a user has a lead of this post. */
  boolean isLead(UserId user, Collection<ChannelName> sources, ReceivedPost post) {
    return !db.sql(
            """
            select 1 from leads
            where task_id in (select id from tasks where user_id = :user)
              and source in (:sources) and (message_id = :message or album_id = :album)
            limit 1
            """)
        .param("user", user.value())
        .param("sources", sources.stream().map(ChannelName::value).toList())
        .param("message", post.id())
        .param("album", post.albumId(), Types.BIGINT)
        .query(Integer.class)
        .list()
        .isEmpty();
  }

  /** The post of a lead says something else, and matches. */
  void edit(LeadId lead, Finding finding, Instant at) {
    Stored stored = Stored.of(finding.post(), finding.match().spans());
    String keyword = finding.match().keyword();
    Likeness likeness = finding.likeness();
    db.sql(
            """
            update leads
            set text = :text, entities = :entities, matched_keyword = :keyword,
              matched_at = :spans, fingerprint = :fingerprint, edited_at = :at,
              withdrawn_at = null, incomplete = :incomplete
            where id = :id
            """)
        .param("text", stored.content().text())
        .param("entities", EntityJson.write(stored.content().entities()))
        .param("keyword", keyword == null ? null : withoutNul(keyword))
        .param("spans", Leads.json(stored.spans()))
        .param("fingerprint", likeness == null ? null : likeness.text())
        .param("at", at.toEpochMilli())
        .param("incomplete", finding.post().content().partial())
        .param("id", lead.value())
        .update();
    LeadWords.write(db, lead.value(), stored.content().text());
    db.sql("delete from lead_bands where lead_id = ?").param(lead.value()).update();
    addBands(lead, finding);
  }

  /** The post of a lead does not match any more; a lead never loses all of its words. */
  void withdraw(LeadId lead, ReceivedPost post, Instant editedAt) {
    Stored stored = Stored.of(post, List.of());
    if (!stored.content().text().isBlank()) {
      db.sql("update leads set text = ?, entities = ?, matched_at = '[]' where id = ?")
          .params(
              stored.content().text(), EntityJson.write(stored.content().entities()), lead.value())
          .update();
      LeadWords.write(db, lead.value(), stored.content().text());
    }
    db.sql("update leads set edited_at = ?, withdrawn_at = ? where id = ?")
        .params(editedAt.toEpochMilli(), clock.millis(), lead.value())
        .update();
  }

  /**
   * What is stored of a post: all that Telegram lets a post have, or an excerpt where copies are
   * forbidden. PostgreSQL has no NUL in a text; nobody sees the difference.
   */
  record Stored(MessageContent content, List<Span> spans) {
    static Stored of(ReceivedPost post, List<Span> matched) {
      MessageContent whole = post.content();
      MessageContent content = whole.slice(0, Texts.cut(whole.text(), Lead.MAX_TEXT).length());
      List<Span> spans =
          matched.stream().filter(span -> span.end() <= content.text().length()).toList();
      Excerpts.Excerpt shown =
          post.isProtected() ? Excerpts.of(content, spans) : new Excerpts.Excerpt(content, spans);
      return new Stored(
          new MessageContent(
              withoutNul(shown.content().text()),
              EntityJson.read(withoutNul(EntityJson.write(shown.content().entities()))),
              false),
          shown.spans());
    }
  }

  private Optional<LeadId> insert(Finding finding) {
    Stored stored = Stored.of(finding.post(), finding.match().spans());
    String keyword = finding.match().keyword();
    return db.sql(
            """
            insert into leads (user_id, task_id, source, message_id, text, entities,
              excerpt_only, incomplete, album_id, url, matched_keyword, matched_at, fingerprint,
              posted_at, found_at, from_history)
            values (:user, :task, :source, :message, :text, :entities,
              :excerpt, :incomplete, :album, :url, :keyword, :spans, :fingerprint, :posted, :now,
              :history)
            on conflict (task_id, source, message_id) do nothing
            returning id
            """)
        .param("user", finding.task().user().value())
        .param("task", finding.task().id().value())
        .param("source", finding.source().value())
        .param("message", finding.post().id())
        .param("text", stored.content().text())
        .param("entities", EntityJson.write(stored.content().entities()))
        .param("excerpt", finding.post().isProtected())
        .param("incomplete", finding.post().content().partial())
        .param("album", finding.post().albumId())
        .param("url", url(finding))
        .param("keyword", keyword == null ? null : withoutNul(keyword))
        .param("spans", Leads.json(stored.spans()))
        .param("fingerprint", finding.likeness() == null ? null : finding.likeness().text())
        .param("posted", finding.post().date().toEpochMilli())
        .param("now", clock.millis())
        .param("history", finding.fromHistory())
        .query(Long.class)
        .optional()
        .map(id -> {
          LeadWords.write(db, id, stored.content().text());
          return new LeadId(id);
        });
  }

  private void addBands(LeadId lead, Finding finding) {
    Likeness likeness = finding.likeness();
    if (likeness == null || likeness.bands().isEmpty()) {
      return;
    }
    List<Long> bands = likeness.bands();
    List<Object> values = new ArrayList<>(3 * bands.size());
    for (Long band : bands) {
      values.add(finding.task().id().value());
      values.add(band);
      values.add(lead.value());
    }
    String rows = String.join(", ", Collections.nCopies(bands.size(), "(?, ?, ?)"));
    db.sql("insert into lead_bands (task_id, band, lead_id) values " + rows)
        .params(values)
        .update();
  }

  private static String withoutNul(String text) {
    return text.replace('\0', ' ');
  }

  private static String url(Finding finding) {
    return finding.source().url(finding.post().id());
  }
}

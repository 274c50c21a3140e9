package dev.jobradar.server.leads;

import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.housekeeping.Batches;
import dev.jobradar.server.housekeeping.Prunable;
import dev.jobradar.server.tasks.TaskId;
import dev.jobradar.telegram.content.MessageContent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What posts said when they were seen first, for as long as an edit of them may become a lead. It
 * is the same for all users. Thread-safe.
 */
@Repository
class SeenPosts implements Prunable {
  /** Beyond the time in which an edit counts. */
  private static final Duration MARGIN = Duration.ofDays(1);

  private final JdbcClient db;
  private final LeadSettings settings;
  private final InstantSource clock;

  SeenPosts(JdbcClient db, LeadSettings settings, InstantSource clock) {
    this.db = db;
    this.settings = settings;
    this.clock = clock;
  }

  /** Remembers posts, in ascending order of ids; those that were seen before stay as they were. */
  void remember(long channelId, List<ReceivedPost> posts) {
    if (posts.isEmpty()) {
      return;
    }
    long now = clock.millis();
    JdbcClient.StatementSpec insert =
        db.sql(
            "insert into seen_posts (channel_id, message_id, content_hash, album_id, seen_at)"
                + " values "
                + posts.stream().map(_ -> "(?, ?, ?, ?, ?)").collect(Collectors.joining(", "))
                + " on conflict do nothing");
    for (ReceivedPost post : posts) {
      insert =
          insert
              .param(channelId)
              .param(post.id())
              .param(hash(post.content()))
              .param(post.albumId())
              .param(now);
    }
    insert.update();
  }

  /** Whether a post says something else than when it was seen first; false when it never was. */
  boolean differs(long channelId, ReceivedPost post) {
    return db.sql("select content_hash from seen_posts where channel_id = ? and message_id = ?")
        .params(channelId, post.id())
        .query(Long.class)
        .optional()
        .filter(before -> before != hash(post.content()))
        .isPresent();
  }

  /** Which of these albums have parts that came earlier than these posts. */
  Set<Long> albumsBefore(long channelId, List<ReceivedPost> posts) {
    Set<Long> albums = new HashSet<>();
    Set<Integer> ids = new HashSet<>();
    for (ReceivedPost post : posts) {
      if (post.albumId() != null) {
        albums.add(post.albumId());
        ids.add(post.id());
      }
    }
    if (albums.isEmpty()) {
      return Set.of();
    }
    return Set.copyOf(
        db.sql(
                """
                select distinct album_id from seen_posts
                where channel_id = :channel and album_id in (:albums)
                  and message_id not in (:ids)
                """)
            .param("channel", channelId)
            .param("albums", albums)
            .param("ids", ids)
            .query(Long.class)
            .list());
  }

  /** Whether the owner of a task deleted the lead that one of these messages was. */
  boolean dropped(TaskId task, ChannelName source, Collection<Integer> messages) {
    return db.sql(
                """
                select 1 from dropped_leads
                where task_id = :task and source = :source and message_id in (:messages)
                """)
            .param("task", task.value())
            .param("source", source.value())
            .param("messages", messages)
            .query(Integer.class)
            .list()
            .size()
        > 0;
  }

  /** A part of a digest of text and addresses; how the text looks does not count. */
  private static long hash(MessageContent content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(content.text().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(EntityJson.write(content.entities()).getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest.digest()).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public String name() {
    return "seen_posts";
  }

  @Override
  public long prune() throws InterruptedException {
    long before = clock.millis() - settings.editedWithin().plus(MARGIN).toMillis();
    long posts =
        Batches.untilNone(() ->
            db.sql(
                    """
                    delete from seen_posts
                    where (channel_id, message_id) in (
                      select channel_id, message_id from seen_posts where seen_at < ? limit %d)
                    """
                        .formatted(Batches.SIZE))
                .param(before)
                .update());
    long leads =
        Batches.untilNone(() ->
            db.sql(
                    """
                    delete from dropped_leads
                    where (task_id, source, message_id) in (
                      select task_id, source, message_id from dropped_leads
                      where dropped_at < ? limit %d)
                    """
                        .formatted(Batches.SIZE))
                .param(before)
                .update());
    return posts + leads;
  }
}

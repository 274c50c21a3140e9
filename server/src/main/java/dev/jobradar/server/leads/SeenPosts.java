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
import java.sql.Types;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
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

  /** So many of the posts that were noted last are known, so that each is noted once. */
  private static final int KNOWN = 20_000;

  /** A post of a channel. */
  private record Key(long channelId, int messageId) {}

  /** What a post said when it was seen first. */
  record First(long channelId, int messageId, long contentHash, @Nullable Long albumId) {
    private Key key() {
      return new Key(channelId, messageId);
    }
  }

  private final JdbcClient db;
  private final JdbcOperations batches;
  private final PostFacts facts;
  private final LeadSettings settings;
  private final InstantSource clock;

  /** What is not stored yet. Guarded by itself. */
  private final Map<Key, First> unstored = new LinkedHashMap<>();

  /** The posts that were noted last. Guarded by {@link #unstored}. */
  private final Set<Key> known =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, Boolean> eldest) {
              return size() > KNOWN;
            }
          });

  SeenPosts(
      JdbcClient db,
      JdbcOperations batches,
      PostFacts facts,
      LeadSettings settings,
      InstantSource clock) {
    this.db = db;
    this.batches = batches;
    this.facts = facts;
    this.settings = settings;
    this.clock = clock;
  }

  /** Notes posts in memory, to be stored soon; those that were seen before stay as they were. */
  void note(long channelId, List<ReceivedPost> posts) {
    for (ReceivedPost post : posts) {
      Key key = new Key(channelId, post.id());
      synchronized (unstored) {
        if (!known.add(key)) {
          continue;
        }
      }
      First first = first(channelId, post);
      synchronized (unstored) {
        unstored.putIfAbsent(key, first);
      }
    }
  }

  /** Remembers posts, in ascending order of ids; those that were seen before stay as they were. */
  void remember(long channelId, List<ReceivedPost> posts) {
    store(posts.stream().map(post -> noted(channelId, post)).toList());
  }

  private First noted(long channelId, ReceivedPost post) {
    synchronized (unstored) {
      First noted = unstored.get(new Key(channelId, post.id()));
      if (noted != null) {
        return noted;
      }
    }
    return first(channelId, post);
  }

  private static First first(long channelId, ReceivedPost post) {
    return new First(channelId, post.id(), hash(post.content()), post.albumId());
  }

  /** What is noted and not stored. */
  List<First> unstored() {
    synchronized (unstored) {
      return List.copyOf(unstored.values());
    }
  }

  /** Stores it, as a part of the caller's transaction; {@link #stored} is to be told after that. */
  void store(List<First> posts) {
    long now = clock.millis();
    batches.batchUpdate(
        """
        insert into seen_posts (channel_id, message_id, content_hash, album_id, seen_at)
        values (?, ?, ?, ?, ?)
        on conflict do nothing
        """,
        posts,
        Math.max(1, posts.size()),
        (statement, post) -> {
          statement.setLong(1, post.channelId());
          statement.setInt(2, post.messageId());
          statement.setLong(3, post.contentHash());
          statement.setObject(4, post.albumId(), Types.BIGINT);
          statement.setLong(5, now);
        });
    posts.forEach(post -> facts.changed(post.messageId(), null));
  }

  /** These are stored. */
  void stored(List<First> posts) {
    synchronized (unstored) {
      posts.forEach(post -> unstored.remove(post.key()));
    }
  }

  /** Whether a post says something else than when it was seen first; false when it never was. */
  boolean differs(long channelId, ReceivedPost post) {
    synchronized (unstored) {
      First noted = unstored.get(new Key(channelId, post.id()));
      if (noted != null) {
        return noted.contentHash() != hash(post.content());
      }
    }
    return facts.of(channelId, post).differs(hash(post.content()));
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
    Set<Long> begun = new HashSet<>();
    synchronized (unstored) {
      for (First noted : unstored.values()) {
        if (noted.channelId() == channelId
            && noted.albumId() != null
            && albums.contains(noted.albumId())
            && !ids.contains(noted.messageId())) {
          begun.add(noted.albumId());
        }
      }
    }
    begun.addAll(
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
    return begun;
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

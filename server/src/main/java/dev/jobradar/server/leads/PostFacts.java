package dev.jobradar.server.leads;

import dev.jobradar.server.account.ReceivedPost;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What is stored of the posts that were edited last, in memory: an edit comes once for each user
 * who watches the channel, nearly always for a reaction, and is looked up once. Whoever stores
 * something of a post says so ({@link #changed}), and what was known of it counts no more; what
 * somebody else deletes from the database only costs a look. Of constant size; thread-safe.
 */
@Component
class PostFacts {
  private static final int MOST = 10_000;

  private static final int NUMBERS = 1 << 12;

  private final JdbcClient db;

  /** How often something was stored of posts or albums with these ids; several share a number. */
  private final AtomicLongArray numbers = new AtomicLongArray(NUMBERS);

  /** Guarded by itself. */
  private final Map<Key, Fact> facts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Fact> eldest) {
          return size() > MOST;
        }
      };

  PostFacts(JdbcClient db) {
    this.db = db;
  }

  /** A message, or its album. */
  private record Key(long channelId, int messageId, @Nullable Long album) {}

  /**
   * What is stored of a post.
   *
   * @param first what it said when it was seen first; null when it never was
   * @param lead whether it, or its album, is a lead of anybody
   */
  record Fact(long number, @Nullable Long first, boolean lead) {
    /** Whether it says something else by now; false when it never was seen. */
    boolean differs(long contentHash) {
      return first != null && first != contentHash;
    }
  }

  Fact of(long channelId, ReceivedPost post) {
    Key key = new Key(channelId, post.id(), post.albumId());
    long number = number(key);
    synchronized (facts) {
      Fact known = facts.get(key);
      if (known != null && known.number() == number) {
        return known;
      }
    }
    Fact fresh = new Fact(number, first(key), isLead(key));
    synchronized (facts) {
      facts.put(key, fresh);
    }
    return fresh;
  }

  private @Nullable Long first(Key key) {
    return db.sql("select content_hash from seen_posts where channel_id = ? and message_id = ?")
        .params(key.channelId(), key.messageId())
        .query(Long.class)
        .optional()
        .orElse(null);
  }

  private boolean isLead(Key key) {
    return isLead("l.message_id = ?", key.messageId(), key.channelId())
        || key.album() != null && isLead("l.album_id = ?", key.album(), key.channelId());
  }

  private boolean isLead(String which, long value, long channelId) {
    return !db.sql(
            """
            select 1
            from leads l
            join user_channels c on c.user_id = l.user_id and c.name = l.source
            where %s and c.channel_id = ?
            limit 1
            """
                .formatted(which))
        .params(value, channelId)
        .query(Integer.class)
        .list()
        .isEmpty();
  }

  /** Something of a post was stored; within a transaction it counts from the end of that. */
  void changed(int messageId, @Nullable Long album) {
    if (TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
              raise(messageId, album);
            }
          });
    } else {
      raise(messageId, album);
    }
  }

  private void raise(int messageId, @Nullable Long album) {
    numbers.incrementAndGet(index(messageId));
    if (album != null) {
      numbers.incrementAndGet(index(album));
    }
  }

  /** Both only grow: the sum is the same only if both are. */
  private long number(Key key) {
    long mine = numbers.get(index(key.messageId()));
    return key.album() == null ? mine : mine + numbers.get(index(key.album()));
  }

  private static int index(long number) {
    return Long.hashCode(number) & (NUMBERS - 1);
  }
}

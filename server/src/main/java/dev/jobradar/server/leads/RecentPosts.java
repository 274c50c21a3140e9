package dev.jobradar.server.leads;

import dev.jobradar.server.filter.PostWords;
import dev.jobradar.telegram.content.MessageContent;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The words of the posts that were read last: a post comes once for each user who watches its
 * channel, and is read once. Thread-safe.
 */
final class RecentPosts {
  /** So many UTF-16 units in all; their words take about a hundred times as many bytes. */
  static final int LENGTH = 200_000;

  private final Function<MessageContent, PostWords> reader;

  /** Guarded by this, as the length is. */
  private final Map<MessageContent, PostWords> posts = new LinkedHashMap<>(16, 0.75f, true);

  private int length;

  RecentPosts(Function<MessageContent, PostWords> reader) {
    this.reader = reader;
  }

  PostWords words(MessageContent post) {
    synchronized (this) {
      PostWords known = posts.get(post);
      if (known != null) {
        return known;
      }
    }
    // Outside, so that nobody waits for a long one. Two that come at once read it twice.
    PostWords words = reader.apply(post);
    keep(post, words);
    return words;
  }

  private synchronized void keep(MessageContent post, PostWords words) {
    if (posts.putIfAbsent(post, words) == null) {
      length += post.text().length();
    }
    Iterator<MessageContent> eldest = posts.keySet().iterator();
    while (length > LENGTH && eldest.hasNext()) {
      length -= eldest.next().text().length();
      eldest.remove();
    }
  }

  synchronized int size() {
    return posts.size();
  }
}

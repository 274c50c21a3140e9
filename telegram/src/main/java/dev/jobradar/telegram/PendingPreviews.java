package dev.jobradar.telegram;

import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.MessageMediaWebPage;
import dev.jobradar.tl.api.TypeWebPage;
import dev.jobradar.tl.api.WebPage;
import dev.jobradar.tl.api.WebPageEmpty;
import dev.jobradar.tl.api.WebPageNotModified;
import dev.jobradar.tl.api.WebPagePending;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Posts whose link has no preview yet: Telegram sends the preview alone when it is ready, within
 * seconds, and no difference repeats it. The last {@value #CAPACITY} of an account are kept. Not
 * thread-safe.
 */
final class PendingPreviews {
  static final int CAPACITY = 64;

  private record Pending(long page, Message message) {}

  private final Deque<Pending> pending = new ArrayDeque<>(0);

  /** Keeps a message for as long as its preview is pending; an earlier state of it is dropped. */
  void seen(Message message) {
    pending.removeIf(each ->
        each.message().id() == message.id() && each.message().peerId().equals(message.peerId()));
    if (message.media() instanceof MessageMediaWebPage media
        && media.webpage() instanceof WebPagePending page) {
      if (pending.size() == CAPACITY) {
        pending.removeFirst();
      }
      pending.addLast(new Pending(page.id(), message));
    }
  }

  /** The posts that have this preview now, oldest first. */
  List<Post> ready(TypeWebPage page) {
    long id = idOf(page);
    List<Post> ready = new ArrayList<>(1);
    for (Iterator<Pending> all = pending.iterator(); all.hasNext(); ) {
      Pending each = all.next();
      if (each.page() == id && each.message().media() instanceof MessageMediaWebPage media) {
        all.remove();
        Post post = Post.of(each.message(), withPage(media, page));
        if (post != null) {
          ready.add(post);
        }
      }
    }
    return ready;
  }

  private static MessageMediaWebPage withPage(MessageMediaWebPage media, TypeWebPage page) {
    return new MessageMediaWebPage(
        media.forceLargeMedia(), media.forceSmallMedia(), media.manual(), media.safe(), page);
  }

  /** 0 for what says nothing new. Of an empty page there will be no preview. */
  private static long idOf(TypeWebPage page) {
    return switch (page) {
      case WebPage ready -> ready.id();
      case WebPageEmpty none -> none.id();
      case WebPagePending stillPending -> 0;
      case WebPageNotModified same -> 0;
    };
  }
}

package dev.jobradar.telegram;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.telegram.updates.PassedOver;
import dev.jobradar.telegram.updates.StallCause;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.MessageEmpty;
import dev.jobradar.tl.api.MessageService;
import dev.jobradar.tl.api.TypeMessage;
import dev.jobradar.tl.api.messages.ChannelMessages;
import dev.jobradar.tl.api.messages.MessagesNotModified;
import dev.jobradar.tl.api.messages.MessagesSlice;
import dev.jobradar.tl.api.messages.TypeMessages;
import dev.jobradar.tl.api.method.Messages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads pages of one channel's history, newest first (core.telegram.org/api/offsets).
 *
 * <p>One message of a kind that the schema does not know spoils the answer that it is in. Then less
 * is asked for, half as much each time; when it is the very first message, it is passed over.
 */
final class HistoryReader {
  /** So many messages in a row that cannot be read are passed over within a page at most. */
  private static final int MOST_PASSED_OVER = 10;

  /** Calls a method that only reads. */
  @FunctionalInterface
  interface Caller {
    <R> R read(TlMethod<R> method) throws InterruptedException;
  }

  private record Read(List<TypeMessage> messages, int total) {}

  private final Caller caller;
  private final ChannelPeer peer;

  HistoryReader(Caller caller, ChannelPeer peer) {
    this.caller = caller;
    this.peer = peer;
  }

  /**
   * A page.
   *
   * @throws ProtocolException when more messages in a row cannot be read than are passed over
   */
  HistoryPage page(HistoryQuery query) throws InterruptedException {
    int skip = 0;
    int limit = query.limit();
    while (true) {
      try {
        Read read = read(query, skip, limit);
        return page(query, read, skip);
      } catch (ProtocolException e) {
        if (StallCause.of(e) != StallCause.UNREADABLE) {
          throw e;
        }
        if (limit > 1) {
          limit /= 2;
        } else if (skip < MOST_PASSED_OVER) {
          skip++;
        } else {
          throw e;
        }
      }
    }
  }

  private Read read(HistoryQuery query, int skip, int limit) throws InterruptedException {
    Instant before = query.before();
    TypeMessages answer =
        caller.read(
            new Messages.GetHistory(
                /* peer= */ peer.asPeer(),
                /* offsetId= */ query.beforeId(),
                /* offsetDate= */ before == null ? 0 : (int) before.getEpochSecond(),
                /* addOffset= */ skip,
                /* limit= */ limit,
                /* maxId= */ 0,
                /* minId= */ query.afterId(),
                /* hash= */ 0));
    return switch (answer) {
      case ChannelMessages page -> new Read(page.messages(), page.count());
      case MessagesSlice page -> new Read(page.messages(), page.count());
      case dev.jobradar.tl.api.messages.Messages all ->
          new Read(all.messages(), all.messages().size());
      case MessagesNotModified none ->
          throw new ProtocolException("messages.getHistory did not answer with messages");
    };
  }

  static List<TypeMessage> messagesOf(TypeMessages answer) {
    return switch (answer) {
      case ChannelMessages page -> page.messages();
      case MessagesSlice page -> page.messages();
      case dev.jobradar.tl.api.messages.Messages all -> all.messages();
      case MessagesNotModified none -> List.of();
    };
  }

  /** Only an empty page or the first id is the end: a page may be shorter than was asked for. */
  private static HistoryPage page(HistoryQuery query, Read read, int skipped) {
    List<Post> posts = new ArrayList<>(read.messages().size());
    int highest = 0;
    int lowest = 0;
    for (TypeMessage message : read.messages()) {
      lowest = idOf(message);
      highest = Math.max(highest, lowest);
      if (message instanceof Message written) {
        Post post = Post.of(written);
        if (post != null) {
          posts.add(post);
        }
      }
    }
    boolean last = read.messages().isEmpty() || lowest <= query.afterId() + 1;
    return new HistoryPage(
        posts, last ? 0 : lowest, read.total(), passedOver(query, highest, skipped));
  }

  /** Ids of what was skipped lie above the page, and below the one that was asked for. */
  private static List<PassedOver> passedOver(HistoryQuery query, int highest, int skipped) {
    if (skipped == 0) {
      return List.of();
    }
    int from = Math.max(highest, query.afterId()) + 1;
    int to = query.beforeId() > from ? query.beforeId() - 1 : from + skipped - 1;
    return List.of(
        new PassedOver(from, to, StallCause.UNREADABLE, "unknown kind of message: " + skipped));
  }

  private static int idOf(TypeMessage message) {
    return switch (message) {
      case Message written -> written.id();
      case MessageService service -> service.id();
      case MessageEmpty empty -> empty.id();
    };
  }
}

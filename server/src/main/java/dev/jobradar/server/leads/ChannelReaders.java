package dev.jobradar.server.leads;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.WatchList;
import dev.jobradar.server.channels.ChannelDirectory;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.channels.KnownChannel;
import dev.jobradar.server.tasks.Source;
import dev.jobradar.server.tasks.SourceStatus;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.TaskId;
import dev.jobradar.server.tasks.Tasks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The running tasks of one user that read one channel, as they were stored at a moment, and how far
 * the channel was read since. Thread-safe.
 */
final class ChannelReaders {
  /** A source that is to be read, with its task. */
  record Reader(Task task, Source source) {
    /** Whether the source has begun and has no error that a post would forgive. */
    boolean isSettled() {
      return source.lastMessageId() != null && source.status() == SourceStatus.OK;
    }

    /** All of it that decides what is found; names, counters and states may change meanwhile. */
    Basis basis() {
      return new Basis(
          task.id(),
          task.include(),
          task.exclude(),
          task.mergeReposts(),
          source.name(),
          source.lastMessageId() != null);
    }
  }

  /**
   * What a task's finding depends on.
   *
   * @param begun whether it has read anything: a source begins with the post after the newest
   */
  record Basis(
      TaskId task,
      List<String> include,
      List<String> exclude,
      boolean mergeReposts,
      ChannelName source,
      boolean begun) {}

  private final UserId user;
  private final long channelId;

  /** Of the user, when all of this was looked up. */
  private final long revision;

  private final @Nullable KnownChannel channel;
  private final List<Reader> readers;

  /** Whether there is nothing to note of a post that nobody wants but how far it was read. */
  private final boolean settled;

  /** Guarded by this; null when nothing is stored. */
  private @Nullable String stored;

  /** How far it was read since, and that is not stored. Guarded by this. */
  private @Nullable String reached;

  /** The newest post that was handled since; 0 for none. Guarded by this. */
  private int newest;

  /** Whether {@link #newest} is not stored. Guarded by this. */
  private boolean newestUnstored;

  private ChannelReaders(
      UserId user,
      long channelId,
      long revision,
      @Nullable KnownChannel channel,
      List<Reader> readers) {
    this.user = user;
    this.channelId = channelId;
    this.revision = revision;
    this.channel = channel;
    this.readers = List.copyOf(readers);
    this.stored = channel == null ? null : channel.position();
    this.settled = readers.stream().allMatch(Reader::isSettled);
  }

  /** These read that channel. */
  static ChannelReaders of(UserId user, long revision, KnownChannel channel, List<Reader> readers) {
    return new ChannelReaders(user, channel.channel().id(), revision, channel, readers);
  }

  /** Nobody reads that channel. */
  static ChannelReaders none(UserId user, long channelId) {
    return new ChannelReaders(user, channelId, 0, null, List.of());
  }

  /** The channel, by the name that its readers know it by; null when nobody reads it. */
  @Nullable KnownChannel channel() {
    return channel;
  }

  long revision() {
    return revision;
  }

  List<Reader> readers() {
    return readers;
  }

  boolean isEmpty() {
    return readers.isEmpty();
  }

  List<Basis> bases() {
    return readers.stream().map(Reader::basis).toList();
  }

  /** Whether a post is one that this reader has not seen. The first check only remembers one. */
  synchronized boolean isNew(Reader reader, int postId) {
    Integer last = reader.source().lastMessageId();
    return last != null && postId > Math.max(last, newest);
  }

  /** Whether {@link #move} is enough: it stays so. */
  synchronized boolean canMove() {
    return settled && (reached != null || stored != null);
  }

  /**
   * Notes in memory that the channel was read, to be stored soon.
   *
   * @param postId of the last post; 0 when there was none
   * @return false when it has to be stored at once, with more than that
   */
  synchronized boolean move(String position, int postId) {
    String known = reached == null ? stored : reached;
    if (!canMove() || known == null) {
      return false;
    }
    if (!WatchList.isBefore(position, known)) {
      reached = position;
    }
    if (postId > newest) {
      newest = postId;
      newestUnstored = true;
    }
    return true;
  }

  /** All of it was stored at once. */
  synchronized void stored(String position, int postId) {
    if (stored == null || !WatchList.isBefore(position, stored)) {
      stored = position;
    }
    reached = null;
    newest = Math.max(newest, postId);
    newestUnstored = false;
  }

  /** What is not stored. */
  record Unstored(
      ChannelDirectory.@Nullable Progress channel, List<Tasks.Progress> sources, int newest) {}

  synchronized Unstored unstored() {
    List<Tasks.Progress> sources = new ArrayList<>();
    if (newestUnstored) {
      for (Reader reader : readers) {
        sources.add(
            new Tasks.Progress(
                user, reader.task().id(), reader.source().name(), channelId, newest));
      }
    }
    ChannelDirectory.Progress channel =
        reached == null || stored == null || reached.equals(stored)
            ? null
            : new ChannelDirectory.Progress(user, channelId, stored, reached);
    return new Unstored(channel, sources, newest);
  }

  /** That was stored; there may be more by now. */
  synchronized void stored(Unstored done) {
    ChannelDirectory.Progress channel = done.channel();
    if (channel != null && channel.from().equals(stored)) {
      stored = channel.position();
      if (channel.position().equals(reached)) {
        reached = null;
      }
    }
    if (newest == done.newest()) {
      newestUnstored = false;
    }
  }
}

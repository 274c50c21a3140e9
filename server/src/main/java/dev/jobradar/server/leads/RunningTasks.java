package dev.jobradar.server.leads;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.channels.ChannelDirectory;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.channels.KnownChannel;
import dev.jobradar.server.leads.ChannelReaders.Reader;
import dev.jobradar.server.leads.LeadWriter.Finding;
import dev.jobradar.server.tasks.Source;
import dev.jobradar.server.tasks.SourceStatus;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.User;
import dev.jobradar.server.users.UserRevisions;
import dev.jobradar.server.users.Users;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The tasks that read a channel, in memory for who has posts coming. Right at every moment: once a
 * change was answered, nobody is given what was before it ({@link UserRevisions}). What somebody
 * else writes into the database is seen after a minute at most; leads are checked against the
 * database anyway. Thread-safe.
 */
@Component
class RunningTasks {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Tasks tasks;
  private final Users users;
  private final ChannelDirectory channels;
  private final UserRevisions revisions;
  private final ReadingProgress progress;
  private final InstantSource clock;

  private final ConcurrentHashMap<UserId, Known> known = new ConcurrentHashMap<>();

  RunningTasks(
      Tasks tasks,
      Users users,
      ChannelDirectory channels,
      ReadingProgress progress,
      InstantSource clock) {
    this.tasks = tasks;
    this.users = users;
    this.channels = channels;
    this.revisions = users.revisions();
    this.progress = progress;
    this.clock = clock;
  }

  /**
   * What is known of a user.
   *
   * @param user null when there is no such user
   * @param lookedUp when the user was looked up
   * @param channels those that running tasks read
   */
  private record Known(
      long revision, @Nullable User user, Instant lookedUp, Map<Long, ChannelReaders> channels) {
    boolean isActiveAt(Instant now) {
      return user != null && user.isActiveAt(now);
    }

    /** Whether the user is to be looked up again; also after the clock went back. */
    boolean isOldAt(Instant now) {
      return Duration.between(lookedUp, now).abs().compareTo(LONGEST) > 0;
    }
  }

  /** Who reads a channel now; nobody when the user's tasks stand still. */
  ChannelReaders of(UserId user, long channelId) {
    Instant now = clock.instant();
    Known found = find(user, now);
    ChannelReaders readers = found.isActiveAt(now) ? found.channels().get(channelId) : null;
    return readers == null ? ChannelReaders.none(user, channelId) : readers;
  }

  private Known find(UserId user, Instant now) {
    long revision = revisions.of(user);
    Known before = known.get(user);
    if (before != null && before.revision() == revision) {
      if (!before.isOldAt(now)) {
        return before;
      }
      return keep(user, new Known(revision, users.find(user).orElse(null), now, before.channels()));
    }
    if (before != null) {
      // What is looked up must not be behind what was read.
      progress.storeAll();
    }
    return keep(
        user,
        new Known(revision, users.find(user).orElse(null), now, lookUpChannels(user, revision)));
  }

  private Known keep(UserId user, Known found) {
    if (found.channels().isEmpty()) {
      known.remove(user);
    } else {
      known.put(user, found);
    }
    return found;
  }

  /** Drops what is known of a user: it is looked up when their next post comes. */
  void forget(UserId user) {
    known.remove(user);
  }

  /** For how many users tasks are in memory. */
  int size() {
    return known.size();
  }

  /**
   * Whether what these found still counts, within the transaction that is to store it: nothing of
   * the user has changed since it was looked up, and the database says so of those tasks.
   */
  boolean stillHold(UserId user, ChannelReaders readers, List<Finding> found) {
    return revisions.of(user) == readers.revision()
        && users.isActive(user)
        && found.stream().allMatch(each -> tasks.looksForTheSame(each.task(), each.source()));
  }

  /** Who reads a channel, as it is stored. */
  ChannelReaders stored(UserId user, long channelId) {
    return users.isActive(user)
        ? lookUpChannels(user, revisions.of(user))
            .getOrDefault(channelId, ChannelReaders.none(user, channelId))
        : ChannelReaders.none(user, channelId);
  }

  /** Tasks that stand still read nothing: a paused one begins at the newest post later. */
  private Map<Long, ChannelReaders> lookUpChannels(UserId user, long revision) {
    Map<ChannelName, List<Reader>> byName = new HashMap<>();
    for (Task task : tasks.of(user)) {
      for (Source source : task.sources()) {
        if (task.isRunning() && source.status() != SourceStatus.INVALID) {
          byName
              .computeIfAbsent(source.name(), name -> new ArrayList<>())
              .add(new Reader(task, source));
        }
      }
    }
    if (byName.isEmpty()) {
      return Map.of();
    }
    Map<Long, List<KnownChannel>> read = new HashMap<>();
    for (KnownChannel channel : channels.known(user)) {
      if (byName.containsKey(channel.name())) {
        read.computeIfAbsent(channel.channel().id(), id -> new ArrayList<>()).add(channel);
      }
    }
    Map<Long, ChannelReaders> found = new HashMap<>();
    read.forEach((id, named) -> {
      List<Reader> readers = new ArrayList<>();
      named.forEach(channel -> readers.addAll(byName.getOrDefault(channel.name(), List.of())));
      found.put(id, ChannelReaders.of(user, revision, named.getFirst(), inOrder(readers)));
    });
    return found;
  }

  private static List<Reader> inOrder(List<Reader> readers) {
    readers.sort(Comparator.comparingLong(reader -> reader.task().id().value()));
    return readers;
  }
}

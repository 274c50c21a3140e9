package dev.jobradar.server.monitoring;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.AccountException;
import dev.jobradar.server.account.Accounts;
import dev.jobradar.server.account.WatchList;
import dev.jobradar.server.account.WatchStall;
import dev.jobradar.server.channels.ChannelDirectory;
import dev.jobradar.server.channels.ChannelFault;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.channels.KnownChannel;
import dev.jobradar.server.tasks.Source;
import dev.jobradar.server.tasks.SourceStatus;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.User;
import dev.jobradar.server.users.Users;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Decides which channels of a user are watched, and tells {@link Accounts}. Each step looks at the
 * tasks, the plan, the session and the states of the sources again, so a missed or needless step
 * does no harm.
 *
 * <p>Thread-safe; one user's steps follow each other.
 */
@Component
class SubscriptionPlanner {

  private final Users users;
  private final Tasks tasks;
  private final ChannelDirectory channels;
  private final Accounts accounts;
  private final StalledWatches stalls;
  private final InstantSource clock;

  /** A retried source must not fail for this long. */
  private static final Duration PROBATION = Duration.ofMinutes(1);

  /** The ids of the channels that {@link Accounts} watches. */
  private final ConcurrentHashMap<UserId, Set<Long>> watched = new ConcurrentHashMap<>();

  /** Users whose list could not be handed to {@link Accounts}. */
  private final Set<UserId> unsaid = ConcurrentHashMap.newKeySet();

  private final ConcurrentHashMap<UserId, Left> left = new ConcurrentHashMap<>();

  private final ConcurrentHashMap<UserId, AccessHashRefresh> renewals = new ConcurrentHashMap<>();

  /** Channels that a user no longer watches. */
  private static final class Left {
    final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock. */
    final Set<Long> channels = new HashSet<>();
  }

  SubscriptionPlanner(
      Users users,
      Tasks tasks,
      ChannelDirectory channels,
      Accounts accounts,
      StalledWatches stalls,
      InstantSource clock) {
    this.users = users;
    this.tasks = tasks;
    this.channels = channels;
    this.accounts = accounts;
    this.stalls = stalls;
    this.clock = clock;
  }

  /** The sources of running tasks by name: several tasks may have the same one. */
  private record WatchedSource(ChannelName name, List<Source> sources) {
    boolean isInvalid() {
      return sources.stream().allMatch(source -> source.status() == SourceStatus.INVALID);
    }

    /** When it is tried again; the earliest of its tasks' times, null when it need not wait. */
    @Nullable Instant retryAt() {
      Instant earliest = null;
      for (Source source : sources) {
        Instant retry = source.nextRetryAt();
        if (source.status() == SourceStatus.OK || retry == null) {
          return null;
        }
        earliest = earliest == null || retry.isBefore(earliest) ? retry : earliest;
      }
      return earliest;
    }

    int errors() {
      return sources.stream().mapToInt(Source::errorCount).max().orElse(0);
    }
  }

  /** Collects when the next step is due. */
  private static final class Due {
    private @Nullable Instant earliest;

    void at(@Nullable Instant time) {
      if (time != null && (earliest == null || time.isBefore(earliest))) {
        earliest = time;
      }
    }
  }

  /**
   * Brings what is watched in line with what is wanted.
   *
   * @return when the next step is due if nothing happens before
   */
  @Nullable Instant step(UserId user) throws InterruptedException {
    Due due = new Due();
    Map<ChannelName, WatchedSource> wanted = wanted(user, due);
    if (wanted.isEmpty() || !accounts.state(user).isSignedIn()) {
      watch(user, WatchList.NOTHING);
      forget(user);
      return due.earliest;
    }
    Map<ChannelName, KnownChannel> known = known(user);
    Set<Long> stale = renewals(user).due();
    known.values().removeIf(channel -> stale.contains(channel.channel().id()));
    // What is known is watched before anybody is asked for the rest.
    watch(user, wanted, known, due);
    forget(user);
    if (resolve(user, wanted, known, due)) {
      watch(user, wanted, known(user), due);
    }
    if (checkFormerNames(user)) {
      tasks.shown(user);
    }
    return due.earliest;
  }

  /** Who has the former names of renamed channels is looked up once, for the person to know. */
  private boolean checkFormerNames(UserId user) throws InterruptedException {
    boolean any = false;
    Set<Long> mine = watched.getOrDefault(user, Set.of());
    for (KnownChannel each : channels.known(user)) {
      if (mine.contains(each.channel().id())) {
        try {
          any |= channels.checkFormerName(user, each);
        } catch (AccountException later) {
          return any;
        }
      }
    }
    return any;
  }

  private Map<ChannelName, WatchedSource> wanted(UserId id, Due due) {
    Map<ChannelName, WatchedSource> wanted =
        new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
    Optional<User> user = users.find(id);
    Instant now = clock.instant();
    if (user.isEmpty() || !user.get().isActiveAt(now)) {
      return wanted;
    }
    for (Task task : tasks.of(id)) {
      if (task.isRunning()) {
        for (Source source : task.sources()) {
          wanted
              .computeIfAbsent(source.name(), name -> new WatchedSource(name, new ArrayList<>()))
              .sources()
              .add(source);
        }
      }
    }
    wanted.values().removeIf(WatchedSource::isInvalid);
    if (!wanted.isEmpty()) {
      due.at(user.get().planUntil());
    }
    return wanted;
  }

  private Map<ChannelName, KnownChannel> known(UserId user) {
    Map<ChannelName, KnownChannel> known = new HashMap<>();
    channels.known(user).forEach(channel -> known.put(channel.name(), channel));
    return known;
  }

  // --- names ---------------------------------------------------------------------------------

  /** Asks for the names that were never asked for; says whether any became known. */
  private boolean resolve(
      UserId user,
      Map<ChannelName, WatchedSource> wanted,
      Map<ChannelName, KnownChannel> known,
      Due due)
      throws InterruptedException {
    boolean any = false;
    for (WatchedSource each : wanted.values()) {
      Instant now = clock.instant();
      Instant retry = each.retryAt();
      if (known.containsKey(each.name())) {
        continue;
      }
      if (retry != null && retry.isAfter(now)) {
        due.at(retry);
        continue;
      }
      try {
        Optional<KnownChannel> before = channels.known(user, each.name());
        channels.resolve(user, each.name());
        // Also when the name means another channel now: the one before has lost it.
        before.ifPresent(channel -> renewals(user).done(channel.channel().id()));
        any = true;
      } catch (AccountException.NoSuchName nobody) {
        failed(each, new ChannelFault(nobody.code(), null));
      } catch (AccountException.Refused refused) {
        due.at(failed(each, refused.code()));
      } catch (AccountException.FloodWait wait) {
        // No source is at fault: the account has to wait with all of them.
        due.at(clock.instant().plus(wait.delay()));
        return any;
      } catch (AccountException.SlowMode slow) {
        due.at(clock.instant().plus(slow.delay()));
        return any;
      } catch (AccountException.Unreachable later) {
        if (later.thisCallOnly()) {
          // It may always fail at this name: the others must not wait for it.
          due.at(failed(each, later.code()));
          continue;
        }
        Instant next = later.nextTry();
        Instant soon = clock.instant().plus(Monitoring.USER_RETRY.longest());
        // By a clock that may have been set since.
        boolean soonEnough = next != null && next.isAfter(clock.instant()) && next.isBefore(soon);
        due.at(soonEnough ? next : soon);
        return any;
      } catch (AccountException.NotSignedIn | AccountException.SessionEnded none) {
        // The next sign-in wakes us.
        return any;
      }
    }
    return any;
  }

  /** Notes an error; when it is tried again. */
  private Instant failed(WatchedSource wanted, String error) {
    Instant next = clock.instant().plus(ChannelFault.RETRY.after(wanted.errors()));
    failed(wanted, new ChannelFault(error, next));
    return next;
  }

  private void failed(WatchedSource wanted, ChannelFault fault) {
    wanted.sources().forEach(source -> tasks.failed(source.task(), source.name(), fault));
  }

  // --- watching ------------------------------------------------------------------------------

  private void watch(
      UserId user,
      Map<ChannelName, WatchedSource> wanted,
      Map<ChannelName, KnownChannel> known,
      Due due) {
    Map<Long, WatchList.Watch> watches = new LinkedHashMap<>();
    for (WatchedSource each : wanted.values()) {
      KnownChannel channel = known.get(each.name());
      if (channel == null) {
        continue;
      }
      startAtNewestSeen(each, channel);
      Instant retry = each.retryAt();
      if (retry != null && retry.isAfter(clock.instant())) {
        due.at(retry);
      } else {
        if (retry != null) {
          onProbation(user, each, channel, retry, due);
        }
        watches.put(
            channel.channel().id(),
            new WatchList.Watch(channel.channel(), channel.joined(), channel.position()));
      }
    }
    watch(
        user,
        new WatchList(channels.accountPosition(user).orElse(null), List.copyOf(watches.values())));
  }

  /** A source that was never checked, in a channel that is read already, begins where that is. */
  private void startAtNewestSeen(WatchedSource wanted, KnownChannel channel) {
    String position = channel.position();
    OptionalInt seen = position == null ? OptionalInt.empty() : WatchList.lastMessageId(position);
    if (seen.isPresent()) {
      for (Source source : wanted.sources()) {
        if (source.lastMessageId() == null) {
          tasks.seen(source.task(), source.name(), seen.getAsInt());
        }
      }
    }
  }

  /** A source that is tried again and has not failed for a while is forgiven. */
  private void onProbation(
      UserId user, WatchedSource wanted, KnownChannel channel, Instant since, Due due) {
    Instant end = since.plus(PROBATION);
    if (end.isAfter(clock.instant())) {
      due.at(end);
    } else if (watched.getOrDefault(user, Set.of()).contains(channel.channel().id())) {
      wanted.sources().forEach(source -> forgive(source, source.lastMessageId()));
    }
  }

  private void forgive(Source source, @Nullable Integer seen) {
    if (seen != null) {
      tasks.seen(source.task(), source.name(), seen);
    }
  }

  private void watch(UserId user, WatchList list) {
    Set<Long> ids = new HashSet<>();
    list.channels().forEach(each -> ids.add(each.channel().id()));
    stalls.retain(user, ids);
    Set<Long> before = watched.getOrDefault(user, Set.of());
    if (!unsaid.remove(user) && ids.equals(before)) {
      return;
    }
    // First, so that what happens from now on to a channel of the list takes it off again.
    if (ids.isEmpty()) {
      watched.remove(user);
    } else {
      watched.put(user, Set.copyOf(ids));
    }
    Left mine = leftOf(user);
    mine.lock.lock();
    try {
      mine.channels.removeAll(ids);
    } finally {
      mine.lock.unlock();
    }
    try {
      accounts.watch(user, list);
    } catch (RuntimeException e) {
      // What is watched is not known now: the next step hands over the list again.
      watched.remove(user);
      unsaid.add(user);
      throw e;
    }
  }

  private AccessHashRefresh renewals(UserId user) {
    return renewals.computeIfAbsent(user, id -> new AccessHashRefresh());
  }

  private Left leftOf(UserId user) {
    return left.computeIfAbsent(user, id -> new Left());
  }

  /**
   * Once they are no longer watched, the positions of unused channels are forgotten, so that a
   * source that is added again, or a task that is resumed, begins at the newest post.
   */
  private void forget(UserId user) {
    Left mine = leftOf(user);
    mine.lock.lock();
    try {
      // Read under the lock: names may have changed since this step began.
      Set<ChannelName> wanted = wanted(user, new Due()).keySet();
      mine.channels.clear();
      mine.channels.addAll(channels.forgetPositions(user, wanted));
    } finally {
      mine.lock.unlock();
    }
  }

  /**
   * Handles what comes from a channel, unless it comes so late that the channel's place is
   * forgotten already: then it would put it back.
   *
   * @return whether it was handled
   */
  boolean handle(UserId user, long channelId, Runnable news) {
    Left mine = leftOf(user);
    mine.lock.lock();
    try {
      boolean late = mine.channels.contains(channelId);
      if (!late) {
        news.run();
      }
      return !late;
    } finally {
      mine.lock.unlock();
    }
  }

  /** Nothing of the user is watched any more, by no decision of ours. */
  void stopped(UserId user) {
    watched.remove(user);
  }

  /** A channel of the user is not watched any more, by no decision of ours. */
  void ended(UserId user, long channelId, String error) {
    watched.computeIfPresent(
        user,
        (id, channelIds) -> {
          Set<Long> left = new HashSet<>(channelIds);
          left.remove(channelId);
          return left.isEmpty() ? null : Set.copyOf(left);
        });
    boolean hasName =
        channels.named(user, channelId).stream().anyMatch(known -> known.name().isPublic());
    if (AccountException.STALE_CHANNEL.equals(error)
        && hasName
        && renewals(user).ask(channelId, clock.instant())) {
      channels.feed(user, channelId, null);
      return;
    }
    for (KnownChannel channel : channels.named(user, channelId)) {
      sources(user, channel.name())
          .forEach(source -> {
            Instant next = clock.instant().plus(ChannelFault.RETRY.after(source.errorCount()));
            tasks.failed(source.task(), source.name(), new ChannelFault(error, next));
          });
    }
    channels.feed(user, channelId, null);
  }

  /** A channel of the user was read up to a message; for a new source that is the beginning. */
  void read(UserId user, long channelId, int lastMessageId) {
    for (KnownChannel channel : channels.named(user, channelId)) {
      for (Source source : sources(user, channel.name())) {
        if (source.lastMessageId() == null || source.status() == SourceStatus.ERROR) {
          tasks.seen(source.task(), source.name(), lastMessageId);
        }
      }
    }
  }

  /** What the sources of a channel show has changed: pages that are open are told. */
  void published(UserId user, long channelId) {
    WatchStall stall = stalls.of(user).get(channelId);
    for (KnownChannel channel : channels.named(user, channelId)) {
      for (Source source : sources(user, channel.name())) {
        if (stall != null && source.status() == SourceStatus.OK) {
          tasks.changed(source, user, SourceStatus.ERROR, StalledWatches.code(stall));
        } else {
          tasks.changed(source, user, source.status(), source.lastError());
        }
      }
    }
  }

  private List<Source> sources(UserId user, ChannelName name) {
    return tasks.of(user).stream()
        .filter(Task::isRunning)
        .flatMap(task -> task.sources().stream())
        .filter(source -> source.name().equals(name))
        .toList();
  }

  /** Whether something of the user is watched. */
  boolean watches(UserId user) {
    return watched.containsKey(user);
  }

  /** How many users have something watched. */
  int watchedUsers() {
    return watched.size();
  }

  /** How many channels are watched, each counted for every user. */
  int watchedChannels() {
    return watched.values().stream().mapToInt(Set::size).sum();
  }
}

package dev.jobradar.server.leads;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.channels.ChannelDirectory;
import dev.jobradar.server.leads.ChannelReaders.Unstored;
import dev.jobradar.server.pacing.FixedDelayTask;
import dev.jobradar.server.storage.GroupCommit;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.UserRevisions;
import dev.jobradar.server.users.Users;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * How far channels were read by posts that nobody wanted, and what those said: kept in memory and
 * stored for all users together, each second. After a crash those posts are read and matched again,
 * which finds nothing again. A post that becomes a lead is stored with its position, at once.
 *
 * <p>Its size is bounded by the number of watched channels. Thread-safe.
 */
@Component
class ReadingProgress {
  private static final Logger log = LoggerFactory.getLogger(ReadingProgress.class);

  private static final Duration EVERY = Duration.ofSeconds(1);

  /** So many channels are stored in one transaction. */
  private static final int AT_ONCE = 200;

  private final ChannelDirectory channels;
  private final Tasks tasks;
  private final SeenPosts seen;
  private final UserRevisions revisions;
  private final GroupCommit group;
  private final FixedDelayTask storing = new FixedDelayTask("positions", EVERY, this::storeAll);

  /** Guarded by itself. */
  private final Set<ChannelReaders> unstored = new LinkedHashSet<>();

  /** Guarded by {@link #unstored}. */
  private final Map<UserId, String> accounts = new HashMap<>();

  /** Held while storing, so that who asks for it finds all of it stored. */
  private final ReentrantLock storingNow = new ReentrantLock();

  ReadingProgress(
      ChannelDirectory channels, Tasks tasks, SeenPosts seen, Users users, GroupCommit group) {
    this.channels = channels;
    this.tasks = tasks;
    this.seen = seen;
    this.revisions = users.revisions();
    this.group = group;
  }

  @PostConstruct
  void start() {
    storing.start();
  }

  /** Stores the rest. */
  @PreDestroy
  void stop() {
    storing.stop();
    try {
      storeAll();
    } catch (RuntimeException e) {
      log.warn("the last positions could not be stored: some posts are read again", e);
    }
  }

  void add(ChannelReaders channel) {
    synchronized (unstored) {
      unstored.add(channel);
    }
  }

  void accountMoved(UserId user, String position) {
    synchronized (unstored) {
      accounts.put(user, position);
    }
  }

  /** Stores all of it; what cannot be stored now is kept for the next time. */
  void storeAll() {
    storingNow.lock();
    try {
      List<ChannelReaders> taken;
      Map<UserId, String> moved;
      synchronized (unstored) {
        if (unstored.isEmpty() && accounts.isEmpty()) {
          return;
        }
        taken = List.copyOf(unstored);
        moved = Map.copyOf(accounts);
        unstored.clear();
        accounts.clear();
      }
      try {
        store(taken, moved);
      } catch (RuntimeException e) {
        synchronized (unstored) {
          unstored.addAll(taken);
          moved.forEach(accounts::putIfAbsent);
        }
        throw e;
      }
    } finally {
      storingNow.unlock();
    }
  }

  /** In parts, so that leads do not wait for all of it. */
  private void store(List<ChannelReaders> taken, Map<UserId, String> moved) {
    storePosts();
    for (int from = 0; from < taken.size(); from += AT_ONCE) {
      storeChannels(taken.subList(from, Math.min(taken.size(), from + AT_ONCE)));
    }
    if (!moved.isEmpty()) {
      // After everything that came before it.
      group.runLater(() -> {
        channels.accountsMoved(moved);
        return true;
      });
    }
  }

  private void storePosts() {
    List<SeenPosts.First> posts = seen.unstored();
    if (!posts.isEmpty()) {
      group.runLater(() -> {
        seen.store(posts);
        return true;
      });
      seen.stored(posts);
    }
  }

  private void storeChannels(List<ChannelReaders> taken) {
    Map<ChannelReaders, Unstored> progress = new HashMap<>();
    List<ChannelDirectory.Progress> positions = new ArrayList<>();
    List<Tasks.Progress> sources = new ArrayList<>();
    for (ChannelReaders each : taken) {
      Unstored what = each.unstored();
      progress.put(each, what);
      if (what.channel() != null) {
        positions.add(what.channel());
      }
      sources.addAll(what.sources());
    }
    List<ChannelDirectory.Progress> outdated =
        group.runLater(() -> {
          tasks.seen(sources);
          return channels.moved(positions);
        });
    progress.forEach(ChannelReaders::stored);
    // What is stored is not what was in memory: it is looked up again.
    outdated.forEach(each -> revisions.changed(each.user()));
  }
}

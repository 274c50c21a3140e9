package dev.jobradar.server.monitoring;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.AccountConnected;
import dev.jobradar.server.account.AccountEvents;
import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.account.SessionEnded;
import dev.jobradar.server.account.SkippedPosts;
import dev.jobradar.server.account.SourceChannel;
import dev.jobradar.server.account.WatchList;
import dev.jobradar.server.account.WatchMode;
import dev.jobradar.server.account.WatchStall;
import dev.jobradar.server.channels.ChannelDirectory;
import dev.jobradar.server.leads.ChangedPosts;
import dev.jobradar.server.leads.PostProcessor;
import dev.jobradar.server.pacing.ClockSettled;
import dev.jobradar.server.pacing.DoublingPause;
import dev.jobradar.server.pacing.PerUserScheduler;
import dev.jobradar.server.pacing.SchedulerLifecycle;
import dev.jobradar.server.signin.TelegramDisconnected;
import dev.jobradar.server.signin.UserLoggedOut;
import dev.jobradar.server.signin.UserSignedIn;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.tasks.TasksChanged;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/**
 * Watches the sources of all running tasks while the service runs, and turns what comes into leads.
 * After a start, users are connected one after another; no user waits for another. Thread-safe.
 */
@Service
public class Monitoring implements AccountEvents, SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(Monitoring.class);

  /** Interval of the fallback sweep. */
  private static final Duration SWEEP = Duration.ofMinutes(5);

  /** The pauses after a failure that stopped a user's updates. */
  static final DoublingPause USER_RETRY =
      new DoublingPause(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private static final Duration DRAIN = Duration.ofSeconds(5);

  private final SubscriptionPlanner planner;
  private final PostProcessor intake;
  private final ChangedPosts changed;
  private final ChannelDirectory channels;
  private final Tasks tasks;
  private final StalledWatches stalls;
  private final Counter passedOver;
  private final InstantSource clock;
  private final PerUserScheduler scheduler;

  /** Users whose updates stopped because of a failure here. */
  private final ConcurrentHashMap<UserId, Stopped> stopped = new ConcurrentHashMap<>();

  private final SchedulerLifecycle lifecycle;

  /**
   * @param times in a row
   * @param until when they may begin again
   */
  private record Stopped(int times, Instant until) {}

  Monitoring(
      SubscriptionPlanner planner,
      PostProcessor intake,
      ChangedPosts changed,
      ChannelDirectory channels,
      Tasks tasks,
      StalledWatches stalls,
      MonitoringSettings settings,
      MeterRegistry meters,
      InstantSource clock) {
    this.planner = planner;
    this.intake = intake;
    this.changed = changed;
    this.channels = channels;
    this.tasks = tasks;
    this.stalls = stalls;
    this.clock = clock;
    this.scheduler = new PerUserScheduler("monitoring", settings.width(), this::step, clock);
    this.lifecycle =
        new SchedulerLifecycle("monitoring", scheduler, SWEEP, tasks::usersWithRunningTasks, DRAIN);
    this.passedOver =
        Counter.builder("jobradar.posts.passed.over")
            .description("Posts of watched channels that can never be read, at most")
            .register(meters);
    Gauge.builder("jobradar.users.watched", planner, SubscriptionPlanner::watchedUsers)
        .description("Users of whom something is watched")
        .register(meters);
    Gauge.builder("jobradar.channels.watched", planner, SubscriptionPlanner::watchedChannels)
        .description("Watched channels, each counted for every user")
        .register(meters);
  }

  @Nullable Instant step(UserId user) throws InterruptedException {
    Stopped last = stopped.get(user);
    if (last != null && last.until().isAfter(clock.instant())) {
      return last.until();
    }
    Instant next = planner.step(user);
    if (!planner.watches(user)) {
      intake.nothingComes(user);
    }
    return next;
  }

  // --- why it is looked at a user ------------------------------------------------------------

  /** Something changed that decides what is watched: tasks, plan, session. */
  public void wake(UserId user) {
    scheduler.wake(user);
  }

  @EventListener
  void changed(TasksChanged event) {
    scheduler.wake(event.user());
  }

  @EventListener
  void signedIn(UserSignedIn event) {
    begunAnew(event.user());
  }

  /** The client is closed; while tasks run, it is opened again at once. */
  @EventListener
  void loggedOut(UserLoggedOut event) {
    begunAnew(event.user());
  }

  @EventListener
  void disconnected(TelegramDisconnected event) {
    begunAnew(event.user());
  }

  @EventListener
  void connected(AccountConnected event) {
    scheduler.wake(event.user());
  }

  @EventListener
  void sessionEnded(SessionEnded event) {
    log.info("{}: Telegram ended the session: {}", event.user(), event.reason());
    scheduler.wake(event.user());
  }

  /** What it was planned by does not hold any more. */
  @EventListener
  void on(ClockSettled settled) {
    Instant now = clock.instant();
    stopped.replaceAll((user, last) -> new Stopped(last.times(), now));
    scheduler.wakeAll();
  }

  /** The user's watching was ended on purpose: the next step starts it again if it should be. */
  private void begunAnew(UserId user) {
    planner.stopped(user);
    scheduler.wake(user);
  }

  // --- what comes from accounts --------------------------------------------------------------

  @Override
  public void onPosts(UserId user, long channelId, List<ReceivedPost> posts, String position) {
    // Before the planner's lock: Telegram may be asked for what is missing of them.
    ChangedPosts.Batch batch = changed.prepare(user, channelId, posts);
    planner.handle(
        user,
        channelId,
        () -> {
          batch.late().forEach(look -> changed.lookAgain(user, channelId, look));
          intake.take(user, channelId, batch.posts(), position);
        });
    stopped.remove(user);
  }

  @Override
  public void onEdited(UserId user, long channelId, ReceivedPost post) {
    changed
        .prepareEdit(user, channelId, post)
        .ifPresent(look ->
            planner.handle(user, channelId, () -> changed.lookAgain(user, channelId, look)));
  }

  @Override
  public void onDeleted(UserId user, long channelId, List<Integer> ids) {
    planner.handle(user, channelId, () -> changed.deleted(user, channelId, ids));
  }

  @Override
  public void onMoved(UserId user, long channelId, String position) {
    planner.handle(
        user,
        channelId,
        () -> {
          if (!intake.moved(user, channelId, position)
              && channels.moved(user, channelId, position)) {
            WatchList.lastMessageId(position)
                .ifPresent(last -> planner.read(user, channelId, last));
          }
        });
    stopped.remove(user);
  }

  @Override
  public void onAccountMoved(UserId user, String position) {
    intake.accountMoved(user, position);
  }

  @Override
  public void onFeed(UserId user, long channelId, WatchMode feed) {
    channels.feed(user, channelId, feed);
  }

  @Override
  public void onDescribed(UserId user, SourceChannel channel) {
    boolean[] changed = new boolean[1];
    // Under the planner's lock: it must not take a renamed channel for one that nobody wants.
    planner.handle(
        user, channel.channel().id(), () -> changed[0] = channels.described(user, channel));
    if (changed[0]) {
      log.info("{}: channel {} is described anew", user, channel.channel().id());
      tasks.shown(user);
    }
  }

  @Override
  public void onPassedOver(UserId user, long channelId, SkippedPosts posts, String position) {
    planner.handle(
        user,
        channelId,
        () -> {
          if (channels.passedOver(user, channelId, posts, position)) {
            planner.read(user, channelId, posts.toId());
            log.warn(
                "{}: channel {}: messages {} to {} can never be read and were passed over: {}",
                user,
                channelId,
                posts.fromId(),
                posts.toId(),
                posts.detail());
            passedOver.increment(posts.count());
            planner.published(user, channelId);
          }
        });
    stopped.remove(user);
  }

  @Override
  public void onStalled(UserId user, long channelId, WatchStall stall) {
    if (stalls.began(user, channelId, stall)) {
      log.warn(
          "{}: channel {} stalls since {}: {} {}, behind by {}{}",
          user,
          channelId,
          stall.since(),
          stall.cause(),
          stall.error(),
          stall.behind() < 0 ? "an unknown number" : stall.behind(),
          stall.late() ? "; its posts come late" : "");
      planner.published(user, channelId);
    }
  }

  @Override
  public void onResumed(UserId user, long channelId) {
    if (stalls.ended(user, channelId)) {
      log.info("{}: channel {} goes on", user, channelId);
      planner.published(user, channelId);
    }
  }

  @Override
  public void onWatchEnded(UserId user, long channelId, String error) {
    stalls.ended(user, channelId);
    log.info("{}: channel {} is no longer watched: {}", user, channelId, error);
    planner.ended(user, channelId, error);
    scheduler.wake(user);
  }

  @Override
  public void onStopped(UserId user) {
    Stopped now =
        stopped.compute(
            user,
            (id, last) -> {
              int times = last == null ? 0 : last.times() + 1;
              return new Stopped(times, clock.instant().plus(USER_RETRY.after(times)));
            });
    log.warn("{}: updates stopped and begin again at {}", user, now.until());
    planner.stopped(user);
    scheduler.wake(user);
  }

  // --- life ----------------------------------------------------------------------------------

  @Override
  public void start() {
    lifecycle.start();
  }

  @Override
  public void stop() {
    lifecycle.stop();
  }

  @Override
  public void stop(Runnable stopped) {
    lifecycle.stop(stopped);
  }

  @Override
  public boolean isRunning() {
    return lifecycle.isRunning();
  }
}

package dev.jobradar.server.backfill;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.pacing.ClockSet;
import dev.jobradar.server.pacing.ClockSettled;
import dev.jobradar.server.pacing.PerUserScheduler;
import dev.jobradar.server.pacing.SchedulerLifecycle;
import dev.jobradar.server.signin.UserSignedIn;
import dev.jobradar.server.tasks.Task;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/**
 * Begins backfills, calls them off, and does them while the service runs: one step of a user at a
 * time, and users beside each other. What was running when the service stopped resumes when it
 * starts. Thread-safe.
 */
@Service
public class BackfillService implements SmartLifecycle {
  /** Interval of the fallback sweep. */
  private static final Duration SWEEP = Duration.ofMinutes(5);

  private static final Duration DRAIN = Duration.ofSeconds(5);

  private final Backfills backfills;
  private final ApplicationEventPublisher events;
  private final PerUserScheduler scheduler;
  private final SchedulerLifecycle lifecycle;

  BackfillService(
      Backfills backfills,
      BackfillSteps steps,
      ApplicationEventPublisher events,
      BackfillSettings settings,
      InstantSource clock) {
    this.backfills = backfills;
    this.events = events;
    this.scheduler = new PerUserScheduler("backfill", settings.width(), steps::step, clock);
    this.lifecycle =
        new SchedulerLifecycle("backfill", scheduler, SWEEP, backfills::usersWithRunning, DRAIN);
  }

  /**
   * Begins one for each of these sources of a task.
   *
   * @return those that were begun; a source of which one goes on already is passed over
   */
  public List<Backfill> begin(Task task, List<ChannelName> sources, int wanted, boolean deliver) {
    List<Backfill> begun =
        sources.stream()
            .map(source -> backfills.create(task.user(), task.id(), source, wanted, deliver))
            .flatMap(Optional::stream)
            .toList();
    begun.forEach(backfill -> events.publishEvent(new BackfillChanged(backfill)));
    scheduler.wake(task.user());
    return begun;
  }

  /** Calls one off at once; one that has ended stays as it is. Empty when it is not that user's. */
  public Optional<Backfill> cancel(UserId user, BackfillId id) {
    boolean cancelled = backfills.cancel(user, id);
    Optional<Backfill> after = backfills.find(user, id);
    if (cancelled) {
      after.ifPresent(backfill -> events.publishEvent(new BackfillChanged(backfill)));
      scheduler.wake(user);
    }
    return after;
  }

  /**
   * Forgets one that has ended, so that it is shown no longer; says whether it was there, ended,
   * and that user's.
   */
  public boolean forget(UserId user, BackfillId id) {
    return backfills.forget(user, id);
  }

  /** Who has signed in again need not wait for the next try. */
  @EventListener
  void on(UserSignedIn event) {
    backfills.signedIn(event.user());
    scheduler.wake(event.user());
  }

  @EventListener
  void on(ClockSet set) {
    backfills.clockSet(set);
  }

  @EventListener
  void on(ClockSettled settled) {
    scheduler.wakeAll();
  }

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

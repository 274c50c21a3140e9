package dev.jobradar.server.backfill;

import dev.jobradar.server.pacing.Lanes;
import dev.jobradar.server.pacing.Rounds;
import dev.jobradar.server.signin.UserSignedIn;
import dev.jobradar.server.tasks.SourceName;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.users.UserId;
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
 * time, and users beside each other. What was under way when the service ended goes on when it
 * starts. Thread-safe.
 */
@Service
class BackfillService implements SmartLifecycle {
  /** So often backfills are looked for whose user nobody woke. */
  private static final Duration SWEEP = Duration.ofMinutes(5);

  private static final Duration DRAIN = Duration.ofSeconds(5);

  private final Backfills backfills;
  private final ApplicationEventPublisher events;
  private final Lanes lanes;
  private final Rounds rounds;

  BackfillService(
      Backfills backfills,
      BackfillSteps steps,
      ApplicationEventPublisher events,
      BackfillSettings settings,
      InstantSource clock) {
    this.backfills = backfills;
    this.events = events;
    this.lanes = new Lanes("backfill", settings.width(), steps::step, clock);
    this.rounds = new Rounds("backfill", lanes, SWEEP, backfills::usersWithRunning, DRAIN);
  }

  /**
   * Begins one for each of these sources of a task.
   *
   * @return those that were begun; a source of which one goes on already is passed over
   */
  List<Backfill> begin(Task task, List<SourceName> sources, int wanted, boolean deliver) {
    List<Backfill> begun =
        sources.stream()
            .map(source -> backfills.create(task.user(), task.id(), source, wanted, deliver))
            .flatMap(Optional::stream)
            .toList();
    begun.forEach(backfill -> events.publishEvent(new BackfillChanged(backfill)));
    lanes.wake(task.user());
    return begun;
  }

  /** Calls one off at once; one that has ended stays as it is. Empty when it is not that user's. */
  Optional<Backfill> cancel(UserId user, BackfillId id) {
    boolean cancelled = backfills.cancel(user, id);
    Optional<Backfill> after = backfills.find(user, id);
    if (cancelled) {
      after.ifPresent(backfill -> events.publishEvent(new BackfillChanged(backfill)));
      lanes.wake(user);
    }
    return after;
  }

  /** Who has signed in again need not wait for the next try. */
  @EventListener
  void on(UserSignedIn event) {
    backfills.signedIn(event.user());
    lanes.wake(event.user());
  }

  @Override
  public void start() {
    rounds.start();
  }

  @Override
  public void stop() {
    rounds.stop();
  }

  @Override
  public void stop(Runnable stopped) {
    rounds.stop(stopped);
  }

  @Override
  public boolean isRunning() {
    return rounds.isRunning();
  }
}

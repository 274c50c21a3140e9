package dev.jobradar.server.delivery;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.FailureCode;
import dev.jobradar.server.leads.DeliveryOrders;
import dev.jobradar.server.leads.LeadId;
import dev.jobradar.server.pacing.FixedDelayTask;
import dev.jobradar.server.pacing.PerUserScheduler;
import dev.jobradar.server.pacing.SchedulerLifecycle;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/**
 * Delivery as the rest of the service sees it: takes orders, and sends while the service runs.
 * Thread-safe.
 */
@Service
public class Delivery implements DeliveryOrders, DeliveryStatus, SmartLifecycle {
  /** So often the queue is looked through for what nobody woke us for. */
  private static final Duration SWEEP = Duration.ofSeconds(30);

  /** So often waits that are over, of whatever kind, are deleted: they only take room. */
  private static final Duration FORGET = Duration.ofMinutes(10);

  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final DeliveryQueue outbox;
  private final Sender sender;
  private final PerUserScheduler scheduler;
  private final SchedulerLifecycle lifecycle;
  private final FixedDelayTask waits;

  Delivery(DeliveryQueue outbox, Sender sender, DeliverySettings settings, InstantSource clock) {
    this.outbox = outbox;
    this.sender = sender;
    this.scheduler = new PerUserScheduler("delivery", settings.width(), sender::step, clock);
    this.lifecycle =
        new SchedulerLifecycle("delivery", scheduler, SWEEP, outbox::usersWithWaiting, DRAIN);
    this.waits = new FixedDelayTask("flood-waits", FORGET, sender::forgetWaitsThatAreOver);
  }

  @Override
  public void order(UserId user, LeadId lead) {
    outbox.order(user, lead);
  }

  @Override
  public void ordered(UserId user) {
    scheduler.wake(user);
  }

  /** Something may be sent now that could not be before: the user signed in, a setting changed. */
  public void wake(UserId user) {
    scheduler.wake(user);
  }

  /** The user's connection works again. */
  public void connected(UserId user) {
    outbox.connected(user, FailureCode.UNREACHABLE);
    scheduler.wake(user);
  }

  @Override
  public DeliveryState state(UserId user) {
    return sender.state(user);
  }

  @Override
  public List<DeliveryProblem> problems(UserId user) {
    return outbox.problems(user);
  }

  @Override
  public void start() {
    lifecycle.start();
    waits.start();
  }

  @Override
  public void stop() {
    waits.stop();
    lifecycle.stop();
  }

  @Override
  public void stop(Runnable stopped) {
    waits.stop();
    lifecycle.stop(stopped);
  }

  @Override
  public boolean isRunning() {
    return lifecycle.isRunning();
  }
}

package dev.jobradar.server.delivery;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.AccountConnected;
import dev.jobradar.server.account.FailureCode;
import dev.jobradar.server.leads.DeliveryOrders;
import dev.jobradar.server.leads.LeadId;
import dev.jobradar.server.pacing.ClockSet;
import dev.jobradar.server.pacing.ClockSettled;
import dev.jobradar.server.pacing.PerUserScheduler;
import dev.jobradar.server.pacing.SchedulerLifecycle;
import dev.jobradar.server.signin.UserSignedIn;
import dev.jobradar.server.tasks.TasksChanged;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/**
 * Delivery as the rest of the service sees it: takes orders, and sends while the service runs.
 * Thread-safe.
 */
@Service
public class Delivery implements DeliveryOrders, DeliveryStatus, SmartLifecycle {
  /** Interval of the fallback sweep. */
  private static final Duration SWEEP = Duration.ofSeconds(30);

  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final DeliveryQueue outbox;
  private final Sender sender;
  private final PerUserScheduler scheduler;
  private final SchedulerLifecycle lifecycle;

  Delivery(DeliveryQueue outbox, Sender sender, DeliverySettings settings, InstantSource clock) {
    this.outbox = outbox;
    this.sender = sender;
    this.scheduler = new PerUserScheduler("delivery", settings.width(), sender::step, clock);
    this.lifecycle =
        new SchedulerLifecycle("delivery", scheduler, SWEEP, outbox::usersWithWaiting, DRAIN);
  }

  @Override
  public void order(UserId user, LeadId lead) {
    outbox.order(user, lead);
  }

  @Override
  public void withdraw(UserId user, LeadId lead) {
    outbox.withdraw(user, lead);
  }

  @Override
  public void keepBack(UserId user, List<LeadId> leads) {
    outbox.keepBack(user, leads);
  }

  @Override
  public void release(UserId user, List<LeadId> leads) {
    outbox.release(user, leads);
  }

  @Override
  public void ordered(UserId user) {
    scheduler.wake(user);
  }

  /** Messages and their destinations may have changed. */
  @EventListener
  void changed(TasksChanged event) {
    scheduler.wake(event.user());
  }

  @EventListener
  void signedIn(UserSignedIn event) {
    scheduler.wake(event.user());
  }

  /** Messages that wait for a connection are due now. */
  @EventListener
  void connected(AccountConnected event) {
    outbox.connected(event.user(), FailureCode.UNREACHABLE);
    scheduler.wake(event.user());
  }

  @EventListener
  public void on(ClockSet set) {
    outbox.clockSet(set, Sender.REFUSED_RETRY.longest());
  }

  @EventListener
  void on(ClockSettled settled) {
    scheduler.wakeAll();
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

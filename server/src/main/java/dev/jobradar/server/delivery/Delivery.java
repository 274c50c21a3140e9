package dev.jobradar.server.delivery;

import dev.jobradar.server.leads.DeliveryOrders;
import dev.jobradar.server.leads.LeadId;
import dev.jobradar.server.pacing.Lanes;
import dev.jobradar.server.users.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/**
 * Delivery as the rest of the service sees it: takes orders, and sends while the service runs.
 * Thread-safe.
 */
@Service
public class Delivery implements DeliveryOrders, SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(Delivery.class);

  /** So often the queue is looked through for what nobody woke us for. */
  private static final Duration SWEEP = Duration.ofSeconds(30);

  /** So often waits that are over, of whatever kind, are deleted: they only take room. */
  private static final Duration FORGET = Duration.ofMinutes(10);

  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final Outbox outbox;
  private final Sender sender;
  private final Lanes lanes;
  private final InstantSource clock;
  private volatile boolean running;
  private volatile Thread sweeper = Thread.ofVirtual().unstarted(() -> {});

  Delivery(Outbox outbox, Sender sender, DeliverySettings settings, InstantSource clock) {
    this.outbox = outbox;
    this.sender = sender;
    this.clock = clock;
    this.lanes = new Lanes("delivery", settings.width(), sender::step, clock);
  }

  @Override
  public void order(UserId user, LeadId lead) {
    outbox.order(user, lead);
  }

  @Override
  public void ordered(UserId user) {
    lanes.wake(user);
  }

  /** Something may be sent now that could not be before: the user signed in, a setting changed. */
  public void wake(UserId user) {
    lanes.wake(user);
  }

  /** The user's connection works again. */
  public void connected(UserId user) {
    outbox.connected(user, Sender.UNREACHABLE);
    lanes.wake(user);
  }

  /** How a user's deliveries stand. */
  public DeliveryState state(UserId user) {
    return sender.state(user);
  }

  /** Which of the user's tasks have a destination that their leads do not reach. */
  public List<DeliveryProblem> problems(UserId user) {
    return outbox.problems(user);
  }

  @Override
  public void start() {
    running = true;
    lanes.start();
    sweeper = Thread.ofVirtual().name("delivery-sweeper").start(this::sweep);
  }

  private void sweep() {
    Instant forgetAt = clock.instant();
    while (running) {
      try {
        outbox.usersWithWaiting().forEach(lanes::wake);
        if (!clock.instant().isBefore(forgetAt)) {
          sender.forgetWaitsThatAreOver();
          forgetAt = clock.instant().plus(FORGET);
        }
      } catch (RuntimeException e) {
        log.warn("the queue of deliveries could not be looked through", e);
      }
      try {
        Thread.sleep(SWEEP);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public void stop() {
    running = false;
    sweeper.interrupt();
    try {
      if (!lanes.drain(DRAIN)) {
        log.warn("some deliveries did not end in time; they stay in the queue");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lanes.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}

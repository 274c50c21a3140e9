package dev.jobradar.server.delivery;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.AccountException;
import dev.jobradar.server.account.AccountState;
import dev.jobradar.server.account.Accounts;
import dev.jobradar.server.account.ChannelRef;
import dev.jobradar.server.account.FailureCode;
import dev.jobradar.server.account.FloodWaits;
import dev.jobradar.server.account.Sent;
import dev.jobradar.server.channels.ChannelDirectory;
import dev.jobradar.server.delivery.DeliveryQueue.Message;
import dev.jobradar.server.delivery.DeliveryQueue.Pending;
import dev.jobradar.server.delivery.DeliveryQueue.Queue;
import dev.jobradar.server.leads.LeadId;
import dev.jobradar.server.pacing.DoublingPause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Sends a user's messages, one with each step. All state is in the database: the next step
 * completes one that was cut off anywhere.
 *
 * <p>Thread-safe; one user's steps follow each other.
 */
@Component
class Sender {
  private static final Logger log = LoggerFactory.getLogger(Sender.class);

  /** The TL method that FLOOD_WAIT on sending is about. */
  static final String SEND = FloodWaits.SENDING;

  /** A new connection wakes us; this is the fallback. */
  private static final Duration CONNECTING = Duration.ofSeconds(30);

  /** The scope in which an account may send nothing for now, by a refusal that names no time. */
  private static final String REFUSED = "refused " + SEND;

  static final DoublingPause REFUSED_RETRY =
      new DoublingPause(Duration.ofMinutes(10), Duration.ofHours(1));

  /** Tries of a message that is refused for an unknown reason: about a day's worth. */
  static final int MOST_REFUSALS = 24;

  private static final DoublingPause UNREACHABLE_RETRY =
      new DoublingPause(Duration.ofSeconds(1), Duration.ofMinutes(5));

  private final DeliveryQueue outbox;
  private final Accounts accounts;
  private final ChannelDirectory channels;
  private final FloodWaits floodWaits;
  private final DeliverySettings settings;
  private final ApplicationEventPublisher events;
  private final DeliveryMeters meters;
  private final InstantSource clock;

  Sender(
      DeliveryQueue outbox,
      Accounts accounts,
      ChannelDirectory channels,
      FloodWaits floodWaits,
      DeliverySettings settings,
      ApplicationEventPublisher events,
      DeliveryMeters meters,
      InstantSource clock) {
    this.outbox = outbox;
    this.accounts = accounts;
    this.channels = channels;
    this.floodWaits = floodWaits;
    this.settings = settings;
    this.events = events;
    this.meters = meters;
    this.clock = clock;
  }

  /**
   * Sends the next message that may be sent now.
   *
   * @return when there is more to do; null when there is nothing, or nothing before the user signs
   *     in
   */
  @Nullable Instant step(UserId user) throws InterruptedException {
    if (!accounts.state(user).isSignedIn()) {
      return null;
    }
    Pending pending = outbox.waiting(user, queues -> sendable(user, queues));
    meters.cancelled(pending.cancelled());
    List<Queue> queues = pending.queues();
    Message tried = pending.tried();
    if (tried != null) {
      return sendToSelf(user, tried, queues.size() == 1 && queues.getFirst().isOneLead());
    }
    Instant now = clock.instant();
    Instant soonest = null;
    for (Queue queue : queues) {
      Instant due = dueAt(user, queue, now);
      if (!due.isAfter(now)) {
        return handle(user, queue);
      }
      soonest = soonest == null || due.isBefore(soonest) ? due : soonest;
    }
    return soonest;
  }

  /** The next message, if it is due and nothing has to be done before it can be sent. */
  private Optional<Message> sendable(UserId user, List<Queue> queues) {
    Instant now = clock.instant();
    return queues.stream()
        .filter(queue -> !dueAt(user, queue, now).isAfter(now))
        .findFirst()
        .filter(queue -> queue.destination().isSelf() && !becomesDigest(queue) && isConnected(user))
        .map(Queue::head);
  }

  private boolean isConnected(UserId user) {
    return accounts.state(user) instanceof AccountState.Connected;
  }

  private Instant dueAt(UserId user, Queue queue, Instant now) {
    Instant sending =
        latest(
            floodWaits.until(user, SEND).orElse(now), floodWaits.until(user, REFUSED).orElse(now));
    Optional<Instant> slow = floodWaits.until(user, queue.destination().scope());
    return latest(sending, latest(queue.head().notBefore(), slow.orElse(Instant.MIN)));
  }

  /** A message that was tried may have arrived: it stays what it is. */
  private boolean becomesDigest(Queue queue) {
    Message head = queue.head();
    return head.lead() != null && head.attempts() == 0 && queue.leads() > settings.digestAbove();
  }

  private static Instant latest(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private @Nullable Instant handle(UserId user, Queue queue) throws InterruptedException {
    if (becomesDigest(queue)) {
      outbox.digest(user, queue.destination(), queue.leads());
      return clock.instant();
    }
    if (!isConnected(user)) {
      // Waiting here for a connection would take a worker from users who have one.
      accounts.connect(user);
      if (!isConnected(user)) {
        meters.postponed("connecting");
        return clock.instant().plus(CONNECTING);
      }
    }
    return send(user, queue.head());
  }

  /**
   * A message that is noted to be tried.
   *
   * @param last whether nothing else waits for the user
   */
  private @Nullable Instant sendToSelf(UserId user, Message message, boolean last)
      throws InterruptedException {
    try {
      sent(user, message, accounts.sendToSelf(user, message.content(), message.randomId()));
    } catch (AccountException e) {
      return problem(user, message, e);
    }
    // Whatever is ordered from now on wakes us.
    return last ? null : clock.instant();
  }

  private @Nullable Instant send(UserId user, Message message) throws InterruptedException {
    try {
      if (message.destination().isSelf()) {
        return outbox.trying(message) ? sendToSelf(user, message, false) : clock.instant();
      }
      Optional<ChannelRef> channel = channel(user, message);
      if (channel.isPresent() && outbox.trying(message)) {
        sent(
            user,
            message,
            accounts.sendToChannel(user, channel.get(), message.content(), message.randomId()));
      }
    } catch (AccountException e) {
      return problem(user, message, e);
    }
    return clock.instant();
  }

  private void sent(UserId user, Message message, Sent sent) {
    List<LeadId> leads = outbox.sent(message, sent.messageId());
    meters.sent(message, sent.repeated(), leads.size());
    leads.forEach(lead -> events.publishEvent(new LeadDelivered(user, lead)));
  }

  /** Where to send to; empty when asking for it has to wait, which is then noted. */
  private Optional<ChannelRef> channel(UserId user, Message message) throws InterruptedException {
    try {
      return Optional.of(channels.find(user, message.destination().channelName()).channel());
    } catch (AccountException.FloodWait wait) {
      // Only this destination waits: what is sent elsewhere needs no name.
      floodWaits.put(user, message.destination().scope(), wait.delay());
      meters.postponed("flood_wait");
      return Optional.empty();
    }
  }

  private @Nullable Instant problem(UserId user, Message message, AccountException problem)
      throws InterruptedException {
    Instant now = clock.instant();
    events.publishEvent(new DeliveryHeld(user));
    switch (problem) {
      case AccountException.FloodWait wait -> meters.postponed("flood_wait");
      case AccountException.SlowMode slow -> {
        floodWaits.put(user, message.destination().scope(), slow.delay());
        meters.postponed("slow_mode");
      }
      case AccountException.Unreachable unreachable -> {
        outbox.postpone(message, FailureCode.UNREACHABLE, retryAt(now, message, unreachable));
        meters.postponed("unreachable");
      }
      case AccountException.Refused refused
          when refused.isStaleChannel()
              && message.attempts() == 0
              && !message.destination().isSelf() ->
          // Once more with what its name means now.
          renew(user, message);
      case AccountException.Refused refused -> refused(user, message, refused.error(), now);
      case AccountException.NoSuchName nobody -> fail(message, FailureCode.NO_SUCH_NAME);
      case AccountException.NotSignedIn no -> {
        meters.postponed("not_signed_in");
        return null;
      }
      case AccountException.SessionEnded ended -> {
        meters.postponed("session_ended");
        return null;
      }
    }
    return now;
  }

  private void renew(UserId user, Message message) throws InterruptedException {
    try {
      channels.resolve(user, message.destination().channelName());
    } catch (AccountException.FloodWait wait) {
      floodWaits.put(user, message.destination().scope(), wait.delay());
      meters.postponed("flood_wait");
    } catch (AccountException e) {
      // The message is tried again all the same, and tells then what is wrong.
      log.debug("{}: a channel could not be asked for anew", user, e);
    }
  }

  private void refused(UserId user, Message message, String error, Instant now) {
    SendRefusal meaning = SendRefusal.of(error);
    // An unknown refusal may be for ever, and other messages wait behind it.
    boolean given = meaning == SendRefusal.UNKNOWN && message.attempts() >= MOST_REFUSALS;
    if (meaning == SendRefusal.FINAL || given) {
      fail(message, error);
      return;
    }
    Duration pause = REFUSED_RETRY.after(message.attempts());
    outbox.postpone(message, error, now.plus(pause));
    if (meaning == SendRefusal.OF_ACCOUNT) {
      floodWaits.put(user, REFUSED, pause);
    }
    meters.postponed("refused");
  }

  private void fail(Message message, String error) {
    outbox.failed(message, error);
    meters.failed();
  }

  private static Instant retryAt(
      Instant now, Message message, AccountException.Unreachable unreachable) {
    Instant backoff = now.plus(UNREACHABLE_RETRY.after(message.attempts()));
    Instant next = unreachable.nextTry();
    return next == null || !next.isAfter(now) || next.isAfter(backoff) ? backoff : next;
  }

  /** Says what a user's deliveries wait for. */
  DeliveryState state(UserId user) {
    long waiting = outbox.countWaiting(user);
    return switch (accounts.state(user)) {
      case AccountState.NotSignedIn no ->
          new DeliveryState(waiting, DeliveryState.Hold.SIGN_IN, null, null);
      case AccountState.SessionEnded ended ->
          new DeliveryState(waiting, DeliveryState.Hold.SESSION_ENDED, ended.reason(), null);
      case AccountState.Connecting connecting when waiting > 0 && connecting.lastError() != null ->
          new DeliveryState(
              waiting, DeliveryState.Hold.CONNECTION, connecting.lastError(), connecting.nextTry());
      case AccountState.Connecting connecting -> floodState(user, waiting);
      case AccountState.Asleep asleep -> floodState(user, waiting);
      case AccountState.Connected connected -> floodState(user, waiting);
    };
  }

  private DeliveryState floodState(UserId user, long waiting) {
    return floodWaits
        .until(user, SEND)
        .map(until -> new DeliveryState(waiting, DeliveryState.Hold.FLOOD_WAIT, SEND, until))
        .or(() ->
            outbox
                .refusal(user, FailureCode.UNREACHABLE)
                .map(refused ->
                    new DeliveryState(
                        waiting, DeliveryState.Hold.REFUSED, refused.error(), refused.notBefore())))
        .orElseGet(() -> new DeliveryState(waiting, DeliveryState.Hold.NONE, null, null));
  }
}

package dev.jobradar.sandbox.world;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every part of the world works with: its state, the one way to change it, the queue of
 * updates for subscribed sessions, time and randomness. Guarded by the world's lock, except {@link
 * #now} and {@link #accessHash}.
 */
final class WorldCore {

  private static final Logger LOG = LoggerFactory.getLogger(WorldCore.class);

  final WorldState state;
  final SecureRandom random = new SecureRandom();

  private final InstantSource clock;
  private final DeliveryQueue outbox;
  private Journal journal = Journal.NONE;
  private volatile @Nullable AccessHashes accessHashes;

  /**
   * An empty world that keeps no journal.
   *
   * @param outbox takes the deliveries; whoever holds the lock drains it afterwards
   */
  WorldCore(InstantSource clock, WorldState state, DeliveryQueue outbox) {
    this.clock = clock;
    this.state = state;
    this.outbox = outbox;
  }

  void start(Journal keeper) {
    journal = keeper;
    if (accessHashes == null) {
      commit(new Change.WorldMade(randomHex()));
      commit(new Change.AccountMade(User.service(now())));
    }
  }

  /** The time in the world, unix seconds. */
  int now() {
    return (int) clock.instant().getEpochSecond();
  }

  /** 32 random bytes in hexadecimal. */
  String randomHex() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  long accessHash(UserId viewer, Peer peer) {
    AccessHashes hashes = accessHashes;
    if (hashes == null) {
      throw new IllegalStateException("the world has not been started");
    }
    return hashes.of(viewer, peer);
  }

  /** Stores a change, then applies it. */
  void commit(Change change) {
    journal.append(change);
    apply(change);
  }

  /** Applies a change that is stored already. */
  void apply(Change change) {
    state.apply(change);
    if (change instanceof Change.WorldMade(var secret)) {
      accessHashes = new AccessHashes(HexFormat.of().parseHex(secret));
    }
  }

  /** Queues an update for the sessions of these accounts, except the one that it came from. */
  void notifySubscribers(List<AccountState> to, Update update, @Nullable Subscriber origin) {
    List<Subscriber> receivers = new ArrayList<>();
    for (AccountState account : to) {
      for (Subscriber subscriber : account.subscribers) {
        if (!subscriber.equals(origin)) {
          receivers.add(subscriber);
        }
      }
    }
    if (!receivers.isEmpty()) {
      outbox.add(() -> receivers.forEach(subscriber -> deliver(subscriber, update)));
    }
  }

  private static void deliver(Subscriber subscriber, Update update) {
    try {
      subscriber.deliver(update);
    } catch (RuntimeException e) {
      LOG.warn("an update could not be delivered to a session", e);
    }
  }
}

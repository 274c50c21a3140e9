package dev.jobradar.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.world.ChannelId;
import dev.jobradar.sandbox.world.WorldOptions;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.session.SessionString;
import dev.jobradar.telegram.updates.ChannelPosition;
import dev.jobradar.telegram.updates.UpdateMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Fifty posts a second over twenty channels, ten of them joined and ten not, while links drop,
 * updates are swallowed, doubled and reordered, differences are too long, sessions begin anew,
 * transactions fail and the client starts again from what is stored: every post comes exactly once
 * and in order.
 *
 * <p>{@code -Djobradar.soak.seconds=N} makes it longer, {@code -Djobradar.soak.seed=N} another one.
 */
@Timeout(24 * 60 * 60)
class UpdatesSoakIT {
  private static final Duration LENGTH =
      Duration.ofSeconds(Integer.getInteger("jobradar.soak.seconds", 15));
  private static final long SEED = Long.getLong("jobradar.soak.seed", 20_261L);
  private static final int CHANNELS = 20;
  private static final int JOINED = 10;
  private static final int POSTS_A_SECOND = 50;

  /** Stores like a database whose transactions fail now and then. */
  private static final class Unreliable extends StoredUpdates {
    private final Random random;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean rough = true;

    Unreliable(long seed) {
      this.random = new Random(seed);
    }

    private void transaction(Runnable work) {
      if (rough && random.nextInt(40) == 0) {
        failures.incrementAndGet();
        throw new IllegalStateException("the transaction failed");
      }
      work.run();
    }

    @Override
    public void onPosts(long channelId, List<Post> news, ChannelPosition position) {
      transaction(() -> super.onPosts(channelId, news, position));
    }

    @Override
    public void onChannelMoved(long channelId, ChannelPosition position) {
      // "Now or never": sometimes never.
      if (!rough || !begun(new ChannelPeer(channelId, 0)) || random.nextBoolean()) {
        super.onChannelMoved(channelId, position);
      }
    }

    @Override
    public void onCommon(AccountUpdateBatch news) {
      transaction(() -> super.onCommon(news));
    }
  }

  private final Random random = new Random(SEED);
  private final Unreliable stored = new Unreliable(SEED + 1);
  private final Map<ChannelPeer, List<Integer>> posted = new LinkedHashMap<>();
  private final List<ChannelId> ids = new ArrayList<>();
  private final List<ChannelPeer> peers = new ArrayList<>();
  private @Nullable TelegramClient client;
  private int drops;
  private int restarts;
  private int bursts;
  private int refusals;
  private int gaps;

  @Test
  void every_post_comes_exactly_once_and_in_order() throws Exception {
    WorldOptions tight = WorldOptions.DEFAULT.withChannelGap(20).withChannelSlice(8);
    try (Sandbox sandbox =
            Sandbox.builder()
                .dataCentres(1)
                .strict(true)
                .withoutChannels()
                .worldOptions(tight)
                .start();
        Relay relay = new Relay(sandbox.dataCentres().getFirst())) {
      SavedSession session = SessionString.parse(sandbox.accounts(1).getFirst()).session();
      TelegramOptions options =
          SandboxOptions.of(sandbox, Map.of(new DcId(1), relay.address()))
              .callTimeout(Duration.ofSeconds(5))
              .build();
      try {
        open(options, session);
        makeChannels(sandbox);
        begin();
        run(sandbox, relay, options, session);
        stored.rough = false;
        sandbox.faults().clear();
        awaitEverything();
        for (ChannelPeer peer : peers) {
          assertThat(stored.ids(peer)).as("%s, seed %s", peer, SEED).isEqualTo(posted.get(peer));
        }
        assertThat(stored.overlapped()).isFalse();
        // A soak in which nothing went wrong shows nothing.
        assertThat(drops).isPositive();
        assertThat(restarts).isPositive();
        assertThat(bursts).isPositive();
        assertThat(gaps).isPositive();
        assertThat(stored.failures.get()).isPositive();
        assertThat(sandbox.stats().maxOpenPerKey()).isEqualTo(1);
        assertThat(sandbox.stats().maxOpenPerAccount()).isEqualTo(1);
      } finally {
        if (client != null) {
          client.close();
        }
        System.out.printf(
            "soak of %s, seed %s: %d posts, %d links dropped, %d clients, %d failed transactions,"
                + " %d bursts, %d refusals, %d gaps%n",
            LENGTH,
            SEED,
            posted.values().stream().mapToInt(List::size).sum(),
            drops,
            restarts + 1,
            stored.failures.get(),
            bursts,
            refusals,
            gaps);
      }
    }
  }

  private void open(TelegramOptions options, SavedSession session) {
    TelegramClient fresh = new TelegramClient(options, session, ClientListener.NONE);
    client = fresh;
    fresh.open();
  }

  private TelegramClient client() {
    if (client == null) {
      throw new AssertionError("no client");
    }
    return client;
  }

  private void makeChannels(Sandbox sandbox) throws Exception {
    for (int i = 0; i < CHANNELS; i++) {
      String name = "soak" + (char) ('a' + i);
      ids.add(
          sandbox.world().makeChannel(name, name, "", sandbox.world().now(), 0, false, null).id());
      ChannelPeer peer = client().channels().resolve(name).peer();
      if (i < JOINED) {
        client().channels().join(peer);
      }
      peers.add(peer);
      posted.put(peer, new ArrayList<>());
    }
  }

  /** Everything posted from now on is to come. */
  private void begin() throws Exception {
    stored.rough = false;
    start();
    for (ChannelPeer peer : peers) {
      stored.await(() -> stored.begun(peer), peer + " is watched");
    }
    for (int i = 0; i < CHANNELS; i++) {
      assertThat(stored.updateMode(peers.get(i)))
          .isEqualTo(i < JOINED ? UpdateMode.PUSHED : UpdateMode.POLLED);
    }
    stored.rough = true;
  }

  private void start() {
    client().updates().start(stored.common(), peers.stream().map(stored::watch).toList(), stored);
  }

  private void run(Sandbox sandbox, Relay relay, TelegramOptions options, SavedSession session) {
    long begin = System.nanoTime();
    long nextFault = millis(300);
    for (long post = 0; passed(begin) < LENGTH.toNanos(); post++) {
      post(sandbox, random.nextInt(CHANNELS), 1);
      if (passed(begin) >= nextFault) {
        fault(sandbox, relay, options, session);
        nextFault = passed(begin) + millis(200 + random.nextInt(800));
      }
      if (!client().updates().running()) {
        // As a service would: the transaction failed, so once more from what is stored.
        start();
      }
      long ahead = post * 1_000_000_000 / POSTS_A_SECOND - passed(begin);
      if (ahead > 0) {
        LockSupport.parkNanos(ahead);
      }
    }
  }

  private void post(Sandbox sandbox, int channel, int count) {
    for (int i = 0; i < count; i++) {
      int id = sandbox.world().post(ids.get(channel), "Вакансия", List.of()).id();
      posted.getOrDefault(peers.get(channel), new ArrayList<>()).add(id);
      if (random.nextInt(10) == 0) {
        // What is no new post moves the channel on as well.
        sandbox.world().edit(ids.get(channel), id, "Вакансия закрыта", List.of());
      }
    }
  }

  private void fault(Sandbox sandbox, Relay relay, TelegramOptions options, SavedSession session) {
    switch (random.nextInt(14)) {
      case 0 -> {
        drops++;
        relay.drop();
      }
      case 4 -> {
        // By RST: what is under way either way is lost.
        drops++;
        sandbox.reset(Aim.ALL);
      }
      case 5 -> {
        refusals++;
        sandbox
            .faults()
            .set(
                Fault.floodWait(Duration.ofSeconds(1)),
                Aim.method("updates.getChannelDifference"),
                3);
      }
      case 6 -> {
        refusals++;
        sandbox
            .faults()
            .set(new Fault.Fail(500, "INTERNAL"), Aim.method("updates.getDifference"), 2);
        drops++;
        relay.drop();
      }
      case 7, 8 -> {
        // Posts happen, and nobody is told.
        gaps++;
        sandbox.faults().set(new Fault.SwallowUpdates(), Aim.ALL, 1 + random.nextInt(20));
      }
      case 9 -> {
        gaps++;
        sandbox.faults().set(new Fault.DoubleUpdates(), Aim.ALL, 10);
        sandbox.faults().set(new Fault.ReorderUpdates(), Aim.ALL, 10);
      }
      case 10 -> {
        gaps++;
        sandbox.faults().set(new Fault.ChannelDifferenceTooLong(), Aim.ALL, 3);
        sandbox.faults().set(new Fault.SwallowUpdates(), Aim.ALL, 3);
      }
      case 11 -> {
        gaps++;
        sandbox.faults().set(new Fault.DifferenceTooLong(), Aim.ALL, 1);
        sandbox.sendUpdatesTooLong(Aim.ALL);
      }
      case 12 -> {
        gaps++;
        sandbox.resetSessions(Aim.ALL);
      }
      case 1 -> {
        // More than a difference tells, while the link is down.
        bursts++;
        drops++;
        relay.drop();
        post(sandbox, random.nextInt(CHANNELS), 30 + random.nextInt(150));
      }
      case 2 -> {
        restarts++;
        client().close();
        open(options, session);
        start();
      }
      default -> {
        restarts++;
        bursts++;
        client().close();
        for (int i = 0; i < 3; i++) {
          post(sandbox, random.nextInt(CHANNELS), 10 + random.nextInt(150));
        }
        open(options, session);
        start();
      }
    }
  }

  private void awaitEverything() throws Exception {
    client().updates().stop();
    start();
    for (ChannelPeer peer : peers) {
      int count = posted.getOrDefault(peer, List.of()).size();
      stored.await(() -> stored.ids(peer).size() >= count, "all posts of " + peer);
    }
  }

  private static long passed(long since) {
    return System.nanoTime() - since;
  }

  private static long millis(int number) {
    return Duration.ofMillis(number).toNanos();
  }
}

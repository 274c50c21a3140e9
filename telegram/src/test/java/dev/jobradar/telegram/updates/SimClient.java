package dev.jobradar.telegram.updates;

import dev.jobradar.mtproto.CallFailedException;
import dev.jobradar.mtproto.CallFailedException.Progress;
import dev.jobradar.mtproto.CallFailedException.Reason;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.tl.api.EncryptedMessageService;
import dev.jobradar.tl.api.TypeUpdate;
import dev.jobradar.tl.api.UpdateNewEncryptedMessage;
import dev.jobradar.tl.api.UpdateNewMessage;
import dev.jobradar.tl.api.UpdateUser;
import dev.jobradar.tl.api.Updates;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client around the engine, on a clock of its own: it stores what it is told to, loses what is in
 * memory whenever it restarts, and reaches the {@link SimServer} over a line that drops, doubles
 * and delays.
 */
final class SimClient {
  private record Job(long at, long number, Runnable work) {}

  /** What survives a restart; positions as text, as a database would hold them. */
  private @Nullable String storedCommon;

  private final Map<Long, String> storedChannels = new HashMap<>();

  /** Watched while the stored common position was handed out: see UpdateEngine.watch. */
  private final Set<Long> inStep = new HashSet<>();

  final Map<Long, List<Integer>> posts = new HashMap<>();
  final Map<Long, Integer> start = new HashMap<>();
  final Map<Long, Set<Integer>> passedOver = new HashMap<>();
  final Set<Long> stalled = new HashSet<>();
  final List<Integer> letters = new ArrayList<>();

  /** Letters that were not delivered when it was told that some were skipped. */
  final Set<Integer> skippedLetters = new HashSet<>();

  final List<Integer> secrets = new ArrayList<>();
  final List<Long> marks = new ArrayList<>();
  final List<String> faults = new ArrayList<>();

  final SimServer server;
  private final Random random;
  private final PriorityQueue<Job> jobs =
      new PriorityQueue<>(Comparator.comparingLong(Job::at).thenComparingLong(Job::number));
  private long jobNumber;
  long now = 1_000;

  /** Faults happen. */
  boolean rough = true;

  /**
   * The line keeps the order and says when it lost something, as MTProto over TCP does. Then
   * nothing may stay away, even if nothing more happens; over another line a loss may only show
   * with what comes next.
   */
  private final boolean honest;

  private int connection;
  private boolean up;
  private UpdateEngine engine;
  private final Set<Long> watched = new HashSet<>();
  private @Nullable Updates waitingPush;
  int restarts;
  int stalls;
  int calls;
  int commonSkips;

  /** What every call about a channel fails with, null while they are answered. */
  @Nullable MtprotoException failCalls;

  /** What the account's difference fails with, null while it is answered. */
  @Nullable MtprotoException failCommon;

  /** Whether nothing that is pushed arrives. */
  boolean quiet;

  int callsUnderWay;

  SimClient(Random random, boolean honest) {
    this.random = random;
    this.honest = honest;
    this.server = new SimServer(random, this::push, this::pushUnreadable);
    this.engine = new UpdateEngine(1, null, now);
  }

  // --- the clock ---------------------------------------------------------------------------

  void later(long millis, Runnable work) {
    jobs.add(new Job(now + millis, jobNumber++, work));
  }

  /** Runs everything that is due within a time. */
  void run(long millis) {
    long end = now + millis;
    while (true) {
      long job = jobs.isEmpty() ? Long.MAX_VALUE : jobs.peek().at();
      long wake = engine.nextWakeUp();
      long next = Math.min(job, Math.max(wake, now));
      if (next > end) {
        break;
      }
      now = Math.max(now, next);
      server.now = now;
      if (job <= wake) {
        jobs.remove().work().run();
      } else {
        long before = engine.nextWakeUp();
        feed(e -> e.tick(now));
        if (engine.nextWakeUp() == before && before <= now) {
          throw new AssertionError("time does not pass: " + before + " at " + now);
        }
      }
    }
    now = end;
    server.now = now;
  }

  private boolean chance(double probability) {
    return rough && random.nextDouble() < probability;
  }

  // --- the line ----------------------------------------------------------------------------

  private void push(Updates updates) {
    if (!up || quiet) {
      return;
    }
    if (chance(0.04)) {
      if (honest) {
        feed(e -> e.gap(now));
      }
      return;
    }
    Updates packet = updates;
    if (waitingPush != null) {
      List<TypeUpdate> both = new ArrayList<>(waitingPush.updates());
      both.addAll(updates.updates());
      packet = new Updates(both, List.of(), updates.chats(), updates.date(), updates.seq());
      waitingPush = null;
    } else if (updates.seq() == 0 && !honest && chance(0.1)) {
      waitingPush = updates;
      return;
    }
    for (int copies = chance(0.05) ? 2 : 1; copies > 0; copies--) {
      arrive(packet, !honest && chance(0.1) ? random.nextInt(1_200) : 20);
    }
  }

  /** What cannot be read is a gap, as the loop around the engine makes it. */
  private void pushUnreadable() {
    if (up && !quiet && !chance(0.04)) {
      feed(e -> e.gap(now));
    }
  }

  private void arrive(Updates packet, int delay) {
    int line = connection;
    later(
        delay,
        () -> {
          if (line == connection && up) {
            feed(e -> e.received(packet, now));
          }
        });
  }

  void connect() {
    if (!up) {
      up = true;
      connection++;
      feed(e -> e.connected(now));
      feed(e -> e.seen(server.channels.values().stream().map(SimServer::view).toList(), now));
      List.copyOf(server.channels.keySet()).forEach(this::watch);
    }
  }

  void disconnect() {
    if (up) {
      up = false;
      connection++;
      waitingPush = null;
      engine.disconnected();
      later(rough ? random.nextInt(2_000) : 50, this::connect);
    }
  }

  void gap() {
    if (up) {
      feed(e -> e.gap(now));
    }
  }

  private void call(Effect.Call call) {
    UpdateEngine asking = engine;
    callsUnderWay++;
    calls++;
    later(
        10 + random.nextInt(60),
        () -> {
          MtprotoException failure = call.channelId() == 0 ? failCommon : failCalls;
          Object answer = null;
          if (failure != null) {
            // As the test wants it.
          } else if (!up || chance(0.03)) {
            failure = lost();
          } else if (chance(0.04)) {
            failure = RpcException.of(420, "FLOOD_WAIT_" + random.nextInt(4), "any");
          } else if (chance(0.02)) {
            failure = RpcException.of(500, "PERSISTENT_TIMESTAMP_OUTDATED", "any");
          } else {
            try {
              answer = server.call(call.method());
              if (chance(0.03)) {
                failure = lost();
              }
            } catch (RpcException | ProtocolException refused) {
              failure = refused;
            }
          }
          answer(asking, call, answer, failure);
        });
  }

  private void answer(
      UpdateEngine asking,
      Effect.Call call,
      @Nullable Object answer,
      @Nullable MtprotoException failure) {
    int delay = 10 + random.nextInt(chance(0.1) ? 1_500 : 60);
    later(
        delay,
        () -> {
          callsUnderWay--;
          if (asking == engine) {
            if (failure != null) {
              feed(e -> e.failed(call, failure, now));
            } else if (answer != null) {
              feed(e -> e.answered(call, answer, now));
            }
          }
        });
  }

  private static CallFailedException lost() {
    return new CallFailedException("any", Reason.TIMED_OUT, Progress.SENT, null);
  }

  // --- the client --------------------------------------------------------------------------

  /** Watches a channel from where it is stored to stand, else from its newest post. */
  void watch(long channel) {
    if (watched.add(channel)) {
      SimServer.Chan at = server.channels.get(channel);
      if (at == null) {
        throw new AssertionError("no channel " + channel);
      }
      String stored = storedChannels.get(channel);
      ChannelPosition from =
          stored == null ? ChannelPosition.NEWEST : ChannelPosition.parse(stored);
      engine.watch(channel, channel * 7, at.joined, from, now);
      feed(e -> {});
    }
  }

  /** Watches a channel from its first post. */
  void watchWhole(long channel) {
    storedChannels.put(channel, ChannelPosition.after(0).text());
    start.put(channel, 0);
    watch(channel);
  }

  void unwatch(long channel) {
    watched.remove(channel);
    stalled.remove(channel);
    inStep.remove(channel);
    feed(e -> e.unwatch(channel, now));
  }

  /** Loses everything that is not stored. */
  void restart() {
    restarts++;
    up = false;
    connection++;
    waitingPush = null;
    watched.clear();
    stalled.clear();
    engine =
        new UpdateEngine(1, storedCommon == null ? null : CommonPosition.parse(storedCommon), now);
    if (storedCommon != null) {
      List.copyOf(inStep).forEach(this::watch);
    }
    later(rough ? random.nextInt(1_500) : 50, this::connect);
  }

  private void feed(Consumer<UpdateEngine> input) {
    input.accept(engine);
    for (Effect effect : engine.takeEffects()) {
      if (chance(0.003)) {
        restart();
        return;
      }
      run(effect);
    }
  }

  private void run(Effect effect) {
    switch (effect) {
      case Effect.Call call -> call(call);
      case Effect.Post post -> {
        posts.computeIfAbsent(post.channelId(), id -> new ArrayList<>()).add(post.message().id());
        storedChannels.put(post.channelId(), post.position().text());
      }
      case Effect.ChannelMoved moved -> {
        boolean first = !storedChannels.containsKey(moved.channelId());
        if (first) {
          start.put(moved.channelId(), moved.position().lastMessageId());
        }
        if (random.nextBoolean()) {
          storedChannels.put(moved.channelId(), moved.position().text());
        }
      }
      case Effect.Common common -> {
        common.updates().forEach(this::common);
        store(common.position());
      }
      case Effect.CommonMoved moved -> {
        if (storedCommon == null) {
          // It begins here.
          skipLetters();
        }
        if (random.nextBoolean()) {
          store(moved.position());
        }
      }
      case Effect.CommonSkipped skipped -> {
        commonSkips++;
        skipLetters();
        store(skipped.position());
      }
      case Effect.UpdateModeChanged changed -> {}
      case Effect.ChannelChanged changed -> {}
      case Effect.PostEdited edited -> {}
      case Effect.PostsDeleted deleted -> {}
      case Effect.PreviewReady ready -> {}
      case Effect.WatchStalled told -> {
        stalls++;
        stalled.add(told.channelId());
      }
      case Effect.WatchResumed resumed -> {
        if (!stalled.remove(resumed.channelId())) {
          faults.add("resumed without a stall: " + resumed);
        }
      }
      case Effect.MessagesPassedOver passed -> {
        Set<Integer> ids = passedOver.computeIfAbsent(passed.channelId(), id -> new TreeSet<>());
        for (int id = passed.what().fromId(); id <= passed.what().toId(); id++) {
          if (!ids.add(id)) {
            faults.add("passed over twice: " + passed);
          }
        }
        storedChannels.put(passed.channelId(), passed.position().text());
      }
      case Effect.WatchEnded ended -> {
        watched.remove(ended.channelId());
        stalled.remove(ended.channelId());
        inStep.remove(ended.channelId());
        UpdateEngine in = engine;
        later(
            rough ? 3_000 : 100,
            () -> {
              if (in == engine) {
                watch(ended.channelId());
              }
            });
      }
    }
  }

  private void skipLetters() {
    for (int letter = 1; letter <= server.letterCount(); letter++) {
      skippedLetters.add(letter);
    }
    letters.forEach(skippedLetters::remove);
  }

  private void store(CommonPosition position) {
    storedCommon = position.text();
    inStep.addAll(watched);
  }

  private void common(TypeUpdate update) {
    switch (update) {
      case UpdateNewMessage letter -> letters.add(UpdateSequence.idOf(letter.message()));
      case UpdateNewEncryptedMessage secret ->
          secrets.add((int) ((EncryptedMessageService) secret.message()).randomId());
      case UpdateUser mark -> marks.add(mark.userId());
      default -> {}
    }
  }

  boolean idle() {
    return up && server.channels.keySet().equals(watched);
  }
}

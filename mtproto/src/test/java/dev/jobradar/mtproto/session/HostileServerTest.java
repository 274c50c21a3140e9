package dev.jobradar.mtproto.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.CallFailedException.Progress;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.mtproto.client.Backoff;
import dev.jobradar.mtproto.client.ConnectionState;
import dev.jobradar.mtproto.keyexchange.ClientKeyExchange;
import dev.jobradar.mtproto.session.HostileServer.Reply;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * However a server answers, a client sends few packets, opens few connections, needs little stack
 * and memory, and every call has an outcome. Time is injected. The number of seeds is set with
 * {@code -Djobradar.hostile.seeds=10000}, one of them is repeated with {@code
 * -Djobradar.hostile.seed=N}.
 */
class HostileServerTest {
  private static final int SEEDS = Integer.getInteger("jobradar.hostile.seeds", 300);
  private static final @Nullable Integer ONE = Integer.getInteger("jobradar.hostile.seed");

  private static final long START = 1_780_000_000_000L;
  private static final long RUN = 180_000;
  private static final long CALL_TIMEOUT = 30_000;
  private static final long HANDSHAKE = 20_000;

  /** A call each second, and what is sent because of the server. */
  private static final int PACKETS_A_SECOND = 12;

  private static final int PACKETS_A_MINUTE = 240;

  /** A key exchange takes three packets, and four more when the server refuses key after key. */
  private static final int HANDSHAKE_PACKETS_A_SECOND = 3 * 7;

  private static final int HANDSHAKE_PACKETS_A_MINUTE = 12 * 7;

  /** One client in so many has no key yet: making keys takes real time. */
  private static final int WITHOUT_KEY = 25;

  private static final int CONNECTIONS_IN_TEN_SECONDS = 8;
  private static final int GAPS_A_MINUTE = 40;
  private static final long STACK = 256 * 1024;

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void no_answer_makes_a_client_storm_recurse_or_grow_and_every_call_has_an_outcome()
      throws Exception {
    FutureTask<@Nullable Void> runs =
        new FutureTask<>(() -> {
          for (int seed = ONE == null ? 0 : ONE; seed < (ONE == null ? SEEDS : ONE + 1); seed++) {
            Random draw = new Random(seed);
            HostileKeyExchange keys = seed % WITHOUT_KEY == 0 ? hostileKeys(draw) : null;
            new Run("seed " + seed, draw, new HostileServer(draw), keys).go();
          }
          return null;
        });
    new Thread(null, runs, "hostile", STACK).start();
    runs.get();
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void no_single_reaction_that_goes_on_for_ever_makes_a_client_storm(
      HostileServer.Reaction reaction) {
    for (boolean answers : new boolean[] {false, true}) {
      Random draw = new Random(reaction.name().hashCode());
      new Run(reaction.name(), draw, new HostileServer(draw, reaction, answers), null).go();
    }
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void no_key_exchange_that_fails_for_ever_makes_a_client_storm(
      HostileKeyExchange.Reaction reaction) {
    Random draw = new Random(reaction.name().hashCode());
    HostileKeyExchange keys = new HostileKeyExchange(draw, List.of(reaction));
    HostileServer answering = new HostileServer(draw, HostileServer.Reaction.ANSWER, true);
    new Run("key exchange: " + reaction, draw, answering, keys).go();
  }

  private static HostileKeyExchange hostileKeys(Random draw) {
    HostileKeyExchange.Reaction[] all = HostileKeyExchange.Reaction.values();
    List<HostileKeyExchange.Reaction> reactions = new ArrayList<>();
    for (int i = 1 + draw.nextInt(3); i > 0; i--) {
      reactions.add(all[draw.nextInt(all.length)]);
    }
    return new HostileKeyExchange(draw, reactions);
  }

  /** One client against one server. */
  private static final class Run {
    private final String name;
    private final Random draw;
    private final HostileServer server;
    private final ClientSession session;

    /** What it makes a key with, null when it has one. */
    private @Nullable HostileKeyExchange keys;

    private ConnectionState state = new ConnectionState.Idle();
    private long now = START;
    private long dialedAt;
    private @Nullable Query first;
    private @Nullable MtprotoException trouble;

    private final Map<Query, Long> deadlines = new HashMap<>();
    private final Map<Query, String> outcomes = new HashMap<>();
    private final ArrayDeque<Reply> coming = new ArrayDeque<>();
    private final Rate packets = new Rate();
    private final Rate handshakes = new Rate();
    private final Rate connections = new Rate();
    private final Rate gaps = new Rate();
    private int silentTimeouts;

    Run(String name, Random draw, HostileServer server, @Nullable HostileKeyExchange keys) {
      this.name = name;
      this.keys = keys;
      this.draw = draw;
      this.server = server;
      this.session =
          new ClientSession(
              server.keyHolder().key,
              new ServerSalts(0),
              draw.nextBoolean() ? null : 0L,
              KeepAlive.DEFAULT,
              new SecureRandom());
    }

    void go() {
      try {
        apply(new ConnectionState.Event.Open());
        for (long end = START + RUN; now < end; now += 1_000) {
          second();
        }
        while (!deadlines.isEmpty() && now < START + RUN + 2 * CALL_TIMEOUT) {
          giveUpLateCalls();
          now += 1_000;
        }
        check();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(name + ", " + server.reactions() + ": " + e, e);
      }
    }

    /** A call, and what follows within a second; the connection's heartbeat is at its end. */
    private void second() {
      if (state instanceof ConnectionState.Closed) {
        return;
      }
      Query query = new Query("test", new byte[8 << draw.nextInt(8)], draw.nextBoolean());
      deadlines.put(query, now + CALL_TIMEOUT);
      session.submit(query);
      for (int step = 0; step < 20; step++) {
        long before = now;
        now += step * 50L;
        exchange();
        now = before;
      }
      boolean handshaking =
          state instanceof ConnectionState.Initializing
              || state instanceof ConnectionState.ExchangingKeys;
      if (handshaking && now - dialedAt >= HANDSHAKE) {
        lose(new TransportException("the server does not answer in time", null));
      }
      if (isOpen() && session.check(now) == ClientSession.Health.DEAD) {
        lose(new TransportException("no pong", null));
      }
      giveUpLateCalls();
    }

    private void exchange() {
      if (state instanceof ConnectionState.WaitingToRetry wait && now >= wait.until()) {
        apply(new ConnectionState.Event.RetryDue());
      }
      if (state instanceof ConnectionState.Dialing) {
        connections.count(now);
        dialedAt = now;
        HostileKeyExchange making = keys;
        apply(new ConnectionState.Event.Dialed(making == null));
        if (making == null) {
          converse();
        } else {
          makeKey(making);
        }
      }
      if (!isOpen()) {
        return;
      }
      // A server that is nearby answers several packets within the same step.
      for (int round = 0; round < 50 && isOpen(); round++) {
        byte[] packet = session.flush(now);
        if (packet == null) {
          break;
        }
        packets.count(now);
        coming.addAll(server.react(packet, session.sessionId(), now));
        while (isOpen() && !coming.isEmpty()) {
          take(coming.removeFirst());
        }
      }
      coming.clear();
      assertThat(session.pending()).isLessThanOrEqualTo(deadlines.size() + 1);
    }

    private void converse() {
      first = new Query("first", new byte[8], true);
      session.connected(now, first);
    }

    /** Waits for the handshake's time-out when the server says nothing more. */
    private void makeKey(HostileKeyExchange making) {
      making.connected();
      ClientKeyExchange mine =
          new ClientKeyExchange(
              ClientKeyExchange.Settings.permanent(
                  HostileKeyExchange.serverKeys(), HostileKeyExchange.DC),
              new SecureRandom());
      byte[] packet = mine.start(now);
      while (true) {
        handshakes.count(now);
        switch (making.react(packet, now)) {
          case null -> {
            return;
          }
          case Reply.TransportError(int code) -> {
            lose(TransportException.ofCode(code));
            return;
          }
          case Reply.Closed() -> {
            lose(new TransportException("the server closed during the key exchange", null));
            return;
          }
          case Reply.Packet(byte[] bytes) -> {
            try {
              switch (mine.receive(bytes, now)) {
                case ClientKeyExchange.Outcome.Send(byte[] next) -> packet = next;
                case ClientKeyExchange.Outcome.Done(var made) -> {
                  keys = null;
                  apply(new ConnectionState.Event.KeyMade());
                  converse();
                  return;
                }
              }
            } catch (MtprotoException broken) {
              lose(broken);
              return;
            }
          }
        }
      }
    }

    private boolean isOpen() {
      return state instanceof ConnectionState.Initializing
          || state instanceof ConnectionState.Ready;
    }

    private void take(Reply reply) {
      switch (reply) {
        case Reply.TransportError(int code) -> lose(TransportException.ofCode(code));
        case Reply.Closed() -> lose(new TransportException("the server closed", null));
        case Reply.Packet(byte[] bytes) -> {
          List<SessionEvent> events = new ArrayList<>();
          MtprotoException broken = null;
          try {
            session.receive(bytes.clone(), now, events);
          } catch (MtprotoException e) {
            broken = e;
          }
          events.forEach(this::take);
          if (broken != null && isOpen()) {
            lose(broken);
          }
        }
      }
    }

    private void take(SessionEvent event) {
      switch (event) {
        case SessionEvent.Answered(Query query, Slice result) -> {
          ended(query, "answered");
          if (query.equals(first) && isOpen()) {
            trouble = null;
            apply(new ConnectionState.Event.Initialized());
          }
        }
        case SessionEvent.Refused(Query query, int code, String error) -> {
          RpcException refused = RpcException.of(code, error, query.method());
          ended(query, refused.error());
          if (query.equals(first)) {
            boolean passing =
                refused instanceof RpcException.FloodWait
                    || refused.code() >= 500
                    || refused.code() < 0;
            if (passing) {
              lose(refused);
            } else if (isOpen()) {
              session.disconnected();
              apply(new ConnectionState.Event.Failed(refused));
            }
          }
        }
        case SessionEvent.Abandoned(Query query, var reason, Progress progress) ->
            ended(query, reason + " " + progress);
        case SessionEvent.SessionCreated(), SessionEvent.UpdatesMissed() -> gaps.count(now);
        case SessionEvent.Restart() -> lose(new TransportException("a new session", null));
        case SessionEvent.Update(Slice body) -> {}
      }
    }

    private void ended(Query query, String how) {
      if (!query.equals(first) && deadlines.remove(query) != null) {
        assertThat(outcomes.put(query, how)).as("an outcome before").isNull();
      }
    }

    private void giveUpLateCalls() {
      deadlines
          .entrySet()
          .removeIf(entry -> {
            boolean late = now >= entry.getValue();
            if (late) {
              session.drop(entry.getKey());
              outcomes.put(entry.getKey(), "timed out: " + trouble + session.repeating(now));
              if (trouble == null
                  && session.repeating(now) == null
                  && entry.getKey().progress() == Progress.NEVER_SENT) {
                silentTimeouts++;
              }
            }
            return late;
          });
    }

    private void lose(MtprotoException cause) {
      if (isOpen()) {
        session.disconnected();
      }
      if (isOpen() || state instanceof ConnectionState.ExchangingKeys) {
        trouble = cause;
        apply(new ConnectionState.Event.Lost(cause));
      }
    }

    private void apply(ConnectionState.Event event) {
      state = ConnectionState.next(state, event, now, Backoff.DEFAULT, draw.nextDouble());
      if (state instanceof ConnectionState.Closed(MtprotoException cause)) {
        assertThat(cause).as("why it is closed").isNotNull();
        session.abandonAll().forEach(query -> ended(query, "closed: " + cause));
      }
    }

    private void check() {
      assertThat(packets.most(1_000)).as("packets a second").isLessThanOrEqualTo(PACKETS_A_SECOND);
      assertThat(packets.most(60_000)).as("packets a minute").isLessThanOrEqualTo(PACKETS_A_MINUTE);
      assertThat(connections.most(10_000))
          .as("connections in ten seconds")
          .isLessThanOrEqualTo(CONNECTIONS_IN_TEN_SECONDS);
      assertThat(gaps.most(60_000)).as("gaps a minute").isLessThanOrEqualTo(GAPS_A_MINUTE);
      assertThat(handshakes.most(1_000))
          .as("handshake packets a second")
          .isLessThanOrEqualTo(HANDSHAKE_PACKETS_A_SECOND);
      assertThat(handshakes.most(60_000))
          .as("handshake packets a minute")
          .isLessThanOrEqualTo(HANDSHAKE_PACKETS_A_MINUTE);
      assertThat(deadlines).as("calls without an outcome").isEmpty();
      assertThat(silentTimeouts).as("calls never sent, and no cause known").isZero();
    }
  }

  /** When something happened. */
  private static final class Rate {
    private final List<Long> times = new ArrayList<>();

    void count(long now) {
      times.add(now);
    }

    /** The most of it within a time. */
    int most(long window) {
      int most = 0;
      for (int from = 0, to = 0; to < times.size(); to++) {
        while (times.get(to) - times.get(from) >= window) {
          from++;
        }
        most = Math.max(most, to - from + 1);
      }
      return most;
    }
  }
}

package dev.jobradar.telegram.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.client.ClientInfo;
import dev.jobradar.mtproto.client.ConnectionState;
import dev.jobradar.mtproto.client.Dialer;
import dev.jobradar.telegram.ChannelPeer;
import dev.jobradar.telegram.ClientListener;
import dev.jobradar.telegram.HistoryQuery;
import dev.jobradar.telegram.Post;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.UpdatesListener;
import dev.jobradar.telegram.Watch;
import dev.jobradar.telegram.signin.SignIn;
import dev.jobradar.telegram.updates.ChannelPosition;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One client of a server that answers as it likes, and the person who uses it. */
final class HostileRun {
  /** A person does something so often at most. */
  private static final int RESTS_MILLIS = 500;

  private static final Duration CALL = Duration.ofSeconds(5);
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(12);
  private static final Duration TOO_LONG = Duration.ofSeconds(30);
  private static final int CALLS_ENOUGH = 5;

  final int seed;
  final HostileTelegram.Dealings server;
  final Rate connections = new Rate();
  private final Random draw;
  private final TelegramClient client;
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<String> outcomes = new CopyOnWriteArrayList<>();
  private final @Nullable SignIn signIn;
  private @Nullable ChannelPeer channel;

  HostileRun(int seed, HostileTelegram telegram) {
    this.seed = seed;
    this.draw = Seeds.draw(-1L - seed);
    this.server = telegram.with(seed);
    TelegramOptions options =
        TelegramOptions.builder(1, "hash")
            .client(ClientInfo.of(1, Integer.toString(seed), "1.0"))
            .dataCentres(telegram.dataCentres())
            .firstDc(new DcId(1))
            .callTimeout(CALL)
            .dialer((address, timeout) -> {
              connections.count(System.nanoTime() / 1_000_000);
              return Dialer.direct().dial(address, timeout);
            })
            .build();
    boolean signedIn = draw.nextInt(3) > 0;
    client = new TelegramClient(options, signedIn ? telegram.signedIn(seed) : null, new Listener());
    // The code of a number for tests is the number of its data centre.
    String phone = "99966%d%04d".formatted(1 + seed % HostileTelegram.DATA_CENTRES, seed % 10_000);
    signIn = signedIn ? null : new SignIn(client, phone, List.of());
  }

  private final class Listener implements ClientListener {
    @Override
    public void onReady() {
      told.add("ready");
    }

    @Override
    public void onLost(MtprotoException cause) {
      told.add("lost: " + cause.getMessage());
    }

    @Override
    public void onEnded(MtprotoException cause) {
      told.add("ended: " + cause.getMessage());
    }

    @Override
    public void onClosed() {
      told.add("closed");
    }
  }

  /**
   * Uses the client for a while; on a busy machine, for as long as it takes until the server has
   * something to answer.
   */
  void go() throws InterruptedException {
    long start = System.nanoTime();
    client.open();
    while (goesOn(System.nanoTime() - start)) {
      String what = "";
      try {
        what = act();
        outcomes.add(what + ": done");
      } catch (MtprotoException why) {
        assertThat(why.getMessage()).as("why %s failed", what).isNotBlank();
        outcomes.add(why.getMessage());
      } catch (IllegalStateException unasked) {
        // A code before one was asked for, updates of nobody, or started twice.
        assertThat(unasked.getMessage())
            .isIn("ask for a code first", "nobody is signed in", "updates were started already");
        outcomes.add(unasked.getMessage());
      }
      Thread.sleep(RESTS_MILLIS + draw.nextInt(RESTS_MILLIS));
    }
  }

  private boolean goesOn(long nanos) {
    return nanos < LONG_ENOUGH.toNanos()
        || (server.calls.all() < CALLS_ENOUGH && nanos < TOO_LONG.toNanos());
  }

  void close() {
    client.close();
  }

  private String act() throws InterruptedException {
    SignIn entering = signIn;
    if (entering != null && !client.isSignedIn()) {
      return enter(entering);
    }
    ChannelPeer known = channel;
    if (known != null && draw.nextInt(5) < 2) {
      return read(known);
    }
    return switch (draw.nextInt(3)) {
      case 0 -> {
        channel = client.channels().resolve("javajobs").peer();
        yield "resolve";
      }
      case 1 -> {
        client.refreshMe();
        yield "me";
      }
      default -> {
        var _ = client.channels().sendToSelf("text", draw.nextLong());
        yield "send";
      }
    };
  }

  private String enter(SignIn entering) throws InterruptedException {
    return switch (draw.nextInt(4)) {
      case 0 -> {
        entering.sendCode();
        yield "sendCode";
      }
      case 1 -> {
        entering.resendCode();
        yield "resendCode";
      }
      case 2 -> {
        entering.checkPassword("secret");
        yield "checkPassword";
      }
      default -> {
        String digit = Integer.toString(1 + seed % HostileTelegram.DATA_CENTRES);
        entering.signIn(digit.repeat(5));
        yield "signIn";
      }
    };
  }

  private String read(ChannelPeer peer) throws InterruptedException {
    if (draw.nextBoolean()) {
      client.channels().history(peer, HistoryQuery.NEWEST.limit(5));
      return "history";
    }
    client.updates().start(null, List.of(Watch.of(peer, ChannelPosition.NEWEST)), new Ignoring());
    return "watch";
  }

  /** Takes everything in. */
  private static final class Ignoring implements UpdatesListener {
    @Override
    public void onPosts(long channelId, List<Post> posts, ChannelPosition position) {}
  }

  /** Whether it is open and connected, or somebody was told why it is not. */
  void requireAnOutcome() {
    boolean up = client.connectionState() instanceof ConnectionState.Ready;
    assertThat(up || !told.isEmpty() || !outcomes.isEmpty()).as("%s: silent", this).isTrue();
    assertThat(told).as("%s", this).noneMatch(line -> line.contains("unexpected"));
    long ends = told.stream().filter(line -> line.startsWith("ended")).count();
    assertThat(ends).as("%s: ends", this).isLessThanOrEqualTo(1);
    if (ends == 1) {
      assertThat(told.getLast()).as("%s", this).startsWith("ended");
    }
  }

  void requireFewer(
      int callsASecond, int callsInTen, int connectionsASecond, int connectionsInTen) {
    assertThat(server.calls.most(1_000))
        .as("%s: calls a second", this)
        .isLessThanOrEqualTo(callsASecond);
    assertThat(server.calls.most(10_000))
        .as("%s: calls in ten seconds", this)
        .isLessThanOrEqualTo(callsInTen);
    assertThat(connections.most(1_000))
        .as("%s: connections a second", this)
        .isLessThanOrEqualTo(connectionsASecond);
    assertThat(connections.most(10_000))
        .as("%s: connections in ten seconds", this)
        .isLessThanOrEqualTo(connectionsInTen);
  }

  /** After {@link #close}. */
  void requireClosed(Duration limit) throws InterruptedException {
    assertThat(client.awaitClosed(limit)).as("%s: closed", this).isTrue();
  }

  @Override
  public String toString() {
    return "seed %d, link %s, packets %s, answers %s, told %s, outcomes %s"
        .formatted(seed, server.link, server.packets, server.answers, told, outcomes);
  }
}

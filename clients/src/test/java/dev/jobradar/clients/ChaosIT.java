package dev.jobradar.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.client.CallOptions;
import dev.jobradar.mtproto.client.Dialer;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.StandingFault;
import dev.jobradar.sandbox.net.ReservedPorts;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.session.DataCentres;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.session.SessionString;
import dev.jobradar.testsupport.Eventually;
import dev.jobradar.testsupport.SandboxClients;
import dev.jobradar.tl.api.method.Help;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Everything that can go wrong, at once and at random: callers, log-outs, sign-ins that take a
 * place over, dropped, reset and silent connections, slow and refused ones, revoked sign-ins, and
 * restarts of the data centre and of the pool. The sandbox is strict, and counts.
 *
 * <pre>
 * mvn -pl clients -am verify -Dit.test=ChaosIT -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dfailsafe.failIfNoSpecifiedTests=false -Dtest.jvm.args="-Dchaos.seconds=3600 -Dchaos.users=2000"
 * </pre>
 *
 * {@code -Dchaos.seed=N} repeats what each of the actors does; when it happens is up to the
 * machine.
 */
@Isolated("counts the threads of the JVM")
@Timeout(7_200)
@SuppressWarnings("NullAway.Init") // the test begins with both
class ChaosIT {
  private static final int ACTORS = 32;
  private static final Set<String> ANSWERS = Set.of("Connected", "Unreachable", "SessionEnded");
  private static final Duration CLOSE = Duration.ofSeconds(30);
  private final long seed = Long.getLong("chaos.seed", ThreadLocalRandom.current().nextLong());
  private final int seconds = Integer.getInteger("chaos.seconds", 20);
  private final int userCount = Integer.getInteger("chaos.users", 300);

  @TempDir private Path folder;

  private final MemoryStore store = new MemoryStore();
  private final List<UserId> users = new ArrayList<>();
  private final Queue<SavedSession> spare = new ConcurrentLinkedQueue<>();
  private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
  private final Map<String, Throwable> wrong = new ConcurrentHashMap<>();

  /** The sandbox is started again and listens where it did. */
  private final ReservedPorts ports = ReservedPorts.one();

  private volatile Sandbox sandbox;
  private volatile UserClients clients;
  private volatile boolean stop;

  private Sandbox start() {
    return Sandbox.builder()
        .withoutChannels()
        .dataCentres(1)
        .port(ports.first())
        .strict(true)
        .state(folder.resolve("state"))
        .start();
  }

  private UserClients pool() {
    TelegramOptions options =
        TelegramOptions.builder(1, "hash")
            .dataCentres(
                DataCentres.custom(
                    Map.of(
                        new DcId(1),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.first())),
                    List.of(sandbox.publicKey())))
            .firstDc(new DcId(1))
            .backoff(SandboxClients.QUICK)
            .keepAlive(SandboxClients.IMPATIENT)
            .dialer(this::dial)
            .build();
    return new UserClients(
        store,
        Connector.of(options),
        UserClientsOptions.builder()
            .drain(Duration.ofMillis(200))
            .maxConcurrentDials(50)
            .idleAfter(Duration.ofSeconds(2))
            .build(),
        ClientHook.NONE,
        UserClientsListener.NONE);
  }

  /** Now and then refused, now and then slow. */
  private SocketChannel dial(InetSocketAddress address, Duration timeout) throws IOException {
    int luck = ThreadLocalRandom.current().nextInt(100);
    if (luck < 5) {
      throw new IOException("refused");
    }
    if (luck < 15) {
      try {
        Thread.sleep(luck * 20L);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }
    return Dialer.direct().dial(address, timeout);
  }

  private void count(String what) {
    counts.computeIfAbsent(what, _ -> new LongAdder()).increment();
  }

  @Test
  void at_every_moment_a_user_has_one_connection_at_most_and_in_the_end_nothing_is_left()
      throws Exception {
    System.out.println("chaos.seed=" + seed);
    sandbox = start();
    for (String text : sandbox.accounts(2 * userCount)) {
      SavedSession session = SessionString.parse(text).session();
      if (users.size() < userCount) {
        UserId user = new UserId(users.size());
        users.add(user);
        store.put(user, session);
      } else {
        spare.add(session);
      }
    }
    clients = pool();
    List<Thread> actors = new ArrayList<>();
    for (int i = 0; i < ACTORS; i++) {
      Random random = new Random(seed + i);
      actors.add(Thread.ofVirtual().start(() -> act(random)));
    }
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    // On a slow machine it runs on until enough has happened.
    for (int round = 1;
        wrong.isEmpty() && (System.nanoTime() < end || !counts.keySet().containsAll(ANSWERS));
        round++) {
      Thread.sleep(1_500);
      if (round % 2 == 0) {
        restartTheDataCentre();
      }
      if (round % 3 == 0) {
        assertThat(clients.close(CLOSE)).as("left open by seed %d", seed).isEmpty();
        assertThat(clients.snapshot()).isEmpty();
        clients = pool();
        count("pool restarted");
      }
      assertNeverTwo();
    }
    stop = true;
    for (Thread actor : actors) {
      assertThat(actor.join(Duration.ofSeconds(60))).as("an actor hangs").isTrue();
    }
    sandbox.faults().clear();
    assertThat(wrong).as("seed %d", seed).isEmpty();
    assertThatNobodyIsLost();
    assertThat(clients.close(CLOSE)).isEmpty();
    assertThat(clients.snapshot()).as("slots").isEmpty();
    awaitNothing();
    assertNeverTwo();
    for (UserId user : users) {
      if (store.find(user) instanceof StoredSession.Ended(SessionEnd ended)) {
        assertThat(ended.reason()).isEqualTo("SESSION_REVOKED");
      }
    }
    System.out.println("chaos: " + counts);
    assertThat(counts.keySet()).containsAll(ANSWERS);
    sandbox.close();
    ports.close();
  }

  /** Now that nothing is broken, everybody whose sign-in is valid gets their client. */
  private void assertThatNobodyIsLost() throws InterruptedException {
    clients.connectAll(users);
    for (UserId user : users) {
      assertThat(clients.get(user, Duration.ofMinutes(2)))
          .as("%s, seed %d", user, seed)
          .isNotInstanceOf(ClientResult.Unreachable.class);
    }
    assertNeverTwo();
  }

  private void restartTheDataCentre() {
    assertNeverTwo();
    sandbox.close();
    sandbox = start();
    count("data centre restarted");
  }

  private void assertNeverTwo() {
    assertThat(sandbox.stats().maxOpenPerKey()).as("per key, seed %d", seed).isLessThanOrEqualTo(1);
    assertThat(sandbox.stats().maxOpenPerAccount())
        .as("per account, seed %d", seed)
        .isLessThanOrEqualTo(1);
  }

  private void act(Random random) {
    while (!stop) {
      UserId user = users.get(random.nextInt(users.size()));
      try {
        act(user, random.nextInt(100), random.nextInt(1_500));
      } catch (UserClientsClosedException e) {
        count("closed");
      } catch (NoClientException e) {
        count("not held");
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error e) {
        if (wrong.putIfAbsent(e.toString(), e) == null) {
          e.printStackTrace(System.out);
        }
      }
    }
  }

  private void act(UserId user, int what, int millis) throws InterruptedException {
    if (what < 70) {
      ask(user, millis, what < 40);
    } else if (what < 78) {
      count(clients.disconnect(user, Duration.ofSeconds(10)) ? "disconnected" : "overdue");
    } else if (what < 84) {
      takeOver(user);
    } else if (store.find(user) instanceof StoredSession.Valid(SavedSession session)) {
      harm(user, new KeyId(SandboxWorld.keyId(session)), what, millis);
    }
  }

  private void harm(UserId user, KeyId key, int what, int millis) throws InterruptedException {
    Sandbox now = sandbox;
    if (what < 88) {
      count("dropped " + now.drop(Aim.key(key)));
    } else if (what < 92) {
      count("reset " + now.reset(Aim.key(key)));
    } else if (what < 96) {
      try (StandingFault silence = now.faults().set(new Fault.Silence(), Aim.key(key))) {
        count(silence.fault().name());
        Thread.sleep(millis);
      }
    } else if (what < 98) {
      SavedSession fresh = spare.poll();
      if (fresh != null) {
        try {
          now.world().revoke(key, 401, "SESSION_REVOKED");
        } catch (RuntimeException e) {
          // The data centre is being restarted.
          spare.add(fresh);
          return;
        }
        ask(user, 3_000, true);
        store.put(user, fresh);
        count("revoked");
      }
    }
  }

  private void ask(UserId user, int millis, boolean call) throws InterruptedException {
    ClientResult answer = clients.get(user, Duration.ofMillis(millis));
    count(answer.getClass().getSimpleName());
    if (call && answer instanceof ClientResult.Connected(TelegramClient client)) {
      try {
        Object nearest =
            client.invoke(
                new Help.GetNearestDc(), CallOptions.REPEATABLE.within(Duration.ofSeconds(3)));
        count(nearest == null ? "strange" : "called");
      } catch (MtprotoException e) {
        count("failed call");
      }
    }
  }

  /** As a sign-in does: the place is held, and then given another client. */
  private void takeOver(UserId user) throws InterruptedException {
    UserClients now = clients;
    SlotEvent.Reservation reservation = new SlotEvent.Reservation("taken over");
    Slot slot = now.slots().reserve(user, reservation, Duration.ofSeconds(10));
    if (store.find(user) instanceof StoredSession.Valid(SavedSession session)) {
      PacedClient line = now.newClient(user, session);
      line.open();
      if (now.slots().handOver(slot, reservation, line)) {
        count("taken over");
        return;
      }
      assertThat(line.close(Duration.ZERO)).isTrue();
    }
    now.slots().release(slot, reservation);
  }

  /** No connection at the server, and no thread here. */
  private void awaitNothing() {
    Eventually.awaitAsserted(
        "nothing is left",
        () -> {
          assertThat(sandbox.stats().connections()).as("connections").isZero();
          assertThat(ourThreads()).as("threads").isEmpty();
        });
  }

  private List<String> ourThreads() throws IOException {
    Path dump = folder.resolve("threads-" + System.nanoTime());
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
    List<String> found =
        Files.readAllLines(dump).stream()
            .filter(line ->
                line.matches(
                    ".*\"(user-clients|user-clients-timer|pending-sign-ins|mtproto-connection"
                        + "|mtproto-writer|mtproto-listener)\".*"))
            .toList();
    Files.delete(dump);
    return found;
  }
}

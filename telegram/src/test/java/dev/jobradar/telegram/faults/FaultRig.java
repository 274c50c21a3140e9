package dev.jobradar.telegram.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.client.Backoff;
import dev.jobradar.mtproto.client.CallOptions;
import dev.jobradar.mtproto.client.Dialer;
import dev.jobradar.mtproto.crypto.RsaPrivateKey;
import dev.jobradar.mtproto.session.KeepAlive;
import dev.jobradar.sandbox.ReadyAccount;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.rpc.DataCentre;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.telegram.ClientListener;
import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.session.DataCentres;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.session.SessionString;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A strict sandbox and one signed-in client that loses its patience soon. Closing it asserts that
 * the sandbox never counted two connections.
 */
final class FaultRig implements AutoCloseable {
  /** The longest that a test waits for what is bound to happen. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final RsaPrivateKey RSA_KEY = RsaPrivateKey.generate(new SecureRandom());
  private static final KeepAlive IMPATIENT =
      new KeepAlive(
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30));
  private static final Backoff QUICK =
      new Backoff(Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofMillis(20));

  final Sandbox sandbox;
  final TelegramClient client;
  final BlockingQueue<MtprotoException> lost = new LinkedBlockingQueue<>();
  final BlockingQueue<MtprotoException> ended = new LinkedBlockingQueue<>();
  final Semaphore closed = new Semaphore(0);

  /** Whose account it is. */
  final UserId id;

  /** How many TCP connections its clients dialled. */
  final AtomicInteger dials = new AtomicInteger();

  private final Backoff backoff;
  private final SecureRandom random = new SecureRandom();

  /** With channels of posts in the world, or without. */
  FaultRig(boolean channels) {
    this(channels, QUICK);
  }

  FaultRig(boolean channels, Backoff backoff) {
    this.backoff = backoff;
    Sandbox.Builder builder = Sandbox.builder().rsaKey(RSA_KEY).dataCentres(2).strict(true);
    sandbox = (channels ? builder : builder.withoutChannels()).start();
    ReadyAccount account = sandbox.readyAccounts(1).getFirst();
    id = account.user();
    client = client(SessionString.parse(account.session()).session());
  }

  /** A client without a sign-in. */
  TelegramClient newClient() {
    return client(null);
  }

  private TelegramClient client(@Nullable SavedSession session) {
    Map<DcId, InetSocketAddress> addresses = new HashMap<>();
    for (DataCentre dc : sandbox.dataCentres()) {
      addresses.put(new DcId(dc.id()), new InetSocketAddress(dc.host(), dc.port()));
    }
    TelegramOptions options =
        TelegramOptions.builder(1, "hash")
            .dataCentres(DataCentres.custom(addresses, List.of(sandbox.publicKey())))
            .firstDc(new DcId(1))
            .keepAlive(IMPATIENT)
            .backoff(backoff)
            .dialer((address, timeout) -> {
              dials.incrementAndGet();
              return Dialer.direct().dial(address, timeout);
            })
            .callTimeout(PATIENCE)
            .build();
    return new TelegramClient(options, session, new ClientEvents());
  }

  private final class ClientEvents implements ClientListener {
    @Override
    public void onLost(MtprotoException cause) {
      lost.add(cause);
    }

    @Override
    public void onEnded(MtprotoException cause) {
      ended.add(cause);
    }

    @Override
    public void onClosed() {
      closed.release();
    }
  }

  /** Opens the client and asks who it is. */
  Me open() throws InterruptedException {
    client.open();
    return client.me();
  }

  /** A call may take so long. */
  static CallOptions within(Duration time) {
    return CallOptions.REPEATABLE.within(time);
  }

  /** Somebody writes to the account; the message's id there. */
  int letter() {
    UserId writer = sandbox.readyAccounts(2).getLast().user();
    sandbox.world().send(writer, id, "a letter", List.of(), random.nextLong(), null);
    return sandbox.world().messages(id, writer).getLast().message().id();
  }

  UserId account() throws InterruptedException {
    return new UserId(client.me().id());
  }

  KeyId key() {
    SavedSession session = Objects.requireNonNull(client.session());
    return new KeyId(Objects.requireNonNull(session.authKey()).id());
  }

  /** Why the connection was lost; waits until it is. */
  MtprotoException awaitLoss() throws InterruptedException {
    return Objects.requireNonNull(
        lost.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS), "the connection is not lost");
  }

  /** Why the sign-in is over; waits until it is. */
  MtprotoException awaitEnd() throws InterruptedException {
    return Objects.requireNonNull(
        ended.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS), "the sign-in is not over");
  }

  @Override
  public void close() {
    client.close();
    try {
      assertThat(sandbox.stats().maxOpenPerKey()).as("connections of a key").isEqualTo(1);
      assertThat(sandbox.stats().maxOpenPerAccount()).as("connections of an account").isEqualTo(1);
    } finally {
      sandbox.close();
    }
  }
}

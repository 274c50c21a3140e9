package dev.jobradar.clients;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.telegram.ClientListener;
import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.session.SavedSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Lincheck tries the interleavings of asking, logging out and the end of a session on one user's
 * slot. The operations say whether two clients were ever open at once; one after another they
 * always say no, so any interleaving in which two are is an error.
 *
 * <p>Nothing is done before the threads start: a slot that is there already would hide how it is
 * made.
 */
@Timeout(600)
class SlotLifeLincheckTest {
  private static final UserId SOMEBODY = new UserId(1);
  private static final TelegramClient CLIENT =
      new TelegramClient(
          TelegramOptions.builder(1, "hash").build(),
          FakeManagedClient.SESSION,
          ClientListener.NONE);

  /** Which clients are open. */
  static final class Wire {
    private int open;
    private boolean two;

    synchronized void opened() {
      open++;
      two |= open > 1;
    }

    synchronized void closed() {
      open--;
    }

    synchronized boolean sawTwo() {
      return two;
    }
  }

  /** Connects at once. */
  static final class QuickClient implements ManagedClient {
    private final Wire wire;
    private @Nullable Slot slot;
    private boolean open;
    private boolean closed;

    QuickClient(Wire wire) {
      this.wire = wire;
    }

    @Override
    public void open() {
      synchronized (this) {
        if (closed || open) {
          return;
        }
        open = true;
        wire.opened();
      }
      tell(new SlotEvent.Ready(this));
    }

    @Override
    public boolean close(Duration drain) {
      synchronized (this) {
        closed = true;
        if (open) {
          open = false;
          wire.closed();
        }
      }
      return true;
    }

    void tell(SlotEvent event) {
      Slot owner = slot;
      if (owner != null) {
        owner.handle(event);
      }
    }

    @Override
    public void attach(Slot owner) {
      slot = owner;
    }

    @Override
    public TelegramClient telegram() {
      return CLIENT;
    }

    @Override
    public void reportState() {}

    @Override
    public void prioritize() {}

    @Override
    public boolean logOut(Duration within) {
      return true;
    }

    @Override
    public SavedSession session() {
      return FakeManagedClient.SESSION;
    }

    @Override
    public @Nullable SavedSession movedTo() {
      return null;
    }

    @Override
    public void stored(SavedSession current) {}

    @Override
    public Me account() {
      return new Me(1, "Somebody", null, null, null);
    }

    @Override
    public DcId dc() {
      return new DcId(1);
    }
  }

  /** No clock, no timer, and no threads but Lincheck's own. */
  static final class NoTime implements Time {
    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public void after(Duration delay, Runnable task) {}

    @Override
    public void inBackground(Runnable task) {
      task.run();
    }

    @Override
    public void stop() {}
  }

  /** Always has a sign-in. */
  static final class OneSession implements SessionStore {
    @Override
    public StoredSession find(UserId user) {
      return new StoredSession.Valid(FakeManagedClient.SESSION);
    }

    @Override
    public void ended(UserId user, SavedSession session, SessionEnd end) {}

    @Override
    public void moved(UserId user, SavedSession before, SavedSession now) {}

    @Override
    public void loggedOut(UserId user, SavedSession session) {}

    @Override
    public void seen(UserId user, Me account) {}

    @Override
    public Optional<UserId> byPhone(String phone) {
      return Optional.empty();
    }

    @Override
    public Optional<UserId> byTelegramId(long telegramId) {
      return Optional.empty();
    }

    @Override
    public SignedIn signedIn(Me account, String phone, SavedSession session) {
      throw new UnsupportedOperationException();
    }
  }

  /** The pool itself. */
  public static class Ours {
    private final Wire wire = new Wire();
    private volatile @Nullable QuickClient last;
    private final UserClients clients =
        new UserClients(
            new OneSession(),
            (user, session, hearing, paced) -> CLIENT,
            UserClientsOptions.DEFAULT,
            ClientHook.NONE,
            UserClientsListener.NONE,
            new NoTime(),
            (user, session) -> {
              QuickClient client = new QuickClient(wire);
              last = client;
              return client;
            });

    @Operation
    public boolean get() throws InterruptedException {
      return clients.get(SOMEBODY, Duration.ZERO) != null && wire.sawTwo();
    }

    @Operation
    public boolean logOut() throws InterruptedException {
      return clients.disconnect(SOMEBODY, Duration.ZERO) && wire.sawTwo();
    }

    @Operation
    public boolean sessionEnds() {
      QuickClient client = last;
      if (client != null) {
        client.tell(new SlotEvent.Failed(client, TransportException.ofCode(404)));
      }
      return wire.sawTwo();
    }
  }

  /** The same slots in a map that lets go of one before its client is closed. */
  public static class RemoveFirst {
    private final Wire wire = new Wire();
    private final ConcurrentHashMap<UserId, Slot> slots = new ConcurrentHashMap<>();
    private final SlotContext shared =
        new SlotContext(
            new OneSession(),
            (user, session) -> new QuickClient(wire),
            ClientHook.NONE,
            UserClientsListener.NONE,
            new NoTime(),
            Duration.ZERO,
            new FailureBackoff(),
            slot -> slots.remove(slot.user(), slot),
            () -> false);

    @Operation
    public boolean get() {
      Slot fresh = new Slot(SOMEBODY, shared, new SlotState.Loading());
      if (slots.putIfAbsent(SOMEBODY, fresh) == null) {
        fresh.begin();
      }
      return wire.sawTwo();
    }

    @Operation
    public boolean logOut() {
      Slot slot = slots.remove(SOMEBODY);
      if (slot != null) {
        slot.handle(new SlotEvent.Disconnect(CloseReason.DISCONNECTED, Duration.ZERO));
      }
      return wire.sawTwo();
    }
  }

  private static ModelCheckingOptions options() {
    return new ModelCheckingOptions()
        .threads(2)
        .actorsPerThread(2)
        .actorsBefore(0)
        .actorsAfter(1)
        .iterations(6)
        .invocationsPerIteration(400);
  }

  @Test
  void in_no_interleaving_are_two_clients_of_a_user_open() {
    options().check(Ours.class);
  }

  @Test
  void removing_the_slot_before_its_client_is_closed_is_found_out() {
    // Which scenario fails first says enough; looking for the smallest takes minutes when busy.
    var first = options().minimizeFailedScenario(false);
    assertThatThrownBy(() -> first.check(RemoveFirst.class))
        .isInstanceOf(LincheckAssertionError.class)
        .hasMessageContaining("Invalid execution results");
  }
}

package dev.jobradar.clients;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.telegram.ClientListener;
import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.session.SavedSession;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A client without a socket: a test says what happens to it, and reads what was done with it. */
final class FakeManagedClient implements ManagedClient {
  static final SavedSession SESSION =
      SavedSession.of(new DcId(1), false, new AuthKey(new byte[AuthKey.SIZE]));
  private static final TelegramOptions OPTIONS = TelegramOptions.builder(1, "hash").build();

  final List<String> log = new CopyOnWriteArrayList<>();
  private final TelegramClient telegram;
  private final @Nullable SavedSession session;
  private @Nullable Slot slot;
  volatile boolean open;
  volatile boolean refusesToClose;
  volatile boolean closingThrows;

  /** Run when it is asked who is signed in. */
  volatile Runnable whenAsked = () -> {};

  FakeManagedClient() {
    this(SESSION);
  }

  FakeManagedClient(@Nullable SavedSession session) {
    this.session = session;
    this.telegram = new TelegramClient(OPTIONS, session, ClientListener.NONE);
  }

  /** Sends an event to its slot. */
  void tell(SlotEvent event) {
    Objects.requireNonNull(slot, "not attached").handle(event);
  }

  @Override
  public TelegramClient telegram() {
    return telegram;
  }

  @Override
  public void attach(Slot owner) {
    slot = owner;
  }

  @Override
  public void open() {
    if (!log.contains("close")) {
      open = true;
    }
    log.add("open");
  }

  @Override
  public void reportState() {
    log.add("reportState");
  }

  @Override
  public void prioritize() {
    log.add("prioritize");
  }

  @Override
  public boolean logOut(Duration within) {
    log.add("logOut");
    return true;
  }

  @Override
  public boolean close(Duration drain) {
    log.add("close");
    if (refusesToClose) {
      return false;
    }
    open = false;
    if (closingThrows) {
      closingThrows = false;
      throw new IllegalStateException("closing went wrong");
    }
    return true;
  }

  @Override
  public @Nullable SavedSession session() {
    return session;
  }

  @Override
  public @Nullable SavedSession movedTo() {
    return null;
  }

  @Override
  public void stored(SavedSession current) {
    log.add("stored");
  }

  @Override
  public Me account() {
    whenAsked.run();
    return new Me(1, "Somebody", null, null, null);
  }

  @Override
  public DcId dc() {
    return new DcId(1);
  }

  @Override
  public String toString() {
    return "client";
  }
}

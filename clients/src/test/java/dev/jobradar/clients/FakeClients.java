package dev.jobradar.clients;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.session.SavedSession;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** {@link UserClients} over {@link FakeManagedClient}s and a time that is moved by hand. */
final class FakeClients {
  final MemoryStore store = new MemoryStore();
  final ManualTime time = new ManualTime();

  /** The lines to be made next; new ones when it is empty. */
  final Queue<FakeManagedClient> next = new ConcurrentLinkedQueue<>();

  /** All lines that were made. */
  final List<FakeManagedClient> made = new CopyOnWriteArrayList<>();

  final List<String> hooked = new CopyOnWriteArrayList<>();

  /** Run by the hook, before it records its call. */
  Runnable inHook = () -> {};

  final UserClients clients;

  FakeClients() {
    this(UserClientsOptions.DEFAULT, UserClientsListener.NONE);
  }

  FakeClients(UserClientsOptions options, UserClientsListener listener) {
    ClientHook hook =
        new ClientHook() {
          @Override
          public void opened(UserId user, TelegramClient client) {
            inHook.run();
            hooked.add("opened " + user.value());
          }

          @Override
          public void closed(UserId user, TelegramClient client, CloseReason why) {
            inHook.run();
            hooked.add("closed " + user.value() + " " + why);
          }
        };
    clients =
        new UserClients(
            store,
            (user, session, hearing, paced) -> {
              throw new IllegalStateException("no real clients here");
            },
            options,
            hook,
            listener,
            time,
            (user, session) -> make(session));
  }

  private FakeManagedClient make(@Nullable SavedSession session) {
    FakeManagedClient waiting = next.poll();
    FakeManagedClient client = waiting == null ? new FakeManagedClient(session) : waiting;
    made.add(client);
    return client;
  }

  /** The client that was made last. */
  FakeManagedClient last() {
    return made.getLast();
  }

  /** It connects. */
  void opened(FakeManagedClient client) {
    client.tell(new SlotEvent.Ready(client));
  }

  /** A sign-in with a key of its own. */
  static SavedSession session(int number) {
    byte[] key = new byte[AuthKey.SIZE];
    key[0] = (byte) number;
    return SavedSession.of(new DcId(1), false, new AuthKey(key));
  }
}

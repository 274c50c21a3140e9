package dev.jobradar.clients;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.client.ConnectionState;
import dev.jobradar.telegram.ClientListener;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.signin.SignIn;
import dev.jobradar.telegram.signin.SignInResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What one writes at first: a map from user to client, looked at before a client is made. Kept to
 * show that the tests of {@link OldPromisesIT} can tell the difference.
 */
final class NaiveClients implements OldPromisesIT.Subject {
  /** Some rows make a call time out: sooner than the usual 30 seconds. */
  private static final Duration CALL = Duration.ofSeconds(10);

  private final SandboxWorld world;
  private final Map<UserId, TelegramClient> clients = new ConcurrentHashMap<>();
  private final Map<String, TelegramClient> signingIn = new HashMap<>();
  private final Map<String, SignIn> signIns = new HashMap<>();

  /** All that were ever made, so that the test can clean up. */
  private final List<TelegramClient> made = new ArrayList<>();

  NaiveClients(SandboxWorld world) {
    this.world = world;
  }

  private TelegramClient make(@Nullable SavedSession session) {
    TelegramOptions impatient = world.telegram(options -> options.callTimeout(CALL));
    TelegramClient client = new TelegramClient(impatient, session, ClientListener.NONE);
    synchronized (made) {
      made.add(client);
    }
    client.open();
    return client;
  }

  @Override
  public @Nullable TelegramClient client(UserId user) throws InterruptedException {
    TelegramClient cached = clients.get(user);
    if (cached != null && cached.connectionState() instanceof ConnectionState.Ready) {
      return cached;
    }
    clients.remove(user);
    if (!(world.store.find(user) instanceof StoredSession.Valid(SavedSession session))) {
      return null;
    }
    TelegramClient fresh = make(session);
    try {
      if (fresh.refreshMe().id() == 0) {
        return null;
      }
    } catch (MtprotoException e) {
      return null;
    }
    clients.put(user, fresh);
    return fresh;
  }

  @Override
  public Object answer(UserId user) throws InterruptedException {
    return client(user) == null ? new ClientResult.NoSession() : "a client";
  }

  @Override
  public void logOut(UserId user) throws InterruptedException {
    TelegramClient client = clients.get(user);
    if (client != null) {
      client.close();
      if (client.awaitClosed(Duration.ofSeconds(5))) {
        clients.remove(user);
      }
    }
  }

  @Override
  public int inMap() {
    return clients.size();
  }

  @Override
  public void shutDown(Duration drain) {
    clients.values().forEach(client -> client.close(drain));
    clients.clear();
  }

  @Override
  public String beginSignIn(String phone) throws InterruptedException {
    TelegramClient temporary = make(null);
    SignIn signIn = new SignIn(temporary, phone, List.of());
    if (signIn.sendCode() == null) {
      throw new AssertionError();
    }
    String id = "auth-" + signingIn.size();
    signingIn.put(id, temporary);
    signIns.put(id, signIn);
    return id;
  }

  @Override
  public UserId finishSignIn(String id, String code) throws InterruptedException {
    SignIn signIn = Objects.requireNonNull(signIns.get(id));
    if (!(signIn.signIn(code) instanceof SignInResult.SignedIn(var me))) {
      throw new AssertionError("not signed in");
    }
    SavedSession session =
        Objects.requireNonNull(Objects.requireNonNull(signingIn.get(id)).session());
    return world.store.signedIn(me, Objects.requireNonNull(me.phone()), session).user();
  }

  @Override
  public void close() {
    made.forEach(TelegramClient::close);
  }
}

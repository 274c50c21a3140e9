package dev.jobradar.benchmarks;

import dev.jobradar.clients.ClientHook;
import dev.jobradar.clients.Connector;
import dev.jobradar.clients.SessionEnd;
import dev.jobradar.clients.SessionStore;
import dev.jobradar.clients.StoredSession;
import dev.jobradar.clients.UserClients;
import dev.jobradar.clients.UserClientsListener;
import dev.jobradar.clients.UserClientsOptions;
import dev.jobradar.clients.UserId;
import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.session.DataCentres;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.session.SessionString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Users 0 and up with sign-ins that a sandbox made, kept in memory. */
final class MemorySessions implements SessionStore {
  private final Map<UserId, StoredSession> sessions = new ConcurrentHashMap<>();
  private final List<UserId> users = new ArrayList<>();

  MemorySessions(List<String> texts) {
    for (String text : texts) {
      UserId user = new UserId(users.size());
      users.add(user);
      sessions.put(user, new StoredSession.Valid(SessionString.parse(text).session()));
    }
  }

  List<UserId> users() {
    return users;
  }

  UserClients clients(DataCentres dataCentres, int dialsAtOnce) {
    TelegramOptions options =
        TelegramOptions.builder(1, "benchmark").dataCentres(dataCentres).build();
    return new UserClients(
        this,
        Connector.of(options),
        UserClientsOptions.builder()
            .maxConcurrentDials(dialsAtOnce)
            .closeTimeout(Duration.ofMinutes(2))
            .build(),
        ClientHook.NONE,
        UserClientsListener.NONE);
  }

  @Override
  public StoredSession find(UserId user) {
    return sessions.getOrDefault(user, new StoredSession.None());
  }

  @Override
  public void ended(UserId user, SavedSession session, SessionEnd end) {
    sessions.put(user, new StoredSession.Ended(end));
  }

  @Override
  public void moved(UserId user, SavedSession before, SavedSession now) {
    sessions.put(user, new StoredSession.Valid(now));
  }

  @Override
  public void loggedOut(UserId user, SavedSession session) {
    sessions.remove(user);
  }

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
    throw new UnsupportedOperationException("nobody signs in here");
  }
}

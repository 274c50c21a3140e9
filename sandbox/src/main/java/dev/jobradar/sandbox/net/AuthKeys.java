package dev.jobradar.sandbox.net;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.keyexchange.ServerKeyExchangeResult;
import dev.jobradar.mtproto.session.SaltSchedule;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.StoredKey;
import dev.jobradar.sandbox.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The authorisation keys of all data centres: kept by the world, brought to life as they are used.
 */
final class AuthKeys {
  private final World world;
  private final ServerClock clock;
  private final Map<KeyId, LiveKey> live = new ConcurrentHashMap<>();

  AuthKeys(World world, ServerClock clock) {
    this.world = world;
    this.clock = clock;
  }

  /** The key with this id, if this data centre knows it. */
  @Nullable LiveKey find(DcId dc, KeyId id) {
    LiveKey known = live.get(id);
    if (known == null) {
      return world
          .key(id, dc.value())
          .map(stored -> live.computeIfAbsent(id, _ -> revived(dc, stored)))
          .orElse(null);
    }
    if (!known.dc.equals(dc)) {
      return null;
    }
    // The world itself takes temporary keys away, when they end or auth.dropTempAuthKeys says so.
    if (known.isTemporary() && world.key(id, dc.value()).isEmpty()) {
      forget(id).forEach(SessionLink::end);
      return null;
    }
    return known;
  }

  private static LiveKey revived(DcId dc, StoredKey stored) {
    AuthKey key = new AuthKey(stored.secret());
    return new LiveKey(dc, key, new SaltSchedule(key), stored.temporary(), stored.boundTo());
  }

  /** Takes a key that was made just now. */
  void add(DcId dc, ServerKeyExchangeResult made) {
    AuthKey key = made.key();
    KeyId id = new KeyId(key.id());
    long now = clock.now();
    Duration lifetime = made.lifetime();
    int expiresAt =
        lifetime == null ? 0 : (int) Math.min(Integer.MAX_VALUE, now / 1000 + lifetime.toSeconds());
    SaltSchedule salts = SaltSchedule.ofNewKey(key, made.firstSalt(), now);
    world.addKey(id, dc.value(), key.toByteArray(), expiresAt);
    live.put(id, new LiveKey(dc, key, salts, lifetime != null, null));
  }

  void bind(LiveKey temporary, KeyId permanent) {
    world.bindKey(temporary.id, permanent);
    temporary.bind(permanent);
  }

  /** Takes a key away; returns the sessions that it had. */
  List<SessionLink> destroy(KeyId id) {
    world.destroyKey(id);
    return forget(id);
  }

  private List<SessionLink> forget(KeyId id) {
    LiveKey key = live.remove(id);
    return key == null ? List.of() : key.retire();
  }

  /** All sessions that there are. */
  List<SessionLink> sessions() {
    return live.values().stream().flatMap(key -> key.sessions().stream()).toList();
  }

  /** Forgets all sessions; returns them. */
  List<SessionLink> forgetSessions() {
    return live.values().stream().flatMap(key -> key.forgetSessions().stream()).toList();
  }

  /** Forgets sessions unused since then, and keys that have none; returns those. */
  List<SessionLink> forgetIdleSince(long millis) {
    List<SessionLink> over = new ArrayList<>();
    live.values().removeIf(key -> key.retireIfIdleSince(millis, over));
    return over;
  }
}

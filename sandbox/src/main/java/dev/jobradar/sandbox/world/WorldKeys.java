package dev.jobradar.sandbox.world;

import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Authorisation keys of the data centres. Guarded by the world's lock. */
final class WorldKeys {

  private final WorldCore core;

  WorldKeys(WorldCore core) {
    this.core = core;
  }

  Optional<StoredKey> find(KeyId id, int dc) {
    return Optional.ofNullable(core.state.keys.get(id))
        .filter(key -> key.dc() == dc && !key.expired(core.now()));
  }

  void add(KeyId id, int dc, byte[] secret, int expiresAt) {
    dropExpired();
    String text = Base64.getEncoder().encodeToString(secret);
    core.commit(new Change.KeyMade(id, dc, text, expiresAt));
  }

  void bind(KeyId temporary, KeyId permanent) {
    core.commit(new Change.KeyBound(temporary, permanent));
  }

  boolean destroy(KeyId id) {
    if (!core.state.keys.containsKey(id)) {
      return false;
    }
    core.commit(new Change.KeyDestroyed(id));
    return true;
  }

  List<KeyId> dropTemporary(KeyId permanent, Collection<KeyId> kept) {
    List<KeyId> dropped =
        core.state.keys.values().stream()
            .filter(key -> permanent.equals(key.boundTo()) && !kept.contains(key.id()))
            .map(StoredKey::id)
            .toList();
    dropped.forEach(key -> core.commit(new Change.KeyDestroyed(key)));
    return dropped;
  }

  /** Looks through the keys only when one of them is due. */
  private void dropExpired() {
    int now = core.now();
    if (now < core.state.nextExpiry) {
      return;
    }
    List<StoredKey> expired =
        core.state.keys.values().stream().filter(key -> key.expired(now)).toList();
    expired.forEach(key -> core.commit(new Change.KeyDestroyed(key.id())));
    core.state.noteNextExpiry();
  }
}

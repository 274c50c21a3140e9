package dev.jobradar.sandbox.world;

import java.util.List;
import java.util.Optional;

/** Sign-ins: which key acts for which account, and how that ends. Guarded by the world's lock. */
final class WorldSignIns {

  private final WorldCore core;

  WorldSignIns(WorldCore core) {
    this.core = core;
  }

  Optional<Authorization> find(KeyId key) {
    return Optional.ofNullable(core.state.authorizations.get(key));
  }

  List<Authorization> of(UserId id) {
    return core.state.account(id).keys.stream()
        .map(core.state.authorizations::get)
        .toList()
        .reversed();
  }

  Optional<RpcErrorException> revocation(KeyId key) {
    return Optional.ofNullable(core.state.revoked.get(key))
        .map(change -> new RpcErrorException(change.code(), change.error()));
  }

  Authorization signIn(KeyId key, UserId id, int dc, Device device) {
    AccountState account = core.state.account(id);
    signOut(key);
    long hash = core.random.nextLong() | 1;
    Authorization authorization =
        new Authorization(key, id, dc, hash, core.now(), core.now(), device);
    core.commit(new Change.SignedIn(authorization));
    core.notifySubscribers(List.of(account), new Update.SignedIn(authorization, account.seq), null);
    return authorization;
  }

  void signOut(KeyId key) {
    if (core.state.authorizations.containsKey(key)) {
      core.commit(new Change.SignedOut(key));
    }
  }

  void revoke(KeyId key, int code, String error) {
    core.commit(new Change.Revoked(key, code, error));
  }

  List<KeyId> signOutOthers(KeyId kept) {
    Authorization own = core.state.authorizations.get(kept);
    if (own == null) {
      return List.of();
    }
    List<KeyId> others =
        core.state.account(own.user()).keys.stream().filter(key -> !key.equals(kept)).toList();
    others.forEach(key -> core.commit(new Change.SignedOut(key)));
    return others;
  }

  boolean deviceSeen(KeyId key, Device device) {
    Authorization known = core.state.authorizations.get(key);
    if (known != null && !known.device().equals(device)) {
      core.commit(new Change.DeviceSeen(key, device));
    }
    core.state.authorizations.computeIfPresent(key, (k, present) -> present.activeAt(core.now()));
    return known != null;
  }

  String issueToken(UserId id) {
    core.state.account(id);
    String token = core.randomHex();
    core.commit(new Change.TokenIssued(id, token));
    return token;
  }

  boolean useToken(UserId id, String token) {
    if (!id.equals(core.state.tokens.get(token))) {
      return false;
    }
    core.commit(new Change.TokenUsed(token));
    return true;
  }
}

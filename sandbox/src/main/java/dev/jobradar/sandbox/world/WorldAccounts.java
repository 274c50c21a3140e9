package dev.jobradar.sandbox.world;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Accounts: who they are and where they live. Guarded by the world's lock. */
final class WorldAccounts {

  private final WorldCore core;
  private final WorldNames names;

  WorldAccounts(WorldCore core, WorldNames names) {
    this.core = core;
    this.names = names;
  }

  int count() {
    return core.state.accounts.size() - (core.state.accounts.containsKey(User.SERVICE) ? 1 : 0);
  }

  Optional<User> find(UserId id) {
    return Optional.ofNullable(core.state.accounts.get(id)).map(AccountState::user);
  }

  Optional<User> find(String phone) {
    return Optional.ofNullable(core.state.phones.get(phone)).map(AccountState::user);
  }

  User findOrMake(String phone, World.Newcomer newcomer) {
    AccountState known = core.state.phones.get(phone);
    if (known != null) {
      return known.user();
    }
    User user = newcomer.make(new UserId(core.state.nextUserId), phone, core.now());
    names.requireFree(user.username());
    core.commit(new Change.AccountMade(user));
    return user;
  }

  User rename(UserId id, String firstName, String lastName, @Nullable String username) {
    AccountState account = core.state.account(id);
    if (username != null && !username.equals(account.user().username())) {
      names.requireFree(username);
    }
    core.commit(new Change.Renamed(id, firstName, lastName, username));
    core.notifySubscribers(List.of(account), new Update.NameChanged(id, account.seq), null);
    return account.user();
  }

  void move(UserId id, int dc) {
    if (core.state.account(id).user().homeDc() != dc) {
      core.commit(new Change.Moved(id, dc));
    }
  }
}

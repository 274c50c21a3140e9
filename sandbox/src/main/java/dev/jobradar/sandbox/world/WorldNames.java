package dev.jobradar.sandbox.world;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Public names: who has which, and that no two have the same. Guarded by the world's lock. */
final class WorldNames {

  /** Public names begin with a letter. */
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private final WorldCore core;

  WorldNames(WorldCore core) {
    this.core = core;
  }

  @Nullable Peer owner(String username) {
    return core.state.usernames.get(WorldState.folded(username));
  }

  /** The channel that has a public name, or a number for those that have none. */
  Optional<ChannelId> channel(String name) {
    if (owner(name) instanceof ChannelId id) {
      return Optional.of(id);
    }
    return NUMBER.matcher(name).matches()
        ? Optional.of(new ChannelId(Long.parseLong(name))).filter(core.state.channels::containsKey)
        : Optional.empty();
  }

  /** Refuses a name that is taken; null, which is no name, is free. */
  void requireFree(@Nullable String username) {
    if (username != null && owner(username) != null) {
      throw occupied();
    }
  }

  void rename(ChannelId id, List<PublicName> names) {
    core.state.channel(id);
    for (PublicName name : names) {
      Peer owner = owner(name.name());
      if (owner != null && !owner.equals(id)) {
        throw occupied();
      }
    }
    commit(id, names);
  }

  void swap(ChannelId one, ChannelId other) {
    List<PublicName> names = core.state.channel(one).names();
    List<PublicName> others = core.state.channel(other).names();
    commit(one, others);
    commit(other, names);
  }

  private void commit(ChannelId id, List<PublicName> names) {
    core.commit(new Change.ChannelRenamed(id, names));
    for (AccountState member : core.state.channel(id).members) {
      core.notifySubscribers(List.of(member), new Update.MembershipChanged(id, member.seq), null);
    }
  }

  private static RpcErrorException occupied() {
    return RpcErrorException.badRequest("USERNAME_OCCUPIED");
  }
}

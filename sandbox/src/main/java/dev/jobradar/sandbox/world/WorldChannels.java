package dev.jobradar.sandbox.world;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Channels and who has joined them. Guarded by the world's lock. */
final class WorldChannels {

  private final WorldCore core;
  private final WorldNames names;

  WorldChannels(WorldCore core, WorldNames names) {
    this.core = core;
    this.names = names;
  }

  List<ChannelInfo> all() {
    return core.state.channels.values().stream().map(ChannelState::info).toList();
  }

  Optional<ChannelInfo> find(ChannelId id) {
    return Optional.ofNullable(core.state.channels.get(id)).map(ChannelState::info);
  }

  ChannelInfo make(
      @Nullable String username,
      String title,
      String about,
      int date,
      int audience,
      boolean joinedByNew,
      @Nullable UserId creator) {
    names.requireFree(username);
    ChannelId id = new ChannelId(core.state.nextChannelId);
    core.commit(
        new Change.ChannelMade(id, username, title, about, date, audience, joinedByNew, creator));
    if (creator != null) {
      core.commit(new Change.Joined(creator, id, date));
    }
    return core.state.channel(id).info();
  }

  /** What a channel is to be; null leaves a thing as it is. */
  void set(ChannelId id, ChannelSettings settings) {
    ChannelInfo now = core.state.channel(id).info();
    ChannelId partner = settings.linked();
    boolean group = settings.group() == null ? now.group() : settings.group();
    if (partner != null) {
      ChannelInfo other = core.state.channel(partner).info();
      if (other.group() == group) {
        throw new IllegalArgumentException("a channel is linked to a group, and a group to one");
      }
      commit(other, other.group(), other.noForwards(), id);
    }
    boolean noForwards = settings.noForwards() == null ? now.noForwards() : settings.noForwards();
    core.commit(
        new Change.ChannelSet(
            id,
            settings.title() == null ? now.title() : settings.title(),
            settings.about() == null ? now.about() : settings.about(),
            group,
            noForwards,
            partner == null ? now.linked() : partner));
    notifyChanged(id);
  }

  private void commit(ChannelInfo it, boolean group, boolean noForwards, ChannelId linked) {
    core.commit(new Change.ChannelSet(it.id(), it.title(), it.about(), group, noForwards, linked));
    notifyChanged(it.id());
  }

  private void notifyChanged(ChannelId id) {
    for (AccountState member : core.state.channel(id).members) {
      core.notifySubscribers(List.of(member), new Update.MembershipChanged(id, member.seq), null);
    }
  }

  boolean joined(UserId user, ChannelId id) {
    ChannelState channel = core.state.channels.get(id);
    return channel != null && core.state.account(user).in(channel) != null;
  }

  void join(UserId user, ChannelId id, @Nullable Subscriber origin) {
    AccountState account = core.state.account(user);
    if (account.in(core.state.channel(id)) != null) {
      return;
    }
    core.commit(new Change.Joined(user, id, core.now()));
    core.notifySubscribers(List.of(account), new Update.MembershipChanged(id, account.seq), origin);
  }

  void leave(UserId user, ChannelId id, @Nullable Subscriber origin) {
    AccountState account = core.state.account(user);
    if (account.in(core.state.channel(id)) == null) {
      throw RpcErrorException.badRequest("USER_NOT_PARTICIPANT");
    }
    core.commit(new Change.Left(user, id));
    core.notifySubscribers(List.of(account), new Update.MembershipChanged(id, account.seq), origin);
  }
}

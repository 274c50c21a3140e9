package dev.jobradar.sandbox.world;

import java.util.List;

/**
 * Positions, differences and subscriptions: how a client learns what it missed and what comes next.
 * Guarded by the world's lock.
 */
final class WorldUpdates {

  private final WorldCore core;
  private final WorldOptions options;

  WorldUpdates(WorldCore core, WorldOptions options) {
    this.core = core;
    this.options = options;
  }

  BoxState state(UserId user) {
    return core.state.account(user).state(core.now());
  }

  Difference difference(UserId user, int pts, int date, int ptsLimit, int totalLimit) {
    int own = options.commonSlice();
    int slice = ptsLimit > 0 ? Math.min(ptsLimit, own) : own;
    return core.state.account(user).difference(pts, date, slice, totalLimit, core.now());
  }

  ChannelDifference channelDifference(UserId viewer, ChannelId id, int pts, int limit, int slice) {
    ChannelState channel = core.state.channel(id);
    Dialog dialog = core.state.account(viewer).dialog(channel);
    return channel.difference(dialog, pts, limit, slice, options.channelGap());
  }

  ChannelDifference channelTooLong(UserId viewer, ChannelId id, int limit) {
    ChannelState channel = core.state.channel(id);
    return channel.tooLong(core.state.account(viewer).dialog(channel), limit);
  }

  void setPts(ChannelId id, int pts) {
    requirePosition(pts);
    core.state.channel(id);
    core.commit(new Change.ChannelPtsSet(id, pts));
  }

  void setPts(UserId id, int pts) {
    requirePosition(pts);
    core.state.account(id);
    core.commit(new Change.PtsSet(id, pts));
  }

  private static void requirePosition(int pts) {
    if (pts < 1) {
      throw new IllegalArgumentException("a position is 1 or more, got " + pts);
    }
  }

  void subscribe(UserId user, Subscriber session) {
    List<Subscriber> all = core.state.account(user).subscribers;
    if (!all.contains(session)) {
      all.add(session);
    }
  }

  void unsubscribe(UserId user, Subscriber session) {
    core.state.account(user).subscribers.remove(session);
  }
}

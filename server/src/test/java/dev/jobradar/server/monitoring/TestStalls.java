package dev.jobradar.server.monitoring;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.WatchStall;

/** Lets channels stall, for tests of others. */
public final class TestStalls {
  private TestStalls() {}

  public static void begin(StalledWatches stalls, UserId user, long channelId, WatchStall stall) {
    stalls.began(user, channelId, stall);
  }
}

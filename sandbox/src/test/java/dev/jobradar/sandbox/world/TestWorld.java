package dev.jobradar.sandbox.world;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A small world whose time the test moves and whose changes it sees. */
final class TestWorld {

  static final int START = 1_750_000_000;

  final List<Change> changes = new ArrayList<>();
  final World world;
  int now = START;

  TestWorld() {
    this(WorldOptions.DEFAULT);
  }

  TestWorld(WorldOptions options) {
    world = new World(clock(), options);
    world.start(changes::add);
  }

  private InstantSource clock() {
    return () -> Instant.ofEpochSecond(now);
  }

  UserId user(String phone) {
    return world
        .userByPhone(
            phone, (id, number, date) -> new User(id, number, "Ann", "", null, 1, false, date))
        .id();
  }

  ChannelId channel(String username) {
    return world.makeChannel(username, "Jobs", "About", now, 1000, false, null).id();
  }

  Post post(ChannelId channel, String text) {
    return world.post(channel, text, List.of());
  }

  /** The same world, made again from its changes. */
  World replayed(WorldOptions options) {
    World copy = new World(clock(), options);
    changes.forEach(copy::replay);
    copy.start(Journal.NONE);
    return copy;
  }

  /** Collects what a session hears. */
  static final class Session implements Subscriber {
    final List<Update> heard = new ArrayList<>();

    @Override
    public void deliver(Update update) {
      heard.add(update);
    }
  }
}

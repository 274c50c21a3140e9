package dev.jobradar.telegram.updates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.RpcException;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The engine against a model of Telegram and a line that loses, doubles, delays and fails, with
 * restarts from what was stored. {@code -Djobradar.updates.seeds=1000} runs more of it, {@code
 * -Djobradar.updates.from=N} begins with another seed.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class UpdateEngineModelTest {
  private static final int EPOCHS = 12;
  private static final int STEPS = 120;
  private static final int SEEDS = Integer.getInteger("jobradar.updates.seeds", 24);
  private static final int FROM = Integer.getInteger("jobradar.updates.from", 1);

  @Test
  void every_post_is_delivered_exactly_once_and_in_order_whatever_happens() {
    int restarts = 0;
    int tooLongs = 0;
    int pages = 0;
    for (int seed = FROM; seed < FROM + SEEDS; seed++) {
      SimClient client = life(seed, false);
      restarts += client.restarts;
      tooLongs += client.server.tooLongs;
      pages += client.server.pages;
    }
    // The lives were rough enough to mean something.
    assertThat(restarts).isGreaterThan(SEEDS * 5);
    assertThat(tooLongs).isGreaterThan(SEEDS * 5);
    assertThat(pages).isGreaterThan(tooLongs);
  }

  /**
   * Posts that cannot be read, a difference that is refused or fails for long, pushes that stay
   * away, short pages, pts that fall (of a channel and of the account): what Telegram would give is
   * delivered, and the rest told.
   */
  @Test
  void what_cannot_be_delivered_is_told_and_everything_else_is_delivered_once() {
    int passedOver = 0;
    int stalls = 0;
    int shortened = 0;
    for (int seed = FROM; seed < FROM + SEEDS; seed++) {
      SimClient client = life(seed, true);
      passedOver += client.passedOver.values().stream().mapToInt(Set::size).sum();
      stalls += client.stalls;
      shortened += client.server.shortened;
    }
    assertThat(passedOver).isGreaterThan(SEEDS * 20);
    assertThat(stalls).isGreaterThan(SEEDS);
    assertThat(shortened).isGreaterThan(SEEDS);
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 8})
  void a_life_is_the_same_for_the_same_seed(long seed) {
    assertThat(life(seed, true).posts).isEqualTo(life(seed, true).posts);
  }

  private static SimClient life(long seed, boolean strange) {
    Random random = new Random(seed);
    SimClient client = new SimClient(random, honest(seed));
    SimServer server = client.server;
    server.strange = strange;
    if (strange) {
      server.numberLettersFromHigh();
    }
    for (long id = 101; id <= 106; id++) {
      SimServer.Chan channel = new SimServer.Chan(id, id <= 103);
      server.channels.put(id, channel);
      if (strange) {
        server.numberFromHigh(channel);
      }
      for (int i = random.nextInt(150); i > 0; i--) {
        server.post(channel);
      }
    }
    client.watchWhole(101);
    client.watchWhole(104);
    client.connect();
    List<SimServer.Chan> channels = List.copyOf(server.channels.values());
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      client.rough = true;
      for (int step = 0; step < STEPS; step++) {
        client.run(random.nextInt(200));
        SimServer.Chan channel = channels.get(random.nextInt(channels.size()));
        act(random.nextInt(1_000), random, client, channel);
        if (strange) {
          strangeAct(random.nextInt(1_000), random, server, channel);
        }
      }
      settle(client, honest(seed), strange, random.nextBoolean());
      check("seed " + seed + ", epoch " + epoch, client);
    }
    return client;
  }

  private static void act(int die, Random random, SimClient client, SimServer.Chan channel) {
    SimServer server = client.server;
    if (die < 400) {
      server.post(channel);
    } else if (die < 500) {
      server.edit(channel);
    } else if (die < 560) {
      server.delete(channel);
    } else if (die < 660) {
      server.letter();
    } else if (die < 700) {
      server.secret();
    } else if (die < 760) {
      server.mark();
    } else if (die < 780) {
      for (int i = random.nextInt(250); i > 0; i--) {
        server.post(channel);
      }
    } else if (die < 790) {
      for (int i = random.nextInt(80); i > 0; i--) {
        server.letter();
      }
    } else if (die < 800) {
      server.toggleMembership(channel);
    } else if (die < 805) {
      server.toggleAccess(channel);
    } else if (die < 815) {
      client.unwatch(channel.id);
    } else if (die < 825) {
      client.watch(channel.id);
    } else if (die < 840) {
      client.disconnect();
    } else if (die < 850) {
      client.gap();
    } else if (die < 855) {
      client.restart();
    } else if (die < 858) {
      client.run(20 * 60_000L);
    }
  }

  private static void strangeAct(int die, Random random, SimServer server, SimServer.Chan channel) {
    if (die < 15) {
      channel.differenceFails =
          random.nextBoolean()
              ? RpcException.of(400, "FROZEN_PARTICIPANT_MISSING", "updates.getChannelDifference")
              : RpcException.of(
                  500, "PERSISTENT_TIMESTAMP_OUTDATED", "updates.getChannelDifference");
    } else if (die < 45) {
      channel.differenceFails = null;
    } else if (die < 60) {
      channel.muted = !channel.muted;
    } else if (die < 70) {
      server.fall(channel);
    } else if (die < 90) {
      channel.shortPages = random.nextInt(4);
    } else if (die < 94) {
      server.fallLetters();
    }
  }

  private static boolean honest(long seed) {
    return seed % 2 == 0;
  }

  /** The line becomes a good one, and where losses show only by what follows, something follows. */
  private static void settle(SimClient client, boolean honest, boolean strange, boolean restart) {
    SimServer server = client.server;
    client.rough = false;
    // Answers from before a channel was joined or left must not come after the last word on it.
    client.run(5_000);
    server.channels.values().stream().filter(c -> c.barred).forEach(server::toggleAccess);
    for (SimServer.Chan channel : server.channels.values()) {
      channel.differenceFails = null;
      channel.muted = false;
    }
    if (restart) {
      client.restart();
    } else {
      client.disconnect();
    }
    client.run(200_000);
    if (!honest) {
      server.channels.values().forEach(server::post);
      server.letter();
      server.secret();
      client.run(200_000);
    } else if (strange) {
      // An empty difference does not tell that the numbers have fallen; the next letter does.
      server.letter();
      client.run(200_000);
    }
    // Longer than a channel may be silent: what still stalls is asked once more.
    server.calm = true;
    client.run(25 * 60_000L);
    server.calm = false;
    assertThat(client.idle()).isTrue();
    assertThat(client.stalled).isEmpty();
    assertThat(client.faults).isEmpty();
  }

  private static void check(String when, SimClient client) {
    for (SimServer.Chan channel : client.server.channels.values()) {
      String what = when + ", channel " + channel.id;
      List<Integer> posts = client.posts.getOrDefault(channel.id, List.of());
      assertThat(posts).as(what).isSorted().doesNotHaveDuplicates();
      Set<Integer> delivered = new TreeSet<>(posts);
      Set<Integer> due =
          new TreeSet<>(channel.everPosted.tailMap(client.start.get(channel.id), false).keySet());
      Set<Integer> passedOver = client.passedOver.getOrDefault(channel.id, Set.of());
      assertThat(without(delivered, due)).as(what + ", delivered unasked").isEmpty();
      assertThat(passedOver).as(what + ", delivered too").noneMatch(delivered::contains);
      assertThat(without(passedOver, channel.unreadable)).as(what + ", passed over").isEmpty();
      Set<Integer> known = new HashSet<>(delivered);
      known.addAll(passedOver);
      known.addAll(channel.deleted);
      assertThat(without(due, known)).as(what + ", neither delivered nor told").isEmpty();
    }
    checkCommon(when, client);
  }

  /** Without AssertJ's containsAll, which compares each with each. */
  private static Set<Integer> without(Set<Integer> all, Set<Integer> known) {
    Set<Integer> left = new TreeSet<>(all);
    left.removeIf(known::contains);
    return left;
  }

  private static void checkCommon(String what, SimClient client) {
    assertThat(client.letters).as(what).isSorted().doesNotHaveDuplicates();
    assertThat(client.secrets).as(what).isSorted().doesNotHaveDuplicates();
    assertThat(client.marks).as(what).isSorted().doesNotHaveDuplicates();
    Set<Integer> known = new HashSet<>(client.letters);
    known.addAll(client.skippedLetters);
    Set<Integer> written =
        IntStream.rangeClosed(1, client.server.letterCount())
            .boxed()
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(without(written, known)).as(what + ", letters neither heard nor told").isEmpty();
  }
}

package dev.jobradar.sandbox.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.sandbox.world.ChannelInfo;
import dev.jobradar.sandbox.world.World;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadChannelsTest {
  private static final int NOW = 1_750_000_000;

  private final World world = World.inMemory(() -> Instant.ofEpochSecond(NOW));

  @Test
  void there_are_as_many_as_asked_for_and_the_first_is_the_most_popular() {
    LoadChannels.make(world, 12_000);

    List<ChannelInfo> channels = world.channels();
    assertThat(channels).hasSize(12_000);
    assertThat(channels.getFirst().username()).isEqualTo("load_0001");
    assertThat(channels.get(99).username()).isEqualTo("load_0100");
    assertThat(channels.getLast().username()).isEqualTo("load_12000");
    assertThat(channels.get(0).members()).isEqualTo(10 * channels.get(9).members());
    assertThat(channels.getLast().members()).isPositive();
  }

  @Test
  void each_has_a_history_that_ends_before_now() {
    LoadChannels.make(world, 1);

    ChannelInfo channel = world.channels().getFirst();
    assertThat(channel.topPost()).isEqualTo(LoadChannels.HISTORY);
    assertThat(world.posts(channel.id(), List.of(LoadChannels.HISTORY)).getFirst().date())
        .isBetween(channel.createdAt() + 1, NOW - 1);
  }

  @Test
  void none_and_the_most_are_numbers_too_and_others_are_refused() {
    LoadChannels.make(world, 0);
    assertThat(world.channels()).isEmpty();
    assertThat(LoadChannels.requireCount(LoadChannels.MAX)).isEqualTo(100_000);
    assertThatThrownBy(() -> LoadChannels.requireCount(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LoadChannels.make(world, LoadChannels.MAX + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package dev.jobradar.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.RpcException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NameCacheTest {
  private static final long NOW = 1_000;
  private static final ChannelPeer PEER = new ChannelPeer(7, 70);

  private final NameCache names = new NameCache();

  private static long after(Duration time) {
    return NOW + time.toNanos();
  }

  @Test
  void a_name_without_a_channel_is_asked_for_again_after_a_minute() {
    NameCache.Missing missing = names.missing("nobody", false, NOW);
    assertThat(names.get("nobody", after(Duration.ofSeconds(59)))).isEqualTo(missing);
    assertThat(names.get("nobody", after(Duration.ofMinutes(1)))).isNull();
  }

  private static boolean isPeer(NameCache.@Nullable Entry entry) {
    return entry instanceof NameCache.Found found && found.peer().equals(PEER);
  }

  @Test
  void a_channel_is_remembered_for_a_day_or_until_it_is_no_longer_good() {
    names.found("javajobs", PEER, NOW);
    assertThat(names.get("javajobs", after(Duration.ofHours(23)))).matches(NameCacheTest::isPeer);
    assertThat(names.get("javajobs", after(Duration.ofDays(1)))).isNull();
    names.forget("javajobs", new ChannelPeer(7, 71));
    assertThat(names.get("javajobs", NOW)).as("another peer was meant").isNotNull();
    names.forget("javajobs", PEER);
    assertThat(names.get("javajobs", NOW)).isNull();
  }

  @Test
  void a_name_that_its_channel_gave_up_is_forgotten() {
    names.found("javajobs", PEER, NOW);
    names.found("java_jobs", PEER, NOW);
    names.changed(
        new Channel(PEER, List.of("Java_Jobs"), "Java", Channel.Kind.BROADCAST, true, 1, false));
    assertThat(names.get("javajobs", NOW)).isNull();
    assertThat(names.get("java_jobs", NOW)).matches(NameCacheTest::isPeer);
  }

  @Test
  void a_flood_wait_holds_back_unknown_names_until_it_is_over() {
    names.found("javajobs", PEER, NOW);
    RpcException wait = RpcException.of(420, "FLOOD_WAIT_30", "contacts.resolveUsername");
    names.flooded((RpcException.FloodWait) wait, NOW);
    assertThat(names.get("javajobs", NOW)).matches(NameCacheTest::isPeer);
    assertThat(names.get("gojobs", after(Duration.ofSeconds(29))))
        .isInstanceOf(NameCache.Flooded.class);
    assertThat(names.get("gojobs", after(Duration.ofSeconds(30)))).isNull();
  }
}

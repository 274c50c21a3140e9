package dev.jobradar.telegram.updates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.RpcException;
import dev.jobradar.telegram.updates.Effect.EndReason;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.InputChannel;
import dev.jobradar.tl.api.TypeChat;
import dev.jobradar.tl.api.User;
import dev.jobradar.tl.api.messages.Chats;
import dev.jobradar.tl.api.method.Channels.GetChannels;
import dev.jobradar.tl.api.method.Messages.GetHistory;
import dev.jobradar.tl.api.method.Updates.GetChannelDifference;
import dev.jobradar.tl.api.method.Updates.GetDifference;
import dev.jobradar.tl.api.method.Users.GetUsers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is asked before the engine begins. */
class UpdateBootstrapTest {
  private static final CommonPosition FROM = new CommonPosition(10, 0, Tl.DATE, 1);
  private static final ChannelPosition AT = new ChannelPosition(30, 4, 0);

  private UpdateBootstrap flow = new UpdateBootstrap(1, FROM);
  private final List<Effect> effects = new ArrayList<>();
  private final List<Effect.Call> calls = new ArrayList<>();
  private long now = 5_000;

  private void take() {
    for (Effect effect : flow.takeEffects()) {
      effects.add(effect);
      if (effect instanceof Effect.Call call) {
        calls.add(call);
      }
    }
  }

  private void watch(long channel, boolean inStep) {
    flow.watch(channel, channel * 7, AT, inStep, now);
    take();
  }

  private void connect() {
    flow.connected(now);
    take();
  }

  private Effect.Call call(Class<? extends TlMethod<?>> method) {
    List<Effect.Call> found =
        calls.stream().filter(each -> method.isInstance(each.method())).toList();
    assertThat(found).as("%s among %s", method.getSimpleName(), calls).hasSize(1);
    return found.getFirst();
  }

  private void answer(Class<? extends TlMethod<?>> method, Object answer) {
    Effect.Call call = call(method);
    calls.remove(call);
    flow.answered(call, answer, now);
    take();
  }

  private void refuse(Class<? extends TlMethod<?>> method, int code, String error) {
    Effect.Call call = call(method);
    calls.remove(call);
    flow.failed(call, RpcException.of(code, error, "any"), now);
    take();
  }

  private static Chats chats(TypeChat... chats) {
    return new Chats(List.of(chats));
  }

  private List<Class<?>> asked() {
    return calls.stream().<Class<?>>map(each -> each.method().getClass()).toList();
  }

  private <E extends Effect> Stream<E> all(Class<E> kind) {
    return effects.stream().filter(kind::isInstance).map(kind::cast);
  }

  @Test
  void nothing_is_asked_before_calls_travel() {
    watch(5, true);
    assertThat(calls).isEmpty();
    assertThat(flow.nextWakeUp()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void without_channels_the_difference_is_asked_for_at_once() {
    connect();
    assertThat(asked()).isEqualTo(List.of(GetDifference.class));
  }

  @Test
  void membership_is_known_before_the_difference_is_asked_for() {
    watch(5, true);
    watch(6, true);
    connect();
    assertThat(asked()).isEqualTo(List.of(GetChannels.class));
    answer(GetChannels.class, chats(Tl.channel(5, 35, true), Tl.channel(6, 42, false)));
    // The joined one is told of by the difference, the other is asked for itself.
    assertThat(asked()).containsExactlyInAnyOrder(GetDifference.class, GetChannelDifference.class);
    assertThat(flow.updateMode(5)).contains(UpdateMode.PUSHED);
    assertThat(flow.updateMode(6)).contains(UpdateMode.POLLED);
    assertThat(all(Effect.UpdateModeChanged.class))
        .containsExactlyInAnyOrder(
            new Effect.UpdateModeChanged(5, UpdateMode.PUSHED),
            new Effect.UpdateModeChanged(6, UpdateMode.POLLED));
  }

  @Test
  void a_channel_that_was_not_in_step_is_asked_for_itself_and_delays_nothing() {
    watch(5, false);
    connect();
    assertThat(asked()).containsExactlyInAnyOrder(GetDifference.class, GetChannels.class);
    answer(GetChannels.class, chats(Tl.channel(5, 35, true)));
    call(GetChannelDifference.class);
  }

  @Test
  void an_account_that_is_not_known_is_asked_who_it_is() {
    flow = new UpdateBootstrap(0, FROM);
    watch(5, true);
    connect();
    assertThat(asked()).isEqualTo(List.of(GetUsers.class));
    answer(GetUsers.class, List.of(User.builder().id(77).self(true).build()));
    assertThat(asked()).isEqualTo(List.of(GetChannels.class));
  }

  @Test
  void one_channel_that_cannot_be_seen_spoils_nothing_for_the_others() {
    watch(5, true);
    watch(6, true);
    connect();
    refuse(GetChannels.class, 400, "CHANNEL_INVALID");
    refuse(GetChannels.class, 400, "CHANNEL_INVALID");
    assertThat(all(Effect.WatchEnded.class))
        .containsExactly(new Effect.WatchEnded(5, AT, EndReason.NO_ACCESS, "CHANNEL_INVALID"));
    answer(GetChannels.class, chats(Tl.channel(6, 42, true)));
    assertThat(flow.watched()).containsExactly(6L);
    call(GetDifference.class);
  }

  @Test
  void one_channel_of_a_hundred_that_cannot_be_seen_costs_few_calls() {
    for (long channel = 1; channel <= 100; channel++) {
      watch(channel, true);
    }
    connect();
    int asked = 0;
    while (calls.stream().anyMatch(call -> call.method() instanceof GetChannels)) {
      asked++;
      List<Long> ids =
          ((GetChannels) call(GetChannels.class).method())
              .id().stream().map(each -> ((InputChannel) each).channelId()).toList();
      if (ids.contains(63L)) {
        refuse(GetChannels.class, 400, "CHANNEL_PRIVATE");
      } else {
        answer(
            GetChannels.class,
            chats(ids.stream().map(id -> Tl.channel(id, id * 7, true)).toArray(TypeChat[]::new)));
      }
    }
    assertThat(asked).isLessThan(20);
    assertThat(flow.watched()).hasSize(99).doesNotContain(63L);
    assertThat(all(Effect.WatchEnded.class).map(Effect.WatchEnded::channelId)).containsExactly(63L);
  }

  @Test
  void a_channel_that_the_answer_leaves_out_cannot_be_seen() {
    watch(5, true);
    watch(6, true);
    connect();
    answer(GetChannels.class, chats(Tl.channel(6, 42, true)));
    assertThat(all(Effect.WatchEnded.class).map(Effect.WatchEnded::channelId)).containsExactly(5L);
  }

  @Test
  void a_flood_wait_is_waited_for() {
    watch(5, true);
    connect();
    refuse(GetChannels.class, 420, "FLOOD_WAIT_7");
    assertThat(calls).isEmpty();
    assertThat(flow.nextWakeUp()).isEqualTo(now + 7_000);
    now += 6_999;
    flow.tick(now);
    take();
    assertThat(calls).isEmpty();
    now += 1;
    flow.tick(now);
    take();
    call(GetChannels.class);
  }

  @Test
  void nothing_is_asked_while_the_line_is_down() {
    watch(5, true);
    connect();
    flow.disconnected();
    refuse(GetChannels.class, 500, "INTERNAL");
    now += 100_000;
    flow.tick(now);
    take();
    assertThat(calls).isEmpty();
    assertThat(flow.nextWakeUp()).isEqualTo(Long.MAX_VALUE);
    connect();
    call(GetChannels.class);
  }

  @Test
  void a_channel_that_is_given_up_while_it_is_asked_about_stays_so() {
    watch(5, true);
    connect();
    flow.unwatch(5, now);
    take();
    call(GetDifference.class);
    answer(GetChannels.class, chats(Tl.channel(5, 35, true)));
    assertThat(flow.watched()).isEmpty();
    assertThat(all(Effect.WatchEnded.class)).isEmpty();
  }

  @Test
  void the_eleventh_that_is_not_joined_is_refused() {
    LongStream.rangeClosed(1, 11).forEach(channel -> watch(channel, false));
    connect();
    answer(
        GetChannels.class,
        chats(
            LongStream.rangeClosed(1, 11)
                .mapToObj(channel -> Tl.channel(channel, 1, false))
                .toArray(TypeChat[]::new)));
    assertThat(flow.watched()).hasSize(10);
    assertThat(all(Effect.WatchEnded.class))
        .containsExactly(new Effect.WatchEnded(11, AT, EndReason.TOO_MANY_POLLED, "not joined"));
  }

  @Test
  void many_channels_are_asked_about_a_hundred_at_a_time() {
    LongStream.rangeClosed(1, 101).forEach(channel -> watch(channel, true));
    connect();
    assertThat(((GetChannels) call(GetChannels.class).method()).id()).hasSize(100);
    answer(
        GetChannels.class,
        chats(
            LongStream.rangeClosed(1, 100)
                .mapToObj(channel -> Tl.channel(channel, 1, true))
                .toArray(TypeChat[]::new)));
    assertThat(((GetChannels) call(GetChannels.class).method()).id()).hasSize(1);
  }

  @Test
  void what_is_pushed_before_the_engine_begins_is_left_to_the_difference() {
    watch(5, true);
    connect();
    flow.received(Tl.pushed(Tl.newPost(5, 5, 31)), now);
    take();
    assertThat(all(Effect.Post.class)).isEmpty();
    answer(GetChannels.class, chats(Tl.channel(5, 35, true)));
    call(GetDifference.class);
  }

  @Test
  void a_channel_from_its_newest_post_on_asks_the_history() {
    flow.watch(5, 35, ChannelPosition.NEWEST, false, now);
    connect();
    answer(GetChannels.class, chats(Tl.channel(5, 35, true)));
    call(GetHistory.class);
  }
}

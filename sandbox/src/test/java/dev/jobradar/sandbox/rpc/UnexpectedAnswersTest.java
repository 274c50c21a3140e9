package dev.jobradar.sandbox.rpc;

import static dev.jobradar.sandbox.rpc.TestServer.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.StandingFault;
import dev.jobradar.sandbox.rpc.TestServer.Client;
import dev.jobradar.sandbox.world.ChannelId;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.tl.TlException;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.api.ApiSchema;
import dev.jobradar.tl.api.ChannelMessagesFilterEmpty;
import dev.jobradar.tl.api.InputMessageID;
import dev.jobradar.tl.api.InputPeerSelf;
import dev.jobradar.tl.api.TypeUpdates;
import dev.jobradar.tl.api.auth.SentCode;
import dev.jobradar.tl.api.auth.SentCodeTypeSms;
import dev.jobradar.tl.api.messages.ChannelMessages;
import dev.jobradar.tl.api.method.Auth;
import dev.jobradar.tl.api.method.Channels;
import dev.jobradar.tl.api.method.Help;
import dev.jobradar.tl.api.method.Messages;
import dev.jobradar.tl.api.method.Updates.GetChannelDifference;
import dev.jobradar.tl.api.method.Updates.GetDifference;
import dev.jobradar.tl.api.method.Updates.GetState;
import dev.jobradar.tl.api.updates.ChannelDifference;
import dev.jobradar.tl.api.updates.ChannelDifferenceEmpty;
import dev.jobradar.tl.api.updates.Difference;
import dev.jobradar.tl.api.updates.DifferenceSlice;
import dev.jobradar.tl.api.updates.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that a client may not expect: unreadable, short, contradictory, refused. */
class UnexpectedAnswersTest {

  private final TestServer test = new TestServer();
  private final ChannelId jobs = test.channel("javajobs", 20);
  private final Client ann = test.signedIn("9996621231");

  private Messages.GetHistory history(int offsetId, int addOffset, int limit) {
    return new Messages.GetHistory(ann.peer(jobs), offsetId, 0, addOffset, limit, 0, 0, 0);
  }

  private GetChannelDifference since(int pts) {
    return GetChannelDifference.builder()
        .channel(ann.input(jobs))
        .filter(new ChannelMessagesFilterEmpty())
        .pts(pts)
        .limit(100)
        .build();
  }

  private Channels.GetMessages byId(int id) {
    return new Channels.GetMessages(ann.input(jobs), List.of(new InputMessageID(id)));
  }

  private int pts() {
    return test.world.channel(jobs).orElseThrow().pts();
  }

  private List<Integer> page(Messages.GetHistory call) {
    return ids(((ChannelMessages) ann.call(call)).messages());
  }

  private void assertUnreadable(TlMethod<?> call) {
    assertThatThrownBy(() -> ann.call(call))
        .isInstanceOfSatisfying(
            TlException.class,
            e -> assertThat(e.reason()).isEqualTo(TlException.Reason.UNKNOWN_CONSTRUCTOR));
  }

  private void assertLastPushUnreadable() {
    assertThat(ann.pushed).isEmpty();
    TlReader last = new TlReader(ann.pushedBytes.getLast());
    assertThatThrownBy(() -> TypeUpdates.readFrom(last)).isInstanceOf(TlException.class);
  }

  @Test
  void an_unknown_post_is_unreadable_wherever_it_occurs() {
    ann.call(new Channels.JoinChannel(ann.input(jobs)));
    ann.pushed.clear();
    int before = pts();
    StandingFault fault =
        test.faults.set(new Fault.UnknownMessage(21), Aim.channel(jobs).of(ann.me()));

    test.world.post(jobs, "unreadable", List.of());
    assertLastPushUnreadable();
    assertUnreadable(since(before));
    assertUnreadable(history(0, 0, 5));
    assertUnreadable(byId(21));
    assertThat(page(history(21, 0, 3))).containsExactly(20, 19, 18);
    assertThat(fault.struck()).isEqualTo(4);

    fault.close();
    assertThat(page(history(0, 0, 1))).containsExactly(21);
  }

  @Test
  void an_unknown_post_can_be_limited_to_one_method() {
    test.faults.set(new Fault.UnknownMessage(20), Aim.channel(jobs).calling("messages.getHistory"));

    assertUnreadable(history(0, 0, 5));
    assertThat(((ChannelMessages) ann.call(byId(20))).messages()).hasSize(1);
  }

  @Test
  void an_unknown_private_message_makes_the_common_difference_unreadable() {
    State start = ann.call(new GetState());
    ann.sendToSelf("readable", 1);
    ann.sendToSelf("unreadable", 2);
    test.faults.set(new Fault.UnknownMessage(2), Aim.account(ann.me()));

    assertUnreadable(GetDifference.builder().pts(start.pts()).date(start.date()).build());
    assertUnreadable(new Messages.GetHistory(new InputPeerSelf(), 0, 0, 0, 10, 0, 0, 0));
    assertThat(ann.call(new Messages.GetMessages(List.of(new InputMessageID(1))))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {135, 160, 185, 221, ApiSchema.LAYER})
  void the_unknown_constructor_is_unknown_in_every_layer(int layer) {
    ann.speak(layer);
    byte[] known = Objects.requireNonNull(ann.send(byId(20).toByteArray()).result);
    test.faults.set(new Fault.UnknownMessage(20), Aim.channel(jobs));
    byte[] unknown = Objects.requireNonNull(ann.send(byId(20).toByteArray()).result);

    assertThat(unknown).hasSameSizeAs(known);
    List<Integer> changed = new ArrayList<>();
    for (int i = 0; i < known.length; i++) {
      if (known[i] != unknown[i]) {
        changed.add(i);
      }
    }
    assertThat(changed).isNotEmpty();
    assertThat(changed.getLast() - changed.getFirst()).isLessThan(Integer.BYTES);
  }

  @Test
  void whole_answers_and_pushes_can_be_unknown() {
    test.faults.set(new Fault.UnknownConstructor(), Aim.method("help.getConfig"), 1);
    assertUnreadable(new Help.GetConfig());
    assertThat(ann.call(new Help.GetConfig()).thisDc()).isEqualTo(2);

    ann.call(new Channels.JoinChannel(ann.input(jobs)));
    ann.pushed.clear();
    test.faults.set(new Fault.UnknownUpdates(), Aim.channel(jobs), 1);
    test.world.post(jobs, "unreadable", List.of());
    assertLastPushUnreadable();
    test.world.post(jobs, "readable", List.of());
    assertThat(ann.pushed).hasSize(1);
  }

  @Test
  void a_refused_introduction_is_not_kept() {
    Client fresh = test.new Client(new KeyId(99), 2);
    test.faults.set(Fault.error("FLOOD_WAIT_3"), Aim.method("initConnection"), 1);

    assertThat(fresh.speak(ApiSchema.LAYER).error).hasMessage("FLOOD_WAIT_3");
    assertThatThrownBy(() -> fresh.call(new Help.GetConfig())).hasMessage("CONNECTION_NOT_INITED");
    fresh.initialise();
    assertThat(fresh.call(new Help.GetConfig()).thisDc()).isEqualTo(2);
  }

  @Test
  void data_centres_send_an_account_to_each_other() {
    Client other = test.client(1);
    test.faults.set(
        new Fault.MigrateLoop(Fault.Moved.NETWORK, List.of(1, 2)), Aim.method("help.getConfig"));

    assertThatThrownBy(() -> ann.call(new Help.GetConfig())).hasMessage("NETWORK_MIGRATE_1");
    assertThatThrownBy(() -> other.call(new Help.GetConfig())).hasMessage("NETWORK_MIGRATE_2");
    assertThat(test.client(3).call(new Help.GetNearestDc()).thisDc()).isEqualTo(3);
  }

  @Test
  void short_pages_hold_what_is_nearest_and_lose_nothing() {
    test.faults.set(new Fault.ShortPages(3), Aim.channel(jobs));

    assertThat(page(history(0, 0, 10))).containsExactly(20, 19, 18);
    assertThat(page(history(18, 0, 10))).containsExactly(17, 16, 15);
    assertThat(page(history(10, -10, 10))).containsExactly(12, 11, 10);
    assertThat(page(history(3, 0, 10))).containsExactly(2, 1);
    assertThat(page(history(1, 0, 10))).isEmpty();

    int before = pts();
    for (int i = 0; i < 5; i++) {
      test.world.post(jobs, "news", List.of());
    }
    ChannelDifference part = (ChannelDifference) ann.call(since(before));
    assertThat(ids(part.newMessages())).containsExactly(21, 22, 23);
    assertThat(part.final_()).isFalse();
    ChannelDifference rest = (ChannelDifference) ann.call(since(part.pts()));
    assertThat(ids(rest.newMessages())).containsExactly(24, 25);
    assertThat(rest.final_()).isTrue();
  }

  @Test
  void short_pages_cut_the_common_difference_too() {
    State start = ann.call(new GetState());
    for (int i = 1; i <= 3; i++) {
      ann.sendToSelf("note", i);
    }
    test.faults.set(new Fault.ShortPages(2), Aim.method("updates.getDifference"), 1);

    GetDifference call = GetDifference.builder().pts(start.pts()).date(start.date()).build();
    assertThat(((DifferenceSlice) ann.call(call)).newMessages()).hasSize(2);
    assertThat(((Difference) ann.call(call)).newMessages()).hasSize(3);
  }

  @Test
  void a_channels_position_falls_and_its_ids_go_on() {
    ann.call(new Channels.JoinChannel(ann.input(jobs)));
    int before = pts();
    ann.pushed.clear();

    test.world.setPts(jobs, 5);

    assertThat(ann.pushed).isEmpty();
    assertThatThrownBy(() -> ann.call(since(before))).hasMessage("PERSISTENT_TIMESTAMP_INVALID");
    assertThat(ann.call(since(5))).isInstanceOf(ChannelDifferenceEmpty.class);
    test.world.post(jobs, "after", List.of());
    assertThat(pts()).isEqualTo(6);
    ChannelDifference difference = (ChannelDifference) ann.call(since(5));
    assertThat(ids(difference.newMessages())).containsExactly(21);
  }

  @Test
  void an_accounts_position_falls_and_its_messages_stay() {
    for (int i = 1; i <= 4; i++) {
      ann.sendToSelf("note", i);
    }
    State high = ann.call(new GetState());

    test.world.setPts(ann.me(), 2);

    assertThatThrownBy(
            () -> ann.call(GetDifference.builder().pts(high.pts()).date(high.date()).build()))
        .hasMessage("PERSISTENT_TIMESTAMP_INVALID");
    ann.sendToSelf("after", 5);
    State low = ann.call(new GetState());
    assertThat(low.pts()).isEqualTo(3);
    Difference difference =
        (Difference) ann.call(GetDifference.builder().pts(2).date(high.date()).build());
    assertThat(ids(difference.newMessages())).containsExactly(5);
    assertThat(test.world.messages(ann.me(), ann.me())).hasSize(5);
  }

  @Test
  void a_position_that_is_set_higher_is_caught_up_with() {
    ann.sendToSelf("note", 1);
    State low = ann.call(new GetState());
    test.world.setPts(ann.me(), 500);

    assertThat(ann.call(GetDifference.builder().pts(low.pts()).date(low.date() + 1).build()))
        .isInstanceOf(dev.jobradar.tl.api.updates.DifferenceEmpty.class);
    assertThat(ann.call(new GetState()).pts()).isEqualTo(500);
  }

  @Test
  void pushes_of_one_channel_alone_are_withheld() {
    ChannelId other = test.channel("golangjobs", 0);
    ann.call(new Channels.JoinChannel(ann.input(jobs)));
    ann.call(new Channels.JoinChannel(ann.input(other)));
    ann.pushed.clear();
    StandingFault fault = test.faults.set(new Fault.SwallowUpdates(), Aim.channel(jobs));

    test.world.post(jobs, "withheld", List.of());
    test.world.post(other, "pushed", List.of());
    ann.another().sendToSelf("pushed too", 1);

    assertThat(ann.pushed).hasSize(2);
    assertThat(fault.struck()).isEqualTo(1);
  }

  @Test
  void a_fault_of_calls_can_aim_at_one_channel() {
    ChannelId other = test.channel("golangjobs", 1);
    test.faults.set(
        Fault.error("CHANNEL_PRIVATE"), Aim.channel(jobs).calling("messages.getHistory"));

    assertThatThrownBy(() -> page(history(0, 0, 1))).hasMessage("CHANNEL_PRIVATE");
    ChannelMessages page =
        (ChannelMessages) ann.call(new Messages.GetHistory(ann.peer(other), 0, 0, 0, 1, 0, 0, 0));
    assertThat(page.messages()).hasSize(1);
  }

  @Test
  void the_same_kind_of_code_comes_again_and_again() {
    Client bob = test.client(2);
    @Nullable SentCode code = bob.sendCode("9996621299");
    test.faults.set(new Fault.RepeatCodeType(), Aim.ALL, 5);
    for (int i = 0; i < 5; i++) {
      code = (SentCode) bob.call(resend(code));
      assertThat(code.type()).isInstanceOf(SentCodeTypeSms.class);
      assertThat(code.nextType()).isNotNull();
    }
    code = (SentCode) bob.call(resend(code));
    assertThat(code.type()).isNotInstanceOf(SentCodeTypeSms.class);
  }

  private static Auth.ResendCode resend(SentCode code) {
    return Auth.ResendCode.builder()
        .phoneNumber("9996621299")
        .phoneCodeHash(code.phoneCodeHash())
        .build();
  }
}

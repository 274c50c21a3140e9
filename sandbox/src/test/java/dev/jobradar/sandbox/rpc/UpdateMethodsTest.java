package dev.jobradar.sandbox.rpc;

import static dev.jobradar.sandbox.rpc.TestServer.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.sandbox.rpc.TestServer.Client;
import dev.jobradar.sandbox.world.ChannelId;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.tl.api.Channel;
import dev.jobradar.tl.api.ChannelMessagesFilterEmpty;
import dev.jobradar.tl.api.Dialog;
import dev.jobradar.tl.api.UpdateChannel;
import dev.jobradar.tl.api.UpdateChannelTooLong;
import dev.jobradar.tl.api.UpdateMessageID;
import dev.jobradar.tl.api.UpdateNewAuthorization;
import dev.jobradar.tl.api.UpdateNewChannelMessage;
import dev.jobradar.tl.api.Updates;
import dev.jobradar.tl.api.UpdatesTooLong;
import dev.jobradar.tl.api.messages.ChatInviteJoinResultOk;
import dev.jobradar.tl.api.method.Channels;
import dev.jobradar.tl.api.method.InvokeWithoutUpdates;
import dev.jobradar.tl.api.method.Updates.GetChannelDifference;
import dev.jobradar.tl.api.method.Updates.GetDifference;
import dev.jobradar.tl.api.method.Updates.GetState;
import dev.jobradar.tl.api.updates.ChannelDifference;
import dev.jobradar.tl.api.updates.ChannelDifferenceEmpty;
import dev.jobradar.tl.api.updates.ChannelDifferenceTooLong;
import dev.jobradar.tl.api.updates.Difference;
import dev.jobradar.tl.api.updates.DifferenceEmpty;
import dev.jobradar.tl.api.updates.DifferenceTooLong;
import dev.jobradar.tl.api.updates.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpdateMethodsTest {

  private final TestServer test = new TestServer();
  private final ChannelId jobs = test.channel("javajobs", 5);
  private final Client ann = test.signedIn("9996621231");

  private GetChannelDifference since(int pts, int limit) {
    return GetChannelDifference.builder()
        .channel(ann.input(jobs))
        .filter(new ChannelMessagesFilterEmpty())
        .pts(pts)
        .limit(limit)
        .build();
  }

  private int pts() {
    return test.world.channel(jobs).orElseThrow().pts();
  }

  @Test
  void a_post_is_pushed_to_those_who_joined() {
    ChatInviteJoinResultOk joined =
        (ChatInviteJoinResultOk) ann.call(new Channels.JoinChannel(ann.input(jobs)));
    assertThat(((Updates) joined.updates()).updates())
        .containsExactly(new UpdateChannel(jobs.value()));
    ann.pushed.clear();

    test.world.post(jobs, "news", List.of());

    Updates pushed = (Updates) ann.pushed.getFirst();
    UpdateNewChannelMessage update = (UpdateNewChannelMessage) pushed.updates().getFirst();
    assertThat(ids(List.of(update.message()))).containsExactly(6);
    assertThat(update.pts()).isEqualTo(pts());
    assertThat(pushed.chats()).hasSize(1);
    assertThat(pushed.seq()).isZero();

    ann.call(new Channels.LeaveChannel(ann.input(jobs)));
    test.world.post(jobs, "more", List.of());
    assertThat(ann.pushed).hasSize(1);
    assertThatThrownBy(() -> ann.call(new Channels.LeaveChannel(ann.input(jobs))))
        .hasMessage("USER_NOT_PARTICIPANT");
  }

  @Test
  void every_member_is_told_of_a_post_under_an_access_hash_of_their_own() {
    List<Client> members = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      Client member = test.signedIn("999662123" + i);
      member.call(new Channels.JoinChannel(member.input(jobs)));
      member.pushed.clear();
      members.add(member);
    }
    String text = "текст".repeat(300);
    test.world.post(jobs, text, List.of());
    test.world.edit(jobs, 6, text + "!", List.of());

    for (Client member : members) {
      assertThat(member.pushed).hasSize(2);
      for (var update : member.pushed) {
        Channel channel = (Channel) ((Updates) update).chats().getFirst();
        assertThat(channel.accessHash()).isEqualTo(test.world.accessHash(member.me(), jobs));
        assertThat(channel.left()).isFalse();
      }
      assertThat(((Updates) member.pushed.get(1)).updates().getFirst())
          .isEqualTo(((Updates) members.getFirst().pushed.get(1)).updates().getFirst());
    }
  }

  @Test
  void a_channel_that_one_has_not_joined_is_read_by_asking_again_and_again() {
    int before = pts();
    ChannelDifferenceEmpty nothing = (ChannelDifferenceEmpty) ann.call(since(before, 100));
    assertThat(nothing.timeout()).isEqualTo(1);
    test.world.post(jobs, "news", List.of());

    ChannelDifference difference = (ChannelDifference) ann.call(since(before, 100));

    assertThat(ann.pushed).isEmpty();
    assertThat(ids(difference.newMessages())).containsExactly(6);
    assertThat(difference.pts()).isEqualTo(pts());
    assertThat(difference.final_()).isTrue();
    assertThat(difference.timeout()).isEqualTo(1);
  }

  @Test
  void a_long_gap_in_a_channel_brings_the_newest_posts_alone() {
    int before = pts();
    for (int i = 0; i < 30; i++) {
      test.world.post(jobs, "news " + i, List.of());
    }

    ChannelDifferenceTooLong difference = (ChannelDifferenceTooLong) ann.call(since(before, 10));

    assertThat(ids(difference.messages())).containsExactly(35, 34, 33, 32, 31, 30, 29, 28, 27, 26);
    assertThat(((Dialog) difference.dialog()).pts()).isEqualTo(pts());
  }

  @Test
  void a_difference_brings_messages_their_random_ids_and_what_channels_to_ask() {
    State start = ann.call(new GetState());
    ann.call(new Channels.JoinChannel(ann.input(jobs)));
    ann.sendToSelf("note", 42);
    test.world.post(jobs, "news", List.of());

    Difference difference =
        (Difference) ann.call(GetDifference.builder().pts(start.pts()).date(start.date()).build());

    assertThat(ids(difference.newMessages())).containsExactly(1);
    assertThat(difference.otherUpdates())
        .containsExactly(new UpdateMessageID(1, 42), new UpdateChannelTooLong(jobs.value(), pts()));
    assertThat(difference.chats()).hasSize(1);
    State now = difference.state();
    test.now += 10;
    assertThat(ann.call(GetDifference.builder().pts(now.pts()).date((int) test.now).build()))
        .isInstanceOf(DifferenceEmpty.class);
    ann.sendToSelf("another", 43);
    ann.sendToSelf("third", 44);
    assertThat(
            ann.call(
                GetDifference.builder()
                    .pts(now.pts())
                    .date((int) test.now)
                    .ptsTotalLimit(1)
                    .build()))
        .isEqualTo(new DifferenceTooLong(now.pts() + 2));
  }

  @Test
  void updates_without_a_position_are_numbered() {
    Client other = ann.another();
    other.call(new GetState());
    int seq = other.call(new GetState()).seq();

    ann.call(new Channels.JoinChannel(ann.input(jobs)));
    test.signedIn("9996621231");

    // The code of the new sign-in comes as a message, which has a position.
    assertThat(other.pushed)
        .extracting(update -> ((Updates) update).seq())
        .containsExactly(seq + 1, 0, seq + 2);
    assertThat(((Updates) other.pushed.getLast()).updates().getFirst())
        .isInstanceOf(UpdateNewAuthorization.class);
    assertThat(other.call(new GetState()).seq()).isEqualTo(seq + 2);
  }

  @Test
  void a_session_that_wants_no_updates_gets_none() {
    Client quiet = test.new Client(ann.key, 2);
    quiet.call(new InvokeWithoutUpdates<>(new GetState()));
    ann.sendToSelf("note", 1);

    assertThat(quiet.pushed).isEmpty();
    quiet.call(new GetState());
    ann.sendToSelf("note", 2);
    assertThat(quiet.pushed).hasSize(1);
  }

  @Test
  void a_session_that_is_over_or_signed_out_hears_nothing_more() {
    Client other = ann.another();
    other.call(new GetState());
    other.end();
    ann.sendToSelf("note", 1);
    assertThat(other.pushed).isEmpty();

    Client third = ann.another();
    third.call(new GetState());
    UserId me = ann.me();
    test.server.endSignIn(ann.key, 401, "SESSION_REVOKED");
    test.world.send(me, me, "hi", List.of(), 9, null);
    assertThat(third.pushed).isEmpty();
    assertThat(ann.pushed).isEmpty();
  }

  @Test
  void dropped_updates_are_told_of() {
    Client other = ann.another();
    other.dropped();

    assertThat(other.pushed).containsExactly(new UpdatesTooLong());
  }
}

package dev.jobradar.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChannelStateTest {

  private final TestWorld test = new TestWorld();
  private final World world = test.world;
  private final UserId ann = test.user("100");
  private final ChannelId jobs = test.channel("jobs");

  private int pts() {
    return world.channel(jobs).orElseThrow().pts();
  }

  @Test
  void every_change_of_a_channel_moves_its_position_by_what_it_took() {
    int start = pts();
    Post first = test.post(jobs, "one");
    test.post(jobs, "two");
    world.edit(jobs, first.id(), "one, edited", List.of());
    world.delete(jobs, List.of(1, 2, 77));

    assertThat(pts()).isEqualTo(start + 1 + 1 + 1 + 2);
  }

  @Test
  void a_difference_continues_exactly_where_the_client_stands() {
    int start = pts();
    for (int i = 0; i < 10; i++) {
      test.post(jobs, "post " + i);
    }

    for (int from = start; from < pts(); from++) {
      ChannelDifference.Part part =
          (ChannelDifference.Part) world.channelDifference(ann, jobs, from, 100);
      int position = from;
      for (Update.OfChannel update : part.updates()) {
        assertThat(update.pts()).isEqualTo(position + update.ptsCount());
        position = update.pts();
      }
      assertThat(position).isEqualTo(pts()).isEqualTo(part.pts());
      assertThat(part.complete()).isTrue();
    }
    assertThat(world.channelDifference(ann, jobs, pts(), 100))
        .isEqualTo(new ChannelDifference.Empty(pts()));
  }

  @Test
  void a_gap_above_the_limit_of_the_request_is_too_long() {
    int start = pts();
    IntStream.range(0, 11).forEach(i -> test.post(jobs, "post " + i));

    assertThat(world.channelDifference(ann, jobs, start + 1, 10))
        .isInstanceOf(ChannelDifference.Part.class);
    ChannelDifference.TooLong tooLong =
        (ChannelDifference.TooLong) world.channelDifference(ann, jobs, start, 10);
    assertThat(tooLong.pts()).isEqualTo(pts());
    assertThat(tooLong.newest())
        .extracting(Post::id)
        .containsExactly(11, 10, 9, 8, 7, 6, 5, 4, 3, 2);
    assertThat(tooLong.dialog().top()).isEqualTo(11);
  }

  @Test
  void a_difference_comes_in_slices_when_the_world_says_so() {
    TestWorld sliced = new TestWorld(WorldOptions.DEFAULT.withChannelGap(1000).withChannelSlice(4));
    UserId bob = sliced.user("200");
    ChannelId channel = sliced.channel("sliced");
    IntStream.range(0, 10).forEach(i -> sliced.post(channel, "post " + i));

    ChannelDifference.Part first =
        (ChannelDifference.Part) sliced.world.channelDifference(bob, channel, 1, 100);
    assertThat(first.updates()).hasSize(4);
    assertThat(first.complete()).isFalse();
    ChannelDifference.Part second =
        (ChannelDifference.Part) sliced.world.channelDifference(bob, channel, first.pts(), 100);
    ChannelDifference.Part last =
        (ChannelDifference.Part) sliced.world.channelDifference(bob, channel, second.pts(), 100);
    assertThat(last.updates()).hasSize(2);
    assertThat(last.complete()).isTrue();
  }

  @Test
  void what_the_log_has_forgotten_is_too_long() {
    TestWorld forgetful =
        new TestWorld(WorldOptions.DEFAULT.withChannelGap(1000).withChannelLog(5));
    UserId bob = forgetful.user("200");
    ChannelId channel = forgetful.channel("short");
    IntStream.range(0, 30).forEach(i -> forgetful.post(channel, "post " + i));

    assertThat(forgetful.world.channelDifference(bob, channel, 1, 100))
        .isInstanceOf(ChannelDifference.TooLong.class);
    assertThat(forgetful.world.channelDifference(bob, channel, 30, 100))
        .isInstanceOf(ChannelDifference.Part.class);
  }

  @Test
  void a_difference_shows_posts_as_they_are_now() {
    int start = pts();
    Post kept = test.post(jobs, "kept");
    Post gone = test.post(jobs, "gone");
    world.edit(jobs, kept.id(), "kept, edited", List.of());
    world.delete(jobs, List.of(gone.id()));

    ChannelDifference.Part part =
        (ChannelDifference.Part) world.channelDifference(ann, jobs, start, 100);

    assertThat(part.updates())
        .extracting(update -> update.getClass().getSimpleName())
        .containsExactly("NewPost", "DeletedPosts");
    assertThat(((Update.NewPost) part.updates().getFirst()).post().text())
        .isEqualTo("kept, edited");
    assertThat(part.pts()).isEqualTo(pts());
  }

  @Test
  void a_difference_tells_of_the_last_edit_alone() {
    Post kept = test.post(jobs, "kept");
    Post other = test.post(jobs, "other");
    int start = pts();
    world.edit(jobs, kept.id(), "kept, edited", List.of());
    world.edit(jobs, other.id(), "other, edited", List.of());
    world.edit(jobs, kept.id(), "kept, edited again", List.of());

    ChannelDifference.Part part =
        (ChannelDifference.Part) world.channelDifference(ann, jobs, start, 100);

    assertThat(part.updates())
        .extracting(update -> ((Update.EditedPost) update).post().text())
        .containsExactly("other, edited", "kept, edited again");
    assertThat(part.pts()).isEqualTo(start + 3);
  }

  @Test
  void a_position_from_nowhere_is_refused() {
    assertThatThrownBy(() -> world.channelDifference(ann, jobs, pts() + 1, 100))
        .isInstanceOf(RpcErrorException.class)
        .hasMessage("PERSISTENT_TIMESTAMP_INVALID");
    assertThatThrownBy(() -> world.channelDifference(ann, jobs, 0, 100))
        .hasMessage("PERSISTENT_TIMESTAMP_EMPTY");
  }

  @Test
  void only_members_hear_of_a_post() {
    TestWorld.Session annsSession = new TestWorld.Session();
    TestWorld.Session bobsSession = new TestWorld.Session();
    UserId bob = test.user("200");
    world.subscribe(ann, annsSession);
    world.subscribe(bob, bobsSession);
    world.join(ann, jobs, annsSession);

    Post post = test.post(jobs, "news");
    assertThat(annsSession.heard).containsExactly(new Update.NewPost(jobs, post, pts(), null));
    assertThat(bobsSession.heard).isEmpty();

    world.leave(ann, jobs, annsSession);
    test.post(jobs, "more");
    assertThat(annsSession.heard).hasSize(1);
  }

  @Test
  void ids_of_deleted_posts_are_not_used_again() {
    test.post(jobs, "one");
    Post last = test.post(jobs, "two");
    world.delete(jobs, List.of(last.id()));

    assertThat(test.post(jobs, "three").id()).isEqualTo(last.id() + 1);
    assertThat(world.history(jobs, HistoryQuery.newest(10)).items())
        .extracting(Post::id)
        .containsExactly(3, 1);
  }

  @Test
  void new_accounts_join_the_channels_that_are_for_them() {
    ChannelId everybody = world.makeChannel("everybody", "All", "", test.now, 10, true, null).id();
    UserId bob = test.user("200");

    assertThat(world.joined(bob, everybody)).isTrue();
    assertThat(world.joined(bob, jobs)).isFalse();
    assertThat(world.channel(everybody).orElseThrow().members()).isEqualTo(11);
  }

  @Test
  void only_its_maker_writes_in_a_channel_and_each_random_id_once() {
    ChannelId own = world.makeChannel(null, "Mine", "", test.now, 0, false, ann).id();
    UserId bob = test.user("200");

    assertThat(world.post(ann, own, "mine", List.of(), 42, null).post().id()).isEqualTo(1);
    assertThatThrownBy(() -> world.post(ann, own, "again", List.of(), 42, null))
        .hasMessage("RANDOM_ID_DUPLICATE");
    assertThatThrownBy(() -> world.post(bob, own, "not mine", List.of(), 1, null))
        .hasMessage("CHAT_WRITE_FORBIDDEN");
    assertThat(world.history(own, HistoryQuery.newest(10)).total()).isEqualTo(1);
  }

  @Test
  void dates_never_fall_as_ids_rise() {
    test.post(jobs, "now");
    Post late = world.post(jobs, "dated back", List.of(), TestWorld.START - 500);

    assertThat(late.date()).isEqualTo(TestWorld.START);
  }
}

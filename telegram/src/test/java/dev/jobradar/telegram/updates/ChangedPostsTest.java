package dev.jobradar.telegram.updates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.tl.api.Channel;
import dev.jobradar.tl.api.UpdateChannel;
import dev.jobradar.tl.api.UpdateChannelWebPage;
import dev.jobradar.tl.api.Username;
import dev.jobradar.tl.api.WebPageEmpty;
import dev.jobradar.tl.api.method.Updates.GetChannelDifference;
import dev.jobradar.tl.api.updates.ChannelDifference;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of posts after they came, and of the channel itself. */
class ChangedPostsTest {
  private final Rig rig = Rig.inStep();

  ChangedPostsTest() {
    rig.watchJoined(5, 30, 4);
    rig.effects.clear();
  }

  /** In order: {@code post 5}, {@code edited 4}, {@code deleted [3]}, {@code at c32.5}. */
  private List<String> told() {
    return rig.effects.stream()
        .flatMap(effect ->
            switch (effect) {
              case Effect.Post post ->
                  List.of("post " + post.message().id(), "at " + post.position().text()).stream();
              case Effect.PostEdited edited -> List.of("edited " + edited.message().id()).stream();
              case Effect.PostsDeleted deleted -> List.of("deleted " + deleted.ids()).stream();
              case Effect.PreviewReady ready -> List.of("preview").stream();
              case Effect.ChannelMoved moved -> List.of("at " + moved.position().text()).stream();
              case Effect.ChannelChanged(Channel channel) ->
                  List.of("named " + channel.username()).stream();
              default -> List.<String>of().stream();
            })
        .toList();
  }

  @Test
  void edits_deletions_and_previews_are_told_in_order_and_count_in_the_pts() {
    rig.receive(Tl.edit(5, 3, 31));
    rig.receive(new UpdateChannelWebPage(5, new WebPageEmpty(9, null), 32, 1));
    rig.receive(Tl.deleted(5, 34, 2, 3));
    rig.receive(Tl.newPost(5, 5, 35));
    assertThat(told())
        .containsExactly("edited 3", "preview", "deleted [2, 3]", "post 5", "at c35.5");
    assertThat(rig.waiting()).isEmpty();
  }

  @Test
  void an_edit_that_came_before_its_turn_waits_for_what_is_missing() {
    rig.receive(Tl.edit(5, 5, 32));
    assertThat(told()).isEmpty();
    rig.receive(Tl.newPost(5, 5, 31));
    assertThat(told()).containsExactly("post 5", "at c31.5", "edited 5");
  }

  @Test
  void a_repeated_edit_is_told_once() {
    rig.receive(Tl.edit(5, 3, 31));
    rig.receive(Tl.edit(5, 3, 31));
    assertThat(told()).containsExactly("edited 3");
  }

  @Test
  void a_difference_tells_of_edits_before_the_position_that_is_after_them() {
    rig.receive(Tl.newPost(5, 9, 39));
    rig.pass(1_000);
    rig.answer(
        GetChannelDifference.class,
        ChannelDifference.builder()
            .final_(true)
            .pts(38)
            .newMessages(List.of(Tl.post(5, 8)))
            .otherUpdates(List.of(Tl.edit(5, 8, 36), Tl.edit(5, 4, 37), Tl.deleted(5, 38, 2)))
            .chats(List.of())
            .users(List.of())
            .build());
    assertThat(told())
        .as("a post that is new comes as it is by now")
        .containsExactly("edited 4", "deleted [2]", "post 8", "at c38.8", "post 9", "at c39.9");
  }

  private static Channel named(String name) {
    return Channel.builder()
        .broadcast(true)
        .id(5)
        .accessHash(35L)
        .title("channel 5")
        .username(name)
        .photo(new dev.jobradar.tl.api.ChatPhotoEmpty())
        .date(Tl.DATE)
        .build();
  }

  @Test
  void a_channel_is_described_when_that_differs_from_before_whatever_brings_it() {
    rig.receive(Tl.with(named("javajobs"), Tl.newPost(5, 5, 31)));
    rig.receive(Tl.with(named("javajobs"), Tl.newPost(5, 6, 32)));
    rig.receive(Tl.with(named("java_jobs"), new UpdateChannel(5)));
    rig.receive(Tl.with(named("java_jobs"), new UpdateChannel(5)));
    rig.receive(Tl.with(named("jobs"), Tl.newPost(5, 7, 33)));
    assertThat(told())
        .filteredOn(each -> !each.startsWith("at "))
        .containsExactly(
            "named javajobs", "post 5", "post 6", "named java_jobs", "named jobs", "post 7");
  }

  @Test
  void an_inactive_name_is_news_too() {
    rig.receive(Tl.with(named("javajobs"), new UpdateChannel(5)));
    Channel several =
        Channel.builder()
            .broadcast(true)
            .id(5)
            .accessHash(35L)
            .title("channel 5")
            .usernames(
                List.of(new Username(false, true, "jobs"), new Username(false, false, "java")))
            .photo(new dev.jobradar.tl.api.ChatPhotoEmpty())
            .date(Tl.DATE)
            .build();
    rig.receive(Tl.with(several, new UpdateChannel(5)));
    assertThat(told()).containsExactly("named javajobs", "named null");
  }
}

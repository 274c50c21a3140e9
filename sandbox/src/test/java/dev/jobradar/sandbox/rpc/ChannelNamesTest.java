package dev.jobradar.sandbox.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.sandbox.rpc.TestServer.Client;
import dev.jobradar.sandbox.world.ChannelId;
import dev.jobradar.sandbox.world.PublicName;
import dev.jobradar.sandbox.world.RpcErrorException;
import dev.jobradar.tl.api.Channel;
import dev.jobradar.tl.api.UpdateChannel;
import dev.jobradar.tl.api.Updates;
import dev.jobradar.tl.api.Username;
import dev.jobradar.tl.api.messages.Chats;
import dev.jobradar.tl.api.method.Channels;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelNamesTest {

  private final TestServer test = new TestServer();
  private final ChannelId jobs = test.channel("javajobs", 1);
  private final ChannelId other = test.channel("golangjobs", 1);
  private final Client ann = test.signedIn("9996621231");

  private Channel view(ChannelId id) {
    Chats chats = (Chats) ann.call(new Channels.GetChannels(List.of(ann.input(id))));
    return (Channel) chats.chats().getFirst();
  }

  @Test
  void a_renamed_channel_is_found_under_its_new_name_alone_and_members_hear_of_it() {
    ann.call(new Channels.JoinChannel(ann.input(jobs)));
    ann.pushed.clear();

    test.world.rename(jobs, List.of(new PublicName("java_jobs", true)));

    assertThat(test.world.byUsername("Java_Jobs")).contains(jobs);
    assertThat(test.world.byUsername("javajobs")).isEmpty();
    Updates pushed = (Updates) ann.pushed.getFirst();
    assertThat(pushed.updates()).containsExactly(new UpdateChannel(jobs.value()));
    assertThat(((Channel) pushed.chats().getFirst()).username()).isEqualTo("java_jobs");
  }

  @Test
  void names_are_swapped() {
    test.world.swapNames(jobs, other);

    assertThat(test.world.byUsername("javajobs")).contains(other);
    assertThat(test.world.byUsername("golangjobs")).contains(jobs);
    assertThat(view(other).username()).isEqualTo("javajobs");
  }

  @Test
  void several_names_are_a_list_and_only_active_ones_lead_to_the_channel() {
    test.world.rename(
        jobs,
        List.of(
            new PublicName("java_jobs", true),
            new PublicName("kotlin_jobs", true),
            new PublicName("scala_jobs", false)));

    assertThat(view(jobs).username()).isNull();
    assertThat(view(jobs).usernames())
        .containsExactly(
            new Username(true, true, "java_jobs"),
            new Username(false, true, "kotlin_jobs"),
            new Username(false, false, "scala_jobs"));
    assertThat(test.world.byUsername("kotlin_jobs")).contains(jobs);
    assertThat(test.world.byUsername("scala_jobs")).isEmpty();
  }

  @Test
  void a_channel_without_names_is_private_and_a_name_of_another_is_refused() {
    assertThatThrownBy(() -> test.world.rename(jobs, List.of(new PublicName("golangjobs", true))))
        .isInstanceOf(RpcErrorException.class)
        .hasMessage("USERNAME_OCCUPIED");

    test.world.rename(jobs, List.of());

    assertThatThrownBy(() -> view(jobs)).hasMessage("CHANNEL_PRIVATE");
    assertThat(test.world.byUsername("javajobs")).isEmpty();
  }
}

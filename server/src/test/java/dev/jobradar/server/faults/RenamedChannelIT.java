package dev.jobradar.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.sandbox.world.ChannelInfo;
import dev.jobradar.sandbox.world.PublicName;
import dev.jobradar.testsupport.Eventually;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A channel is its id: its name may change, and pass to another channel. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
@SuppressWarnings("NullAway.Init")
class RenamedChannelIT {
  private static final List<String> JAVA = List.of("java");

  private LiveWorld world;

  @BeforeAll
  void begins() {
    world = new LiveWorld();
  }

  @AfterAll
  void ends() {
    world.close();
  }

  private static PublicName name(String name) {
    return new PublicName(name, true);
  }

  private void awaitLeads(long task, String... urls) {
    Eventually.awaitAsserted(
        "the leads",
        () ->
            assertThat(world.leads(task))
                .extracting(lead -> lead.path("source_url").asString())
                .containsExactly(urls));
  }

  private String title(String channel) {
    return world.sandbox.world().channels().stream()
        .filter(each -> channel.equals(each.username()))
        .map(ChannelInfo::title)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_renamed_channel_is_followed_with_its_links_and_leads() {
    String before = world.pushedChannel();
    long task = world.task(JAVA, List.of(), before);
    int first = world.sandbox.post(before, "Ищем java, первый").id();
    awaitLeads(task, "https://t.me/" + before + "/" + first);

    world.sandbox.rename(before, List.of(name("renamed_jobs"), name("second_name")));
    Eventually.awaitAsserted(
        "the source has its new name",
        () -> {
          assertThat(world.task(task).path("sources").path(0).asString()).isEqualTo("renamed_jobs");
          assertThat(world.state(task).path("url").asString())
              .isEqualTo("https://t.me/renamed_jobs");
        });
    assertThat(world.state(task).path("status").asString()).isEqualTo("ok");
    assertThat(world.state(task).path("former_name").asString()).isEqualTo(before);
    assertThat(world.state(task).path("notice").asString())
        .contains("@" + before)
        .contains("сменил имя");
    awaitLeads(task, "https://t.me/renamed_jobs/" + first);

    int second = world.sandbox.post("renamed_jobs", "Ищем java, второй").id();
    awaitLeads(task, "https://t.me/renamed_jobs/" + first, "https://t.me/renamed_jobs/" + second);
    Eventually.await(
        "the message names the channel of today",
        () ->
            world.received().stream()
                .anyMatch(text -> text.contains("второй") && text.contains("@renamed_jobs")));
    world.deleteTask(task);
  }

  @Test
  void a_name_that_another_channel_has_taken_is_told_and_the_channel_before_goes_on() {
    String mine = world.pushedChannel();
    String other = world.pushedChannel();
    String titleOfOther = title(other);
    long task = world.task(JAVA, List.of(), mine);
    world.sandbox.swapNames(mine, other);
    Eventually.awaitAsserted(
        "it is told",
        () -> {
          assertThat(world.task(task).path("sources").path(0).asString()).isEqualTo(other);
          assertThat(world.state(task).path("notice").asString())
              .contains("@" + mine)
              .contains("«" + titleOfOther + "»");
        });
    int strange = world.sandbox.post(mine, "Ищем java у чужих").id();
    int own = world.sandbox.post(other, "Ищем java у своих").id();
    awaitLeads(task, "https://t.me/" + other + "/" + own);
    assertThat(world.leadTexts(task)).containsExactly("Ищем java у своих");
    // Who enters the name of today means the channel of today.
    long second = world.task(JAVA, List.of(), mine);
    assertThat(world.state(second).path("last_message_id").asInt()).isEqualTo(strange);
    world.deleteTask(task);
    world.deleteTask(second);
  }

  @Test
  void two_watched_channels_that_swap_their_names_stay_themselves() {
    String one = world.pushedChannel();
    String two = world.pushedChannel();
    long task = world.task(JAVA, List.of(), one, two);
    int inOne = world.sandbox.post(one, "Ищем java в первом").id();
    awaitLeads(task, "https://t.me/" + one + "/" + inOne);
    world.sandbox.swapNames(one, two);
    Eventually.awaitAsserted(
        "both have the other's name",
        () ->
            assertThat(world.states(task))
                .extracting(state -> state.path("source").asString())
                .containsExactly(two, one));
    awaitLeads(task, "https://t.me/" + two + "/" + inOne);
    int inTwo = world.sandbox.post(one, "Ищем java во втором").id();
    awaitLeads(task, "https://t.me/" + two + "/" + inOne, "https://t.me/" + one + "/" + inTwo);
    world.deleteTask(task);
  }

  @Test
  void a_polled_channel_without_a_name_is_read_on_and_followed_when_it_has_one_again() {
    String before = world.polledChannel();
    long id = world.sandbox.channel(before).value();
    long task = world.task(JAVA, List.of(), before);
    int post = world.sandbox.post(before, "Ищем java").id();
    awaitLeads(task, "https://t.me/" + before + "/" + post);
    world.whileAway(() -> world.sandbox.rename(before, List.of(name("no_longer_mine"))));
    int next = world.sandbox.post("no_longer_mine", "Ищем java ещё").id();
    awaitLeads(task, "https://t.me/no_longer_mine/" + post, "https://t.me/no_longer_mine/" + next);
    assertThat(world.state(task).path("former_name").asString()).isEqualTo(before);
    assertThat(id).isPositive();
    world.deleteTask(task);
  }

  @Test
  void a_channel_that_becomes_private_is_read_on() {
    String before = world.pushedChannel();
    long id = world.sandbox.channel(before).value();
    long task = world.task(JAVA, List.of(), before);
    int post = world.sandbox.post(before, "Ищем java").id();
    awaitLeads(task, "https://t.me/" + before + "/" + post);
    world.sandbox.rename(before, List.of());
    awaitLeads(task, "https://t.me/c/" + id + "/" + post);
    assertThat(world.state(task).path("source").asString()).isEqualTo("c/" + id);
    assertThat(world.state(task).path("status").asString()).isEqualTo("ok");
    assertThat(world.state(task).path("notice").asString()).contains("@" + before);
    world.deleteTask(task);
  }
}

package dev.jobradar.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.StandingFault;
import dev.jobradar.testsupport.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What a person is told when Telegram's answers are short, broken or cannot be read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
@SuppressWarnings("NullAway.Init")
class UnreadableAnswersIT {
  private static final String HISTORY = "messages.getHistory";
  private static final List<String> EVERYTHING = List.of();

  private LiveWorld world;

  @BeforeAll
  void begins() {
    world = new LiveWorld();
  }

  @AfterEach
  void faultsEnd() {
    world.sandbox.faults().clear();
  }

  @AfterAll
  void ends() {
    world.close();
  }

  private Aim account() {
    return Aim.account(world.account.user());
  }

  private JsonNode preview(String channel) {
    return world.post("/api/tasks/preview", Map.of("source", channel));
  }

  /** Channels are told apart by when they are made: 150 posts and no other message. */
  private String channelOf150() {
    String channel = world.pushedChannel();
    for (int missing = 150 - world.sandbox.posts(channel); missing > 0; missing--) {
      world.sandbox.post(channel, "Вакансия " + missing);
    }
    return channel;
  }

  @Test
  void a_page_shorter_than_asked_for_is_no_end() {
    String channel = channelOf150();
    int posts = world.sandbox.posts(channel);
    long task = world.task(EVERYTHING, List.of(), channel);
    try (StandingFault shorter =
        world.sandbox.faults().set(new Fault.ShortPages(33), account().calling(HISTORY))) {
      JsonNode done = world.backfill(task, 1_000);
      assertThat(done.path("status").asString()).isEqualTo("done");
      assertThat(done.path("read").asInt()).isEqualTo(posts);
      assertThat(shorter.struck()).isGreaterThan(2);
    }
    world.deleteTask(task);
  }

  @Test
  void posts_of_a_history_that_cannot_be_read_are_told_and_the_others_are_read() {
    String channel = channelOf150();
    int posts = world.sandbox.posts(channel);
    long task = world.task(EVERYTHING, List.of(), channel);
    int newest = world.sandbox.post(channel, "Вакансия: новейшая").id();
    int unreadable = newest - 3;
    world
        .sandbox
        .faults()
        .set(
            new Fault.UnknownMessage(unreadable),
            Aim.channel(world.sandbox.channel(channel)).calling(HISTORY));
    JsonNode source = preview(channel).path("sources").path(0);
    assertThat(source.path("status").asString()).isEqualTo("ok");
    assertThat(source.path("read").asInt()).isPositive();
    JsonNode done = world.backfill(task, 1_000);
    assertThat(done.path("status").asString()).isEqualTo("done");
    assertThat(done.path("read").asInt()).isEqualTo(posts);
    assertThat(done.path("skipped").path("count").asInt()).isEqualTo(1);
    assertThat(done.path("skipped").path("last_message_id").asInt()).isEqualTo(unreadable);
    assertThat(done.path("skipped").path("detail").asString())
        .contains("Не удалось прочитать")
        .contains(String.valueOf(unreadable));
    world.deleteTask(task);
  }

  @Test
  void a_preview_tells_of_the_newest_post_when_that_cannot_be_read() {
    String channel = world.pushedChannel();
    int newest = world.sandbox.post(channel, "Вакансия: новейшая").id();
    world
        .sandbox
        .faults()
        .set(
            new Fault.UnknownMessage(newest),
            Aim.channel(world.sandbox.channel(channel)).calling(HISTORY));
    JsonNode source = preview(channel).path("sources").path(0);
    assertThat(source.path("status").asString()).isEqualTo("ok");
    assertThat(source.path("unreadable").path("count").asInt()).isEqualTo(1);
    assertThat(source.path("unreadable").path("detail").asString())
        .contains("Не удалось прочитать");
  }

  @Test
  void a_preview_says_what_is_wrong_with_answers_and_reads_the_other_sources() {
    String broken = world.pushedChannel();
    String good = world.pushedChannel();
    Aim aim = Aim.channel(world.sandbox.channel(broken)).calling(HISTORY);
    Map<String, Object> both = Map.of("sources", List.of(broken, good));
    try (StandingFault _ = world.sandbox.faults().set(new Fault.UnknownConstructor(), aim)) {
      JsonNode sources = world.post("/api/tasks/preview", both).path("sources");
      assertThat(sources.path(0).path("error").asString()).isEqualTo("UNREADABLE");
      assertThat(sources.path(0).path("detail").asString()).contains("не может прочитать");
      assertThat(sources.path(1).path("status").asString()).isEqualTo("ok");
    }
    try (StandingFault _ = world.sandbox.faults().set(new Fault.Fail(500, "INTERNAL"), aim)) {
      JsonNode sources = world.post("/api/tasks/preview", both).path("sources");
      assertThat(sources.path(0).path("error").asString()).isEqualTo("FAILING");
      assertThat(sources.path(0).path("detail").asString()).contains("ошибкой на своей стороне");
      assertThat(sources.path(1).path("read").asInt()).isPositive();
    }
  }

  @Test
  void a_backfill_says_what_is_wrong_with_answers() {
    String channel = world.pushedChannel();
    long task = world.task(EVERYTHING, List.of(), channel);
    world
        .sandbox
        .faults()
        .set(
            new Fault.UnknownConstructor(),
            Aim.channel(world.sandbox.channel(channel)).calling(HISTORY));
    JsonNode waiting = world.backfill(task, 10);
    assertThat(waiting.path("status").asString()).isEqualTo("waiting");
    assertThat(waiting.path("error").asString()).isEqualTo("UNREADABLE");
    assertThat(waiting.path("detail").asString()).contains("не может прочитать");
    world.deleteTask(task);
  }

  @Test
  @Timeout(400)
  void the_end_of_a_stall_is_shown_wherever_the_stall_was() {
    String channel = world.pushedChannel();
    long task = world.task(EVERYTHING, List.of(), channel);
    Aim aim = Aim.channel(world.sandbox.channel(channel));
    StandingFault fault = world.sandbox.faults().set(new Fault.Fail(500, "INTERNAL"), aim);
    try (StandingFault pushes = world.sandbox.faults().set(new Fault.SwallowUpdates(), aim, 1)) {
      world.sandbox.post(channel, "Вакансия, которая не приходит");
      world.sandbox.post(channel, "Вакансия, которая показывает это");
      Eventually.awaitAsserted(
          "it is told",
          () -> {
            JsonNode state = world.state(task);
            assertThat(state.path("status").asString()).isEqualTo("error");
            assertThat(state.path("error").asString()).endsWith("_FAILING");
          });
      assertThat(pushes.struck()).isEqualTo(1);
    }
    assertThat(world.get("/api/user/me").path("stalled").path("channels").asInt()).isEqualTo(1);
    assertThat(world.gauge("jobradar.watches.stalled")).isEqualTo(1);
    fault.close();
    Eventually.await(
        "the end is told",
        Duration.ofMinutes(5),
        () -> "ok".equals(world.state(task).path("status").asString()));
    assertThat(world.state(task).has("since")).isFalse();
    assertThat(world.get("/api/user/me").has("stalled")).isFalse();
    assertThat(world.gauge("jobradar.watches.stalled")).isZero();
    assertThat(world.leadTexts(task))
        .as("nothing was lost")
        .containsExactly("Вакансия, которая не приходит", "Вакансия, которая показывает это");
    world.deleteTask(task);
  }
}

package dev.jobradar.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.testsupport.Eventually;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Posts that are edited at Telegram, as the person sees what becomes of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
@SuppressWarnings("NullAway.Init")
class EditedPostsIT {
  private static final String VAGUE = "Новая вакансия, описание сейчас добавлю";
  private static final String FULL = "Новая вакансия\nJava-разработчик, удалённо, писать @demo_hr";

  private LiveWorld world;

  @BeforeAll
  void begins() {
    world = new LiveWorld();
  }

  @AfterAll
  void ends() {
    world.close();
  }

  private long task(String channel) {
    return world.task(List.of("java"), List.of(), channel);
  }

  private void awaitTexts(long task, String... texts) {
    Eventually.awaitAsserted(
        "the leads", () -> assertThat(world.leadTexts(task)).containsExactly(texts));
  }

  private long messagesWith(String words) {
    return world.received().stream().filter(text -> text.contains(words)).count();
  }

  private void awaitMessage(String words) {
    Eventually.await("a message", () -> messagesWith(words) == 1);
  }

  @Test
  void a_post_that_begins_to_match_is_one_lead_and_one_message() {
    for (String channel : List.of(world.pushedChannel(), world.polledChannel())) {
      long task = task(channel);
      int id = world.sandbox.post(channel, VAGUE).id();
      world.sandbox.edit(channel, id, FULL + " первый " + channel);
      awaitTexts(task, FULL + " первый " + channel);
      awaitMessage("первый " + channel);
      world.sandbox.edit(channel, id, FULL + " второй " + channel);
      awaitTexts(task, FULL + " второй " + channel);
      JsonNode lead = world.leads(task).getFirst();
      assertThat(lead.path("edited_at").isNull()).isFalse();
      assertThat(lead.path("notes").path(0).asString()).contains("Пост изменён");
      // What comes after it has been sent by then, and no second message with it.
      world.sandbox.post(channel, "java, последний " + channel);
      awaitMessage("последний " + channel);
      assertThat(messagesWith("второй " + channel)).isZero();
      assertThat(messagesWith("первый " + channel)).isEqualTo(1);
      world.deleteTask(task);
    }
  }

  @Test
  void edits_during_a_downtime_count_when_it_is_over() {
    String channel = world.pushedChannel();
    long task = task(channel);
    int vague = world.sandbox.post(channel, VAGUE).id();
    int lead = world.sandbox.post(channel, "Ищем java").id();
    awaitTexts(task, "Ищем java");
    world.whileAway(() -> {
      world.sandbox.edit(channel, vague, FULL);
      world.sandbox.edit(channel, lead, "Ищем java, от 300 000");
    });
    awaitTexts(task, "Ищем java, от 300 000", FULL);
    world.deleteTask(task);
  }

  @Test
  void a_backfill_finds_what_posts_say_today() {
    String channel = world.pushedChannel();
    long task = task(channel);
    int id = world.sandbox.post(channel, "Ищем java").id();
    awaitTexts(task, "Ищем java");
    assertThat(world.backfill(task, 1).path("added").asInt()).isZero();
    assertThat(world.leads(task)).singleElement().extracting(LiveWorld::editedAt).isEqualTo("");
    world.sandbox.edit(channel, id, "Ищем java и go");
    world.backfill(task, 1);
    awaitTexts(task, "Ищем java и go");
    world.deleteTask(task);
  }
}

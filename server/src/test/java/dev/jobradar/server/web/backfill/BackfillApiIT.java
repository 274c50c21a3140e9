package dev.jobradar.server.web.backfill;

import static dev.jobradar.server.backfill.BackfillWorld.GO;
import static dev.jobradar.server.backfill.BackfillWorld.JAVA;
import static dev.jobradar.server.backfill.BackfillWorld.JAVA_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.server.account.AccountException;
import dev.jobradar.server.backfill.Backfill;
import dev.jobradar.server.backfill.BackfillChanged;
import dev.jobradar.server.backfill.BackfillService;
import dev.jobradar.server.backfill.BackfillStatus;
import dev.jobradar.server.backfill.BackfillWorld;
import dev.jobradar.server.storage.Vendor;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.TaskStatus;
import dev.jobradar.server.users.Plan;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.StallTexts;
import dev.jobradar.server.web.TestWeb;
import dev.jobradar.server.web.tasks.TestTaskApi;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.json.JsonMapper;

@ParameterizedClass
@EnumSource(Vendor.class)
@Timeout(60)
class BackfillApiIT {
  private final BackfillWorld world;
  private final BackfillController controller;

  BackfillApiIT(Vendor vendor) {
    world = new BackfillWorld(vendor);
    // Never started: the test does the steps.
    BackfillService service = world.service();
    controller =
        new BackfillController(
            world.tasks,
            world.backfills,
            service,
            new BackfillRequests(service),
            new BackfillViews(
                TestTaskApi.errors(),
                new StallTexts(TestWeb.messages(), world.clock),
                world.clock));
  }

  @AfterEach
  void close() {
    world.close();
  }

  private MockMvcTester web(User user) {
    return TestWeb.of(user, world.clock, controller);
  }

  private MvcTestResult begin(User user, Task task, String json) {
    return web(user)
        .post()
        .uri("/api/tasks/" + task.id().value() + "/backfill")
        .contentType(MediaType.APPLICATION_JSON)
        .content(json)
        .exchange();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> body(MvcTestResult result, int status) {
    assertThat(result).hasStatus(status);
    return JsonMapper.shared()
        .readValue(result.getMvcResult().getResponse().getContentAsByteArray(), Map.class);
  }

  private List<Backfill> stored() {
    return world.backfills.of(world.ann.id());
  }

  @Test
  void it_is_begun_watched_and_ends() throws Exception {
    world.history(JAVA_ID, 150);
    Task task = world.task(world.ann, TaskStatus.PAUSED, JAVA);
    assertThat(begin(world.ann, task, "{\"source\": \"t.me/JavaJobs\", \"wanted\": 12}"))
        .hasStatusOk()
        .bodyJson()
        .extractingPath("$.backfills[0]")
        .convertTo(InstanceOfAssertFactories.map(String.class, Object.class))
        .containsEntry("source", "javajobs")
        .containsEntry("task_id", (int) task.id().value())
        .containsEntry("status", "running")
        .containsEntry("wanted", 12)
        .containsEntry("found", 0)
        .containsEntry("read", 0)
        .containsEntry("total", null)
        .containsEntry("deliver", false);
    world.step(world.ann);
    String uri = "/api/backfills/" + stored().getFirst().id().value();
    assertThat(body(web(world.ann).get().uri(uri).exchange(), 200))
        .containsEntry("found", 10)
        .containsEntry("added", 10)
        .containsEntry("read", 100)
        .containsEntry("total", 150);
    world.clock.advance(BackfillWorld.PAUSE);
    world.step(world.ann);
    assertThat(body(web(world.ann).get().uri(uri).exchange(), 200))
        .containsEntry("status", "done")
        .containsEntry("found", 12);
    assertThat(web(world.ann).get().uri("/api/backfills"))
        .bodyJson()
        .extractingPath("$.backfills[*].status")
        .asArray()
        .containsExactly("done");
  }

  @Test
  void without_a_source_all_of_the_task_are_read() {
    Task task = world.task(world.ann, TaskStatus.PAUSED, JAVA, GO);
    assertThat(begin(world.ann, task, "{\"wanted\": 5, \"deliver\": true}")).hasStatusOk();
    assertThat(stored())
        .hasSize(2)
        .allSatisfy(backfill -> assertThat(backfill.deliver()).isTrue())
        .extracting(Backfill::source)
        .containsExactlyInAnyOrder(JAVA, GO);
    assertThat(body(begin(world.ann, task, "{\"wanted\": 5}"), 409))
        .containsEntry("code", "backfill_running");
  }

  @Test
  void what_is_wanted_has_its_limits() {
    Task task = world.task(world.ann, TaskStatus.PAUSED, JAVA);
    for (String json :
        List.of(
            "{}",
            "{\"wanted\": 0}",
            "{\"wanted\": 1001}",
            "{\"wanted\": 5, \"source\": \"golangjobs\"}",
            "{\"wanted\": 5, \"source\": \"12345\"}")) {
      assertThat(body(begin(world.ann, task, json), 400))
          .as(json)
          .containsEntry("code", "invalid_fields");
    }
    assertThat(stored()).isEmpty();
    assertThat(begin(world.ann, task, "{\"wanted\": 1000}")).hasStatusOk();
  }

  @Test
  void a_wait_is_shown_with_its_reason_and_its_end() throws Exception {
    world.history(JAVA_ID, 150);
    Task task = world.task(world.ann, TaskStatus.PAUSED, JAVA);
    begin(world.ann, task, "{\"wanted\": 12}");
    world.step(world.ann);
    world.telegram.failNext(
        new AccountException.FloodWait("messages.getHistory", Duration.ofSeconds(40), null));
    world.step(world.ann);
    world.clock.advance(Duration.ofSeconds(10));
    assertThat(
            body(
                web(world.ann)
                    .get()
                    .uri("/api/backfills/" + stored().getFirst().id().value())
                    .exchange(),
                200))
        .containsEntry("status", "waiting")
        .containsEntry("error", "FLOOD_WAIT")
        .containsEntry("detail", "Telegram просит подождать 30 с; попробуем позже.")
        .containsEntry("next_try_at", world.clock.instant().plusSeconds(30).toString());
  }

  @Test
  void it_is_called_off_as_often_as_one_likes() {
    Task task = world.task(world.ann, TaskStatus.PAUSED, JAVA);
    begin(world.ann, task, "{\"wanted\": 12}");
    String uri = "/api/backfills/" + stored().getFirst().id().value() + "/cancel";
    for (int i = 0; i < 2; i++) {
      assertThat(body(web(world.ann).post().uri(uri).exchange(), 200))
          .containsEntry("status", "cancelled");
    }
    assertThat(world.published.stream().filter(BackfillChanged.class::isInstance).count())
        .isEqualTo(2);
  }

  @Test
  void somebody_elses_task_or_backfill_does_not_exist() {
    Task task = world.task(world.ann, TaskStatus.PAUSED, JAVA);
    assertThat(begin(world.bob, task, "{\"wanted\": 12}")).hasStatus(404);
    begin(world.ann, task, "{\"wanted\": 12}");
    String uri = "/api/backfills/" + stored().getFirst().id().value();
    assertThat(web(world.bob).get().uri(uri).exchange()).hasStatus(404);
    assertThat(web(world.bob).post().uri(uri + "/cancel").exchange()).hasStatus(404);
    assertThat(web(world.bob).get().uri("/api/backfills"))
        .bodyJson()
        .extractingPath("$.backfills")
        .asArray()
        .isEmpty();
    assertThat(stored().getFirst().status()).isEqualTo(BackfillStatus.RUNNING);
  }

  @Test
  void an_expired_plan_closes_backfills() {
    Task task = world.task(world.ann, TaskStatus.PAUSED, JAVA);
    world.clock.advance(Plan.TRIAL.length());
    assertThat(body(begin(world.ann, task, "{\"wanted\": 12}"), 403))
        .containsEntry("code", "plan_expired");
    assertThat(web(world.ann).get().uri("/api/backfills").exchange()).hasStatus(403);
  }
}

package dev.jobradar.server.web.tasks;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.server.account.AccountException;
import dev.jobradar.server.account.Accounts;
import dev.jobradar.server.account.FakeAccounts;
import dev.jobradar.server.account.FloodWaits;
import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.channels.ChannelChecks;
import dev.jobradar.server.channels.ChannelDirectory;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.leads.TestLeads;
import dev.jobradar.server.monitoring.StalledWatches;
import dev.jobradar.server.pacing.TestClock;
import dev.jobradar.server.preview.Preview;
import dev.jobradar.server.storage.TestDatabase;
import dev.jobradar.server.storage.Vendor;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.TaskDraft;
import dev.jobradar.server.tasks.TaskStatus;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.tasks.TestTasks;
import dev.jobradar.server.users.Plan;
import dev.jobradar.server.users.TestUsers;
import dev.jobradar.server.users.User;
import dev.jobradar.server.users.Users;
import dev.jobradar.server.web.StallTexts;
import dev.jobradar.server.web.TestWeb;
import dev.jobradar.server.web.delivery.TestDeliveryApi;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class PreviewIT {
  private static final long JAVA_ID = 11;
  private static final long GO_ID = 12;

  private final TestDatabase database = TestDatabase.open(Vendor.SQLITE);
  private final TestClock clock = new TestClock();
  private final FakeAccounts telegram = new FakeAccounts();
  private final Tasks tasks = TestTasks.create(database, event -> {}, clock);
  private final ChannelChecks checks;
  private final Accounts accounts;
  private final TaskViews views;
  private final User ann;
  private final User bob;

  PreviewIT() {
    FloodWaits floodWaits = new FloodWaits(database.client(), clock);
    accounts = telegram.paced(floodWaits, clock);
    ChannelDirectory channels =
        new ChannelDirectory(
            database.client(),
            database.template(),
            database.transactions(),
            accounts,
            List.of(tasks),
            clock);
    checks = new ChannelChecks(channels, clock, Duration.ofSeconds(15));
    views =
        new TaskViews(
            channels,
            TestTaskApi.errors(),
            new TestDeliveryApi.Status(),
            TestDeliveryApi.texts(clock),
            TestWeb.messages(),
            new StalledWatches(new SimpleMeterRegistry()),
            new StallTexts(TestWeb.messages(), clock),
            new RenamingTexts(TestWeb.messages(), clock));
    Users users = TestUsers.create(database, clock);
    ann = users.signedIn(1, "79990000001", "Ann", null);
    bob = users.signedIn(2, "79990000002", "Bob", null);
    telegram.channel("javajobs", JAVA_ID);
    telegram.channel("golangjobs", GO_ID);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private ReceivedPost post(int id, String text) {
    return new ReceivedPost(id, clock.instant().minusSeconds(1_000 - id), text, false);
  }

  private MockMvcTester web(User user, Preview preview) {
    return TestWeb.of(user, clock, new PreviewController(tasks, new Previews(preview), views));
  }

  private Preview preview() {
    return new Preview(
        checks,
        accounts,
        clock,
        TestLeads.filter(),
        TestLeads.whole(accounts),
        TestLeads.cpu(),
        Duration.ofSeconds(25));
  }

  private static MvcTestResult ask(MockMvcTester web, String path, String json) {
    return web.post().uri(path).contentType(MediaType.APPLICATION_JSON).content(json).exchange();
  }

  private MvcTestResult ask(String json) {
    return ask(web(ann, preview()), "/api/tasks/preview", json);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> body(MvcTestResult result, int status) {
    assertThat(result).hasStatus(status);
    return JsonMapper.shared()
        .readValue(result.getMvcResult().getResponse().getContentAsByteArray(), Map.class);
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Map<String, Object> answer, String name) {
    return (List<Map<String, Object>>) requireNonNull(answer.get(name));
  }

  private Task task() {
    return tasks
        .create(
            ann.id(),
            new TaskDraft(
                "Java",
                TaskStatus.RUNNING,
                List.of("java разработчик"),
                List.of("стажёр"),
                true,
                null,
                true,
                List.of(new ChannelName("javajobs"), new ChannelName("golangjobs"))),
            1)
        .orElseThrow();
  }

  @Test
  void it_tells_which_posts_would_have_been_caught_and_by_what() {
    telegram.posted(
        JAVA_ID,
        post(1, "Ищем Java-разработчиков"),
        post(2, "Ищем PHP-разработчика"),
        post(3, "Стажёры, Java разработчик"));
    telegram.posted(GO_ID, post(7, "Разработчик Java и Go"));
    Map<String, Object> answer =
        body(
            ask(
                """
                {"sources": ["javajobs", "@golangjobs"], "include_keywords": "java разработчик, c++",
                 "exclude_keywords": ["стажёр"]}
                """),
            200);
    assertThat(answer).containsEntry("read", 4).containsEntry("matched", 2);
    assertThat(list(answer, "posts"))
        .extracting(p -> p.get("source_message_id"))
        .containsExactly(7, 1);
    assertThat(list(answer, "posts").get(1))
        .containsEntry("source_channel", "javajobs")
        .containsEntry("source_url", "https://t.me/javajobs/1")
        .containsEntry("text", "Ищем Java-разработчиков")
        .containsEntry("matched_keyword", "java разработчик")
        .containsEntry("posted_at", clock.instant().minusSeconds(999).toString())
        .containsEntry("matched_at", List.of(List.of(5, 9), List.of(10, 23)));
    assertThat(list(answer, "sources").getFirst())
        .containsEntry("source", "javajobs")
        .containsEntry("status", "ok")
        .containsEntry("title", "Title 11")
        .containsEntry("read", 3)
        .containsEntry("matched", 1);
    assertThat(tasks.of(ann.id())).isEmpty();
  }

  @Test
  void of_a_stored_task_it_takes_what_is_not_said_otherwise() {
    telegram.posted(JAVA_ID, post(1, "Java разработчик"), post(2, "Kotlin разработчик"));
    telegram.posted(GO_ID, post(3, "Стажёр: java разработчик"));
    String path = "/api/tasks/" + task().id().value() + "/preview";
    MockMvcTester web = web(ann, preview());
    Map<String, Object> answer = body(web.post().uri(path).exchange(), 200);
    assertThat(answer).containsEntry("read", 3).containsEntry("matched", 1);
    Map<String, Object> other =
        body(ask(web, path, "{\"source\": \"golangjobs\", \"exclude_keywords\": []}"), 200);
    assertThat(other).containsEntry("read", 1).containsEntry("matched", 1);
  }

  @Test
  void somebody_elses_task_does_not_exist() {
    String path = "/api/tasks/" + task().id().value() + "/preview";
    assertThat(web(bob, preview()).post().uri(path).exchange()).hasStatus(404);
    assertThat(telegram.log()).isEmpty();
  }

  @Test
  void messages_of_ours_are_no_leads() {
    telegram.posted(
        JAVA_ID, post(1, "🔥 Новый лид\n\njava разработчик\n\nИсточник: @x_jobs\nКлюч: java"));
    assertThat(body(ask("{\"source\": \"javajobs\", \"include_keywords\": \"java\"}"), 200))
        .containsEntry("read", 1)
        .containsEntry("matched", 0);
  }

  @Test
  void no_more_posts_are_read_than_asked_for_and_a_hundred_at_most() {
    telegram.posted(
        JAVA_ID,
        IntStream.rangeClosed(1, 300).mapToObj(i -> post(i, "java")).toArray(ReceivedPost[]::new));
    assertThat(body(ask("{\"source\": \"javajobs\", \"limit\": 7}"), 200)).containsEntry("read", 7);
    assertThat(body(ask("{\"source\": \"javajobs\"}"), 200)).containsEntry("read", 100);
    for (String json :
        List.of(
            "{\"source\": \"javajobs\", \"limit\": 0}",
            "{\"source\": \"javajobs\", \"limit\": 101}",
            "{\"source\": \"12345\"}",
            "{\"source\": \"javajobs\", \"include_keywords\": [\"!\"]}",
            "{}")) {
      assertThat(body(ask(json), 400)).as(json).containsEntry("code", "invalid_fields");
    }
  }

  @Test
  void each_source_tells_what_went_wrong_with_it() {
    telegram.posted(GO_ID, post(1, "java"));
    telegram.refuse("channel 11", new AccountException.Refused("CHANNEL_PRIVATE", null));
    Map<String, Object> answer =
        body(ask("{\"sources\": \"nobodyhere, javajobs, golangjobs\"}"), 200);
    assertThat(list(answer, "sources"))
        .extracting(source -> source.get("status") + " " + source.get("error"))
        .containsExactly("invalid NO_SUCH_NAME", "error CHANNEL_PRIVATE", "ok null");
    assertThat(answer).containsEntry("read", 1).containsEntry("matched", 1);
  }

  @Test
  void a_wait_keeps_telegram_from_being_asked_for_the_rest_and_for_the_next_one() {
    telegram.onReading(user -> {
      throw new AccountException.FloodWait("messages.getHistory", Duration.ofSeconds(20), null);
    });
    Map<String, Object> answer = body(ask("{\"sources\": \"javajobs, golangjobs\"}"), 200);
    assertThat(list(answer, "sources"))
        .extracting(source -> source.get("status") + " " + source.get("error"))
        .containsExactly("not_checked FLOOD_WAIT", "not_checked FLOOD_WAIT");
    ask("{\"source\": \"javajobs\"}");
    assertThat(telegram.log().stream().filter(call -> call.startsWith("history"))).hasSize(1);
  }

  @Test
  void one_at_a_time_for_a_user_and_nobody_waits_for_longer_than_a_person_does() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    telegram.onReading(user -> {
      if (user.equals(ann.id())) {
        reading.countDown();
        never.await();
      }
    });
    Preview impatient =
        new Preview(
            checks,
            accounts,
            clock,
            TestLeads.filter(),
            TestLeads.whole(accounts),
            TestLeads.cpu(),
            Duration.ofSeconds(2));
    String path = "/api/tasks/preview";
    String json = "{\"source\": \"javajobs\"}";
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Map<String, Object>> first =
          threads.submit(() -> body(ask(web(ann, impatient), path, json), 200));
      assertThat(reading.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(body(ask(web(ann, impatient), path, json), 429))
          .containsEntry("code", "preview_busy")
          .containsEntry("retry_after", 5);
      assertThat(ask(web(bob, impatient), path, json)).hasStatusOk();
      assertThat(list(first.get(), "sources").getFirst())
          .containsEntry("status", "not_checked")
          .containsEntry("error", "UNREACHABLE");
    }
    telegram.onReading(user -> {});
    assertThat(ask(web(ann, impatient), path, json)).hasStatusOk();
  }

  @Test
  void keywords_that_are_too_costly_are_refused() {
    telegram.posted(JAVA_ID, post(1, "java"));
    Preview costly =
        new Preview(
            checks,
            accounts,
            clock,
            TestLeads.costlyFilter(),
            TestLeads.whole(accounts),
            TestLeads.cpu(),
            Duration.ofSeconds(25));
    Map<String, Object> problem =
        body(
            ask(
                web(ann, costly),
                "/api/tasks/preview",
                "{\"source\": \"javajobs\", \"include_keywords\": \"costly\"}"),
            400);
    assertThat(list(problem, "errors").getFirst())
        .containsEntry("field", "include_keywords")
        .containsEntry("code", "keywords_too_costly");
  }

  @Test
  void an_expired_plan_closes_previews() {
    clock.advance(Plan.TRIAL.length());
    assertThat(body(ask("{\"source\": \"javajobs\"}"), 403)).containsEntry("code", "plan_expired");
  }
}

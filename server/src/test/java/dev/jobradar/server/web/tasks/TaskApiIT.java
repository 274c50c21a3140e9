package dev.jobradar.server.web.tasks;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.AccountException;
import dev.jobradar.server.account.AccountState;
import dev.jobradar.server.account.FakeAccounts;
import dev.jobradar.server.account.FloodWaits;
import dev.jobradar.server.account.WatchStall;
import dev.jobradar.server.channels.ChannelChecks;
import dev.jobradar.server.channels.ChannelDirectory;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.delivery.DeliveryProblem;
import dev.jobradar.server.monitoring.StalledWatches;
import dev.jobradar.server.monitoring.TestStalls;
import dev.jobradar.server.pacing.TestClock;
import dev.jobradar.server.storage.TestDatabase;
import dev.jobradar.server.storage.Vendor;
import dev.jobradar.server.tasks.PauseReason;
import dev.jobradar.server.tasks.SourceStatus;
import dev.jobradar.server.tasks.TaskId;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.tasks.TasksChanged;
import dev.jobradar.server.tasks.TestTasks;
import dev.jobradar.server.users.Plan;
import dev.jobradar.server.users.TestUsers;
import dev.jobradar.server.users.User;
import dev.jobradar.server.users.Users;
import dev.jobradar.server.web.StallTexts;
import dev.jobradar.server.web.TelegramBudget;
import dev.jobradar.server.web.TestWeb;
import dev.jobradar.server.web.delivery.TestDeliveryApi;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.MapAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.json.JsonMapper;

@ParameterizedClass
@EnumSource(Vendor.class)
@Timeout(60)
class TaskApiIT {
  private final TestDatabase database;
  private final TestClock clock = new TestClock();
  private final FakeAccounts telegram = new FakeAccounts();
  private final List<Object> published = Collections.synchronizedList(new ArrayList<>());
  private final Tasks tasks;
  private final Users users;
  private final Object[] controllers;
  private final StalledWatches stalls = new StalledWatches(new SimpleMeterRegistry());
  private final TestDeliveryApi.Status delivery = new TestDeliveryApi.Status();
  private final User ann;
  private final User bob;

  TaskApiIT(Vendor vendor) {
    database = TestDatabase.open(vendor);
    users = TestUsers.create(database, clock);
    tasks = TestTasks.create(database, users, published::add, clock);
    ChannelDirectory channels =
        new ChannelDirectory(
            database.client(),
            database.template(),
            database.transactions(),
            telegram.paced(new FloodWaits(database.client(), clock), clock),
            List.of(tasks),
            clock);
    ChannelChecks checks = new ChannelChecks(channels, clock, Duration.ofSeconds(15));
    TaskViews views =
        new TaskViews(
            channels,
            new SourceErrorTexts(TestWeb.messages()),
            delivery,
            TestDeliveryApi.texts(clock),
            TestWeb.messages(),
            stalls,
            new StallTexts(TestWeb.messages(), clock),
            new RenamingTexts(TestWeb.messages(), clock));
    controllers =
        new Object[] {
          new TaskController(
              tasks,
              new TaskEditor(tasks, checks, channels, clock),
              views,
              new TelegramBudget(clock),
              clock),
          new SourceController(new SourceChecks(checks, views, TestWeb.messages()))
        };
    ann = users.signedIn(1, "79990000001", "Ann", null);
    bob = users.signedIn(2, "79990000002", "Bob", null);
    telegram.channel("javajobs", 11);
    telegram.channel("golangjobs", 12);
    telegram.channel("mychannel", 13);
  }

  @AfterEach
  void close() {
    database.close();
  }

  // --- calls ---------------------------------------------------------------------------------

  private MockMvcTester web(UserId user) {
    return TestWeb.of(users.find(user).orElseThrow(), clock, controllers);
  }

  private MvcTestResult post(String path, String json) {
    return web(ann.id())
        .post()
        .uri(path)
        .contentType(MediaType.APPLICATION_JSON)
        .content(json)
        .exchange();
  }

  private MvcTestResult put(long id, String json) {
    return web(ann.id())
        .put()
        .uri("/api/tasks/" + id)
        .contentType(MediaType.APPLICATION_JSON)
        .content(json)
        .exchange();
  }

  private MvcTestResult get(String path) {
    return web(ann.id()).get().uri(path).exchange();
  }

  private static Map<String, Object> ok(MvcTestResult result) {
    return body(result, 200);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> body(MvcTestResult result, int status) {
    assertThat(result).hasStatus(status);
    return JsonMapper.shared()
        .readValue(result.getMvcResult().getResponse().getContentAsByteArray(), Map.class);
  }

  private long created(String json) {
    return id(ok(post("/api/tasks", json)));
  }

  private static long id(Map<String, Object> task) {
    return ((Number) requireNonNull(task.get("id"))).longValue();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> states(Map<String, Object> task) {
    return (List<Map<String, Object>>) requireNonNull(task.get("source_states"));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> errors(MvcTestResult result) {
    Map<String, Object> problem = body(result, 400);
    assertThat(problem).containsEntry("code", "invalid_fields");
    return (List<Map<String, Object>>) requireNonNull(problem.get("errors"));
  }

  private static MapAssert<String, Object> onlyError(MvcTestResult result) {
    List<Map<String, Object>> errors = errors(result);
    assertThat(errors).hasSize(1);
    return assertThat(errors.getFirst());
  }

  private void plan(User user, Plan plan) {
    database
        .client()
        .sql("update users set plan = ?, plan_until = ? where id = ?")
        .params(
            plan.text(),
            clock.instant().plus(Duration.ofDays(30)).toEpochMilli(),
            user.id().value())
        .update();
  }

  @Test
  void who_pauses_and_runs_tasks_all_the_time_has_to_wait_and_may_go_on_with_the_rest() {
    long id = created("{\"name\": \"A\", \"sources\": [\"javajobs\"]}");
    MvcTestResult answer = put(id, "{\"status\": \"paused\"}");
    for (int i = 0; answer.getResponse().getStatus() == 200; i++) {
      assertThat(i).isLessThan(100);
      answer = put(id, i % 2 == 0 ? "{\"status\": \"running\"}" : "{\"status\": \"paused\"}");
    }
    assertThat(body(answer, 429))
        .containsEntry("code", "too_many_telegram_calls")
        .containsEntry("retry_after", 60);
    assertThat(ok(put(id, "{\"name\": \"B\"}"))).containsEntry("name", "B");
    clock.advance(Duration.ofMinutes(1));
    assertThat(put(id, "{\"status\": \"running\"}")).hasStatusOk();
  }

  // --- paused tasks --------------------------------------------------------------------------

  private long paused() {
    long id =
        created(
            """
            {"name": "A", "sources": ["javajobs"], "include_keywords": ["java"]}
            """);
    assertThat(tasks.pause(ann.id(), new TaskId(id), PauseReason.KEYWORDS_TOO_COSTLY)).isTrue();
    return id;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"ru | на паузу", "en | We paused this task"})
  void a_task_that_was_paused_says_why_in_the_persons_language(String language, String words) {
    long id = paused();
    database.client().sql("update users set language = ?").param(language).update();

    assertThat(ok(get("/api/tasks/" + id)))
        .containsEntry("status", "paused")
        .containsEntry("pause_reason", "KEYWORDS_TOO_COSTLY")
        .extractingByKey("pause_detail", InstanceOfAssertFactories.STRING)
        .contains(words);
  }

  @Test
  void other_keywords_let_it_run_again_and_another_name_does_not() {
    long id = paused();

    assertThat(ok(put(id, "{\"name\": \"B\", \"include_keywords\": [\"java\"]}")))
        .containsEntry("status", "paused")
        .containsEntry("pause_reason", "KEYWORDS_TOO_COSTLY");
    assertThat(ok(put(id, "{\"include_keywords\": [\"kotlin\"]}")))
        .containsEntry("status", "running")
        .containsEntry("pause_reason", null)
        .containsEntry("pause_detail", null);
  }

  @Test
  void who_says_that_it_stays_paused_is_obeyed() {
    assertThat(ok(put(paused(), "{\"include_keywords\": [\"kotlin\"], \"status\": \"paused\"}")))
        .containsEntry("status", "paused")
        .containsEntry("pause_reason", null);
  }

  @Test
  void where_the_plan_allows_no_other_running_task_new_keywords_are_stored_all_the_same() {
    plan(ann, Plan.PRO);
    long id = paused();
    for (int i = 1; i < Plan.PRO.tasks(); i++) {
      created("{\"name\": \"A\", \"sources\": [\"javajobs\"]}");
    }
    plan(ann, Plan.TRIAL);

    assertThat(ok(put(id, "{\"include_keywords\": [\"kotlin\"]}")))
        .containsEntry("status", "paused")
        .containsEntry("pause_reason", null)
        .containsEntry("include_keywords", List.of("kotlin"));
  }

  // --- creating ------------------------------------------------------------------------------

  @Test
  void a_task_is_answered_with_what_its_sources_are() {
    Map<String, Object> task =
        ok(
            post(
                "/api/tasks",
                """
                {"name": " Java ", "sources": ["@JavaJobs", "https://t.me/golangjobs/5"],
                 "include_keywords": ["java разработчик"], "exclude_keywords": ["стажёр"],
                 "alerts_channel": "t.me/mychannel"}
                """));
    assertThat(task)
        .containsEntry("name", "Java")
        .containsEntry("status", "running")
        .containsEntry("sources", List.of("javajobs", "golangjobs"))
        .containsEntry("include_keywords", List.of("java разработчик"))
        .containsEntry("exclude_keywords", List.of("стажёр"))
        .containsEntry("alerts_personal", true)
        .containsEntry("alerts_channel", "mychannel")
        .containsEntry("forward_channel", "mychannel")
        .containsEntry("merge_reposts", true);
    assertThat(states(task).getFirst())
        .containsEntry("source", "javajobs")
        .containsEntry("url", "https://t.me/javajobs")
        .containsEntry("status", "ok")
        .containsEntry("title", "Title 11")
        .containsEntry("kind", "channel")
        .containsEntry("members", 100)
        .containsEntry("joined", true)
        .doesNotContainKey("error");
    assertThat(ok(web(ann.id()).get().uri("/api/tasks/" + id(task)).exchange())).isEqualTo(task);
    Map<String, Object> list = ok(web(ann.id()).get().uri("/api/tasks").exchange());
    assertThat(list).containsEntry("tasks", List.of(task)).containsEntry("limit", 1);
    assertThat(published).containsExactly(new TasksChanged(ann.id()));
  }

  @Test
  void a_keyword_of_an_earlier_version_that_is_refused_today_is_named_with_the_reason() {
    long id =
        created("{\"name\":\"Java\",\"sources\":\"javajobs\",\"include_keywords\":[\"java\"]}");
    database
        .client()
        .sql("update tasks set include_keywords = ? where id = ?")
        .params("[\"java\",\"***\"]", id)
        .update();
    Map<String, Object> task = ok(web(ann.id()).get().uri("/api/tasks/" + id).exchange());
    assertThat(task.get("ignored_keywords"))
        .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
        .singleElement()
        .satisfies(ignored -> {
          assertThat(ignored.get("keyword")).isEqualTo("***");
          assertThat(ignored.get("detail")).asString().contains("***");
        });
  }

  @Test
  void telegram_is_asked_once_for_a_name_however_often_it_is_entered() {
    plan(ann, Plan.PRO);
    long id = created("{\"name\": \"a\", \"sources\": [\"javajobs\"]}");
    created("{\"name\": \"b\", \"sources\": [\"JAVAJOBS\"]}");
    ok(put(id, "{\"sources\": [\"t.me/javajobs\"]}"));
    ok(post("/api/sources/check", "{\"sources\": [\"javajobs\"]}"));
    assertThat(telegram.log()).containsExactly("resolve javajobs");
  }

  @Test
  void lists_may_be_texts_as_old_scripts_write_them() {
    Map<String, Object> task =
        ok(
            post(
                "/api/tasks",
                """
                {"name": "Java", "sources": "javajobs, @golangjobs",
                 "include_keywords": "java, \\"senior, lead\\"\\nkotlin", "exclude_keywords": "",
                 "forward_channel": "mychannel", "alerts_channel": true, "user_id": 7}
                """));
    assertThat(task)
        .containsEntry("sources", List.of("javajobs", "golangjobs"))
        .containsEntry("include_keywords", List.of("java", "\"senior, lead\"", "kotlin"))
        .containsEntry("exclude_keywords", List.of())
        .containsEntry("alerts_channel", "mychannel");
  }

  @Test
  void a_source_that_is_not_there_is_kept_with_the_reason_and_not_asked_for_again() {
    Map<String, Object> task =
        ok(post("/api/tasks", "{\"name\": \"a\", \"sources\": [\"nobodyhere\", \"javajobs\"]}"));
    assertThat(states(task).getFirst())
        .containsEntry("status", "invalid")
        .containsEntry("error", "NO_SUCH_NAME")
        .containsEntry("detail", "Канала с таким именем нет.");
    assertThat(tasks.find(ann.id(), new TaskId(id(task))).orElseThrow().sources().getFirst())
        .satisfies(source -> {
          assertThat(source.status()).isEqualTo(SourceStatus.INVALID);
          assertThat(source.lastError()).isEqualTo("NO_SUCH_NAME");
          assertThat(source.nextRetryAt()).isNull();
        });
    ok(put(id(task), "{\"status\": \"paused\"}"));
    Map<String, Object> resumed = ok(put(id(task), "{\"status\": \"running\"}"));
    assertThat(states(resumed).getFirst()).containsEntry("status", "invalid");
    assertThat(telegram.log()).containsExactly("resolve nobodyhere", "resolve javajobs");
  }

  @Test
  void naming_a_source_again_is_asking_to_try_it_again() {
    long id = created("{\"name\": \"a\", \"sources\": [\"newchannel\"]}");
    telegram.channel("newchannel", 20);
    assertThat(states(ok(put(id, "{\"sources\": [\"newchannel\"]}"))).getFirst())
        .containsEntry("status", "ok")
        .containsEntry("title", "Title 20");
  }

  @Test
  void a_source_that_telegram_refuses_is_tried_again_later() {
    telegram.refuse("golangjobs", new AccountException.Refused("CHANNEL_PRIVATE", null));
    Map<String, Object> task =
        ok(post("/api/tasks", "{\"name\": \"a\", \"sources\": [\"golangjobs\"]}"));
    assertThat(states(task).getFirst())
        .containsEntry("status", "error")
        .containsEntry("error", "CHANNEL_PRIVATE")
        .containsEntry("detail", "Канал закрыт для вашего аккаунта.")
        .containsEntry("next_retry_at", clock.instant().plusSeconds(60).toString());
  }

  @Test
  void when_telegram_wants_waiting_the_task_is_saved_unchecked_and_telegram_left_alone() {
    telegram.failNext(
        new AccountException.FloodWait("contacts.resolveUsername", Duration.ofSeconds(31), null));
    Map<String, Object> task =
        ok(post("/api/tasks", "{\"name\": \"a\", \"sources\": [\"javajobs\", \"golangjobs\"]}"));
    assertThat(states(task))
        .allSatisfy(state ->
            assertThat(state)
                .containsEntry("status", "not_checked")
                .containsEntry("error", "FLOOD_WAIT")
                .containsEntry("detail", "Telegram просит подождать 31 с; попробуем позже."));
    assertThat(telegram.log()).containsExactly("resolve javajobs");
    ok(put(id(task), "{\"sources\": [\"javajobs\"]}"));
    assertThat(telegram.log()).containsExactly("resolve javajobs");
    clock.advance(Duration.ofSeconds(32));
    assertThat(states(ok(put(id(task), "{\"sources\": [\"javajobs\"]}"))).getFirst())
        .containsEntry("status", "ok");
  }

  @Test
  void a_task_can_be_saved_while_telegram_is_out_of_reach_or_the_session_is_gone() {
    plan(ann, Plan.PRO);
    telegram.failNext(new AccountException.Unreachable(null, null));
    assertThat(
            states(ok(post("/api/tasks", "{\"name\": \"a\", \"sources\": [\"javajobs\"]}")))
                .getFirst())
        .containsEntry("status", "not_checked")
        .containsEntry("error", "UNREACHABLE");
    telegram.state(ann.id(), new AccountState.SessionEnded("SESSION_REVOKED"));
    assertThat(
            states(ok(post("/api/tasks", "{\"name\": \"b\", \"sources\": [\"golangjobs\"]}")))
                .getFirst())
        .containsEntry("status", "not_checked")
        .containsEntry("error", "SESSION_ENDED");
  }

  // --- rules ---------------------------------------------------------------------------------

  @Test
  void everything_that_is_wrong_is_told_at_once() {
    assertThat(
            errors(
                post(
                    "/api/tasks",
                    """
                    {"name": "", "status": "on", "sources": ["12345", "t.me/+abc", "a b"],
                     "include_keywords": ["!!!"], "exclude_keywords": ["\\"open"]}
                    """)))
        .extracting(error -> error.get("field") + " " + error.get("code"))
        .containsExactly(
            "name task_name_length",
            "status task_status",
            "sources source_numeric",
            "sources source_private_link",
            "sources source_not_a_name",
            "include_keywords keyword_no_word",
            "exclude_keywords keyword_unbalanced_quotes");
    assertThat(telegram.log()).isEmpty();
    assertThat(tasks.of(ann.id())).isEmpty();
  }

  @Test
  void a_new_task_needs_a_name_and_a_source() {
    assertThat(errors(post("/api/tasks", "{}")))
        .extracting(error -> error.get("field") + " " + error.get("code"))
        .containsExactly("name missing", "sources missing");
    onlyError(post("/api/tasks", "{\"name\": \"a\", \"sources\": []}"))
        .containsEntry("code", "sources_none");
  }

  @Test
  void a_name_has_a_hundred_characters_at_most() {
    assertThat(ok(post("/api/tasks", named("я".repeat(100))))).containsKey("id");
    onlyError(post("/api/tasks", named("я".repeat(101))))
        .containsEntry("code", "task_name_length")
        .containsEntry("detail", "Название — от 1 до 100 символов.");
    onlyError(post("/api/tasks", named("a\\u0000b"))).containsEntry("code", "task_name_characters");
  }

  private static String named(String name) {
    return "{\"name\": \"" + name + "\", \"sources\": [\"javajobs\"]}";
  }

  @Test
  void ten_sources_are_enough_and_none_is_named_twice() {
    List<String> eleven = IntStream.range(0, 11).mapToObj(i -> "channel" + i).toList();
    String json = JsonMapper.shared().writeValueAsString(Map.of("name", "a", "sources", eleven));
    onlyError(post("/api/tasks", json)).containsEntry("code", "sources_too_many");
    onlyError(
            post(
                "/api/tasks",
                "{\"name\": \"a\", \"sources\": [\"javajobs\", \"https://t.me/JavaJobs\"]}"))
        .containsEntry("code", "source_twice")
        .containsEntry("detail", "Источник @javajobs указан дважды.");
    assertThat(telegram.log()).isEmpty();
  }

  @Test
  void a_value_of_the_wrong_type_is_told_by_its_field() {
    onlyError(post("/api/tasks", "{\"name\": \"a\", \"sources\": [true]}"))
        .containsEntry("field", "sources")
        .containsEntry("code", "wrong_type");
    onlyError(post("/api/tasks", "{\"name\": \"a\", \"alerts_channel\": []}"))
        .containsEntry("field", "alerts_channel");
  }

  @Test
  void a_channels_number_is_refused_in_words_however_it_is_written() {
    for (String sources : List.of("[-1001234567890]", "-1001234567890", "[\"-1001234567890\"]")) {
      onlyError(post("/api/tasks", "{\"name\": \"a\", \"sources\": " + sources + "}"))
          .containsEntry("field", "sources")
          .containsEntry("code", "source_numeric")
          .containsEntry(
              "detail", "«-1001234567890» — это номер. Укажите имя канала: @name или t.me/name.");
    }
    for (String field : List.of("alerts_channel", "forward_channel")) {
      onlyError(
              post(
                  "/api/tasks",
                  "{\"name\": \"a\", \"sources\": [\"javajobs\"], \""
                      + field
                      + "\": -1001234567890}"))
          .containsEntry("field", field)
          .containsEntry("code", "source_numeric");
    }
  }

  @Test
  void an_alert_channel_is_no_source_of_its_task_by_any_name() {
    onlyError(
            post(
                "/api/tasks",
                "{\"name\": \"a\", \"sources\": [\"javajobs\"], \"alerts_channel\":"
                    + " \"@JavaJobs\"}"))
        .containsEntry("code", "alerts_channel_is_source");
    telegram.channel("javajobs_old", 11);
    onlyError(
            post(
                "/api/tasks",
                "{\"name\": \"a\", \"sources\": [\"javajobs\"],"
                    + " \"alerts_channel\": \"javajobs_old\"}"))
        .containsEntry("code", "alerts_channel_is_source");
    long id =
        created(
            "{\"name\": \"a\", \"sources\": [\"javajobs\"], \"alerts_channel\": \"mychannel\"}");
    onlyError(put(id, "{\"sources\": [\"mychannel\"]}"))
        .containsEntry("code", "alerts_channel_is_source");
    assertThat(tasks.of(ann.id()))
        .singleElement()
        .satisfies(
            task -> assertThat(task.alertsChannel()).isEqualTo(new ChannelName("mychannel")));
  }

  @Test
  void a_plan_allows_so_many_tasks() {
    created("{\"name\": \"a\", \"sources\": [\"javajobs\"]}");
    MvcTestResult refused = post("/api/tasks", "{\"name\": \"b\", \"sources\": [\"golangjobs\"]}");
    assertThat(body(refused, 403))
        .containsEntry("code", "task_limit")
        .extractingByKey("detail")
        .asString()
        .contains("1");
    assertThat(telegram.log()).containsExactly("resolve javajobs");
    plan(ann, Plan.BUSINESS);
    for (int i = 2; i <= 6; i++) {
      created("{\"name\": \"b\", \"sources\": [\"golangjobs\"]}");
    }
    assertThat(body(post("/api/tasks", "{\"name\": \"c\", \"sources\": [\"javajobs\"]}"), 403))
        .containsEntry("code", "task_limit");
  }

  @Test
  void after_a_smaller_plan_only_so_many_tasks_run_again() {
    plan(ann, Plan.PRO);
    long first = created("{\"name\": \"a\", \"sources\": [\"javajobs\"], \"status\": \"paused\"}");
    long second = created("{\"name\": \"b\", \"sources\": [\"javajobs\"], \"status\": \"paused\"}");
    plan(ann, Plan.START);
    ok(put(first, "{\"status\": \"running\"}"));
    assertThat(body(put(second, "{\"status\": \"running\"}"), 403))
        .containsEntry("code", "running_task_limit");
    ok(put(second, "{\"name\": \"c\"}"));
    ok(put(first, "{\"status\": \"paused\"}"));
    ok(put(second, "{\"status\": \"running\"}"));
  }

  @Test
  void an_expired_plan_closes_tasks() {
    long id = created("{\"name\": \"a\", \"sources\": [\"javajobs\"]}");
    clock.advance(Plan.TRIAL.length());
    for (MvcTestResult result :
        List.of(
            web(ann.id()).get().uri("/api/tasks").exchange(),
            web(ann.id()).get().uri("/api/tasks/" + id).exchange(),
            post("/api/tasks", "{\"name\": \"b\", \"sources\": [\"javajobs\"]}"),
            post("/api/sources/check", "{\"sources\": [\"javajobs\"]}"),
            put(id, "{\"status\": \"paused\"}"),
            web(ann.id()).delete().uri("/api/tasks/" + id).exchange())) {
      assertThat(body(result, 403)).containsEntry("code", "plan_expired");
    }
  }

  // --- changing ------------------------------------------------------------------------------

  @Test
  void what_a_change_leaves_out_stays_as_it_is() {
    Map<String, Object> before =
        ok(
            post(
                "/api/tasks",
                """
                {"name": "Java", "sources": ["javajobs"], "include_keywords": ["java"],
                 "exclude_keywords": ["php"], "alerts_personal": false,
                 "alerts_channel": "mychannel", "merge_reposts": false}
                """));
    tasks.seen(new TaskId(id(before)), new ChannelName("javajobs"), 41);
    Map<String, Object> after = ok(put(id(before), "{\"status\": \"paused\"}"));
    assertThat(after).containsEntry("status", "paused");
    for (String field :
        List.of(
            "name",
            "sources",
            "include_keywords",
            "exclude_keywords",
            "alerts_personal",
            "alerts_channel",
            "merge_reposts")) {
      assertThat(after).containsEntry(field, before.get(field));
    }
    assertThat(states(after).getFirst()).containsEntry("last_message_id", 41);
  }

  @Test
  void a_task_that_is_read_and_written_back_stays_the_same() {
    Map<String, Object> before =
        ok(
            post(
                "/api/tasks",
                "{\"name\": \"Java\", \"sources\": [\"javajobs\"],"
                    + " \"include_keywords\": [\"java\"], \"alerts_channel\": \"mychannel\"}"));
    assertThat(ok(put(id(before), JsonMapper.shared().writeValueAsString(before))))
        .isEqualTo(before);
  }

  @Test
  void the_alert_channel_is_switched_off_by_null_an_empty_text_or_no() {
    long id = created("{\"name\": \"a\", \"sources\": [\"javajobs\"]}");
    for (String off :
        List.of(
            "{\"alerts_channel\": null}",
            "{\"alerts_channel\": \"\"}",
            "{\"alerts_channel\": false, \"forward_channel\": \"mychannel\"}",
            "{\"forward_channel\": null}")) {
      ok(put(id, "{\"alerts_channel\": \"mychannel\"}"));
      assertThat(ok(put(id, off))).as(off).containsEntry("alerts_channel", null);
    }
    ok(put(id, "{\"forward_channel\": \"mychannel\"}"));
    assertThat(ok(put(id, "{\"alerts_channel\": true}")))
        .containsEntry("alerts_channel", "mychannel");
    onlyError(put(id, "{\"alerts_channel\": \"mychannel\", \"forward_channel\": \"golangjobs\"}"))
        .containsEntry("code", "alerts_channels_differ");
  }

  @Test
  void a_deleted_task_is_gone() {
    long id = created("{\"name\": \"a\", \"sources\": [\"javajobs\"]}");
    assertThat(ok(web(ann.id()).delete().uri("/api/tasks/" + id).exchange()))
        .containsEntry("ok", true);
    assertThat(web(ann.id()).delete().uri("/api/tasks/" + id).exchange()).hasStatus(404);
    assertThat(web(ann.id()).get().uri("/api/tasks/" + id).exchange()).hasStatus(404);
  }

  @Test
  void somebody_elses_task_does_not_exist() {
    long id = created("{\"name\": \"a\", \"sources\": [\"javajobs\"]}");
    MockMvcTester web = web(bob.id());
    assertThat(web.get().uri("/api/tasks/" + id).exchange()).hasStatus(404);
    assertThat(web.delete().uri("/api/tasks/" + id).exchange()).hasStatus(404);
    assertThat(
            web.put()
                .uri("/api/tasks/" + id)
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"name\": \"mine\", \"sources\": [\"golangjobs\"]}")
                .exchange())
        .hasStatus(404);
    assertThat(ok(web.get().uri("/api/tasks").exchange())).containsEntry("tasks", List.of());
    assertThat(tasks.find(ann.id(), new TaskId(id)).orElseThrow().name()).isEqualTo("a");
    assertThat(telegram.log()).containsExactly("resolve javajobs");
  }

  // --- checking ------------------------------------------------------------------------------

  @Test
  void sources_are_checked_before_they_are_saved_and_told_in_the_order_asked() {
    Map<String, Object> answer =
        ok(
            post(
                "/api/sources/check",
                "{\"sources\": \"t.me/golangjobs, 12345, nobodyhere, @JavaJobs\"}"));
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> sources =
        (List<Map<String, Object>>) requireNonNull(answer.get("sources"));
    assertThat(sources).hasSize(4);
    assertThat(sources.get(0)).containsEntry("source", "golangjobs").containsEntry("status", "ok");
    assertThat(sources.get(1))
        .containsEntry("written", "12345")
        .containsEntry("status", "invalid")
        .containsEntry("error", "NUMERIC")
        .doesNotContainKey("source");
    assertThat(sources.get(2)).containsEntry("error", "NO_SUCH_NAME");
    assertThat(sources.get(3)).containsEntry("title", "Title 11");
    assertThat(tasks.of(ann.id())).isEmpty();
    assertThat(published).isEmpty();
  }

  @Test
  void one_check_asks_for_ten_names_at_most() {
    String eleven = String.join(",", IntStream.range(0, 11).mapToObj(i -> "channel" + i).toList());
    onlyError(post("/api/sources/check", "{\"sources\": \"" + eleven + "\"}"))
        .containsEntry("code", "sources_too_many");
    onlyError(post("/api/sources/check", "{}")).containsEntry("code", "missing");
    assertThat(telegram.log()).isEmpty();
  }

  @Test
  void a_destination_that_leads_do_not_reach_is_told_with_the_task() {
    long id = created("{\"name\":\"A\",\"sources\":[\"javajobs\"]}");
    assertThat(ok(get("/api/tasks/" + id))).containsEntry("delivery_problems", List.of());
    delivery.set(
        List.of(
            new DeliveryProblem(
                new TaskId(id), "myalerts", "CHAT_WRITE_FORBIDDEN", clock.instant()),
            new DeliveryProblem(new TaskId(id + 1), "self", "OTHER", clock.instant())));
    assertThat(ok(get("/api/tasks/" + id)).get("delivery_problems"))
        .isEqualTo(
            List.of(
                Map.of(
                    "destination",
                    "myalerts",
                    "error",
                    "CHAT_WRITE_FORBIDDEN",
                    "detail",
                    "Ваш аккаунт не может писать в этот канал. Дайте ему право публиковать или"
                        + " выберите другой.",
                    "at",
                    clock.instant().toString())));
  }

  @Test
  void no_more_than_thirty_names_a_minute_are_asked_for() {
    for (int call = 0; call < 4; call++) {
      int from = call * 10;
      String ten =
          String.join(",", IntStream.range(from, from + 10).mapToObj(i -> "channel" + i).toList());
      ok(post("/api/sources/check", "{\"sources\": \"" + ten + "\"}"));
    }
    assertThat(telegram.log()).hasSize(30);
    clock.advance(Duration.ofMinutes(1));
    ok(post("/api/sources/check", "{\"sources\": \"channel39\"}"));
    assertThat(telegram.log()).hasSize(31);
  }

  @Test
  void a_source_that_stalls_says_what_is_wrong_since_when_and_what_will_happen() {
    post("/api/tasks", "{\"name\":\"Java\",\"sources\":[\"javajobs\",\"golangjobs\"]}");
    TestStalls.begin(
        stalls,
        ann.id(),
        11,
        new WatchStall(
            WatchStall.Cause.REFUSED,
            "FROZEN_PARTICIPANT_MISSING",
            clock.instant().minusSeconds(720),
            3,
            false));
    assertThat(web(ann.id()).get().uri("/api/tasks").exchange())
        .bodyJson()
        .isLenientlyEqualTo(
            """
            {"tasks":[{"source_states":[
              {"source":"javajobs","status":"error","error":"STALLED_REFUSED","detail":
                "Новые посты не приходят уже 12 мин: Telegram отказывает (FROZEN_PARTICIPANT_MISSING). Мы продолжаем спрашивать; как только он ответит, придёт и пропущенное."},
              {"source":"golangjobs","status":"ok"}]}]}
            """);
  }
}

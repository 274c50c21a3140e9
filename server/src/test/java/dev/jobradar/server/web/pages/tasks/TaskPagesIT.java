package dev.jobradar.server.web.pages.tasks;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import dev.jobradar.sandbox.world.ChannelSettings;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.TaskDraft;
import dev.jobradar.server.tasks.TaskStatus;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.Plan;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.WebSessions;
import dev.jobradar.server.web.pages.browser.BrowserTest;
import dev.jobradar.server.web.pages.browser.Pages;
import dev.jobradar.server.web.pages.browser.Tab;
import dev.jobradar.server.web.pages.browser.View;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The list of tasks, the form of one with its preview, and its page. */
@BrowserTest
class TaskPagesIT {
  @RegisterExtension static final Pages pages = new Pages();

  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** Both languages and screens, in one theme each. */
  static Stream<View> views() {
    return View.all().stream()
        .filter(view -> view.theme().equals(view.language().equals("ru") ? "light" : "dark"));
  }

  private static String channel(String... posts) {
    String name = "vacancies" + NUMBER.incrementAndGet();
    pages.sandbox().makeChannel(name, ChannelSettings.NONE.titled("Vacancies of the day"));
    for (String post : posts) {
      pages.sandbox().post(name, post);
    }
    return name;
  }

  private static Task task(User user, String name, String... sources) {
    return pages
        .bean(Tasks.class)
        .create(
            user.id(),
            new TaskDraft(
                name,
                TaskStatus.RUNNING,
                List.of("java", "kotlin"),
                List.of("стажёр"),
                true,
                null,
                true,
                Stream.of(sources).map(ChannelName::parse).toList()),
            10)
        .orElseThrow();
  }

  private static void plan(User user, Plan plan) {
    pages
        .bean(JdbcClient.class)
        .sql("update users set plan = ?, plan_until = ? where id = ?")
        .params(plan.text(), Instant.now().plus(plan.length()).toEpochMilli(), user.id().value())
        .update();
  }

  private static String path(Task task) {
    return "/tasks/" + task.id().value();
  }

  // --- the whole journey ---------------------------------------------------------------------

  @ParameterizedTest
  @MethodSource("views")
  void a_task_is_made_by_the_keyboard_alone_edited_paused_and_deleted(View view) {
    User user = pages.connected();
    String channel = channel("Ищем Java разработчика", "Ищем стажёра на Java", "Нужен дворник");
    Tab tab = pages.signedIn(user, view).open("/tasks").isUsable();
    Page page = tab.page();

    page.keyboard().press("n");
    assertThat(page).hasURL(pages.base() + "/tasks/new");
    tab.isUsable();
    tab.at("#field-name").focus();
    page.keyboard().type("Java");
    page.keyboard().press("Tab");
    page.keyboard().type("@" + channel + ", t.me/" + channel + "/3");
    assertThat(tab.at("#found li")).containsText("Vacancies of the day");
    page.keyboard().press("Tab");
    page.keyboard().type("java");
    page.keyboard().press("Tab");
    page.keyboard().press("Tab");
    page.keyboard().type("стажёр");
    tab.at("#task-form .primary").focus();
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");

    assertThat(tab.at("#preview")).isFocused();
    assertThat(tab.at("#preview mark")).hasText("Java");
    assertThat(tab.at("#preview .preview-post")).containsText("Ищем Java разработчика");
    assertThat(page.locator("#preview details .preview-post")).hasCount(2);
    assertThat(tab.at("#preview details")).containsText("стажёр");
    page.locator("#preview summary").click();
    tab.isUsable();

    tab.at("#task-form .primary").focus();
    page.keyboard().press("Enter");
    assertThat(page).hasURL(Pattern.compile(".*/tasks/\\d+$"));
    assertThat(tab.at("h1")).hasText("Java");
    assertThat(page.locator("[id$=-sources] > li")).hasCount(1);
    tab.isUsable();

    tab.at("a[data-key=e]").click();
    assertThat(page).hasURL(Pattern.compile(".*/edit$"));
    tab.at("#field-name").fill("Java remote");
    tab.at("#task-form .primary").click();
    assertThat(tab.at("h1")).hasText("Java remote");

    page.navigate("/tasks");
    tab.at("[id$=-button]").press("Enter");
    assertThat(tab.at("[id$=-state] .badge"))
        .hasText(view.language().equals("ru") ? "на паузе" : "paused");
    assertThat(tab.at("[id$=-button]")).isFocused();
    tab.isUsable();

    tab.at("#tasks a[href$=delete]").click();
    assertThat(tab.at("h1")).containsText("Java remote");
    tab.isUsable();
    tab.at("main .danger").click();
    assertThat(page).hasURL(pages.base() + "/tasks");
    assertThat(tab.at("main .empty")).isVisible();
  }

  @Test
  void the_limit_of_the_plan_is_shown_before_the_form() {
    User user = pages.person();
    Task task = task(user, "Java", "@javajobs");
    Tab tab = pages.signedIn(user, View.PLAIN).open("/tasks/new").isUsable();
    assertThat(tab.page().locator("#task-form")).hasCount(0);
    assertThat(tab.at("main")).containsText("На вашем тарифе может быть 1 задача");
    tab.open("/tasks");
    assertThat(tab.page().locator("a[href='/tasks/new']")).hasCount(0);
    assertThat(tab.at("main")).containsText("Занята 1 задача из 1");

    plan(user, Plan.PRO);
    tab.open(path(task));
    tab.page().locator("a[href*=from]").click();
    assertThat(tab.at("#field-name")).hasValue("Java (копия)");
    assertThat(tab.at("#field-sources")).hasValue("@javajobs");
    assertThat(tab.at("#field-include_keywords")).hasValue("java\nkotlin");
  }

  @Test
  void it_works_without_a_script() {
    User user = pages.connected();
    String channel = channel("Ищем Java разработчика");
    Tab tab = pages.signedIn(user, View.PLAIN);
    tab.page().route("**/*.js", route -> route.abort());
    tab.ignoringLost().expecting(422).open("/tasks/new");
    tab.at("#field-sources").fill("@" + channel);
    tab.at("#field-include_keywords").fill("java");
    tab.at("#task-form button:not(.primary)").click();
    assertThat(tab.at("#preview mark")).hasText("Java");
    assertThat(tab.at("#field-sources")).hasValue("@" + channel);
    tab.at("#task-form .primary").click();
    assertThat(tab.at("#errors")).containsText("Название");
    tab.at("#field-name").fill("Java");
    tab.at("#task-form .primary").click();
    assertThat(tab.at("h1")).hasText("Java");
    tab.at("[id$=-button]").click();
    assertThat(tab.at("[id$=-state] .badge")).hasText("на паузе");
  }

  // --- faults of the page that was before ----------------------------------------------------

  @ParameterizedTest
  @MethodSource("views")
  void a_refused_form_shows_what_is_wrong_where_it_is_seen_and_keeps_what_was_typed(View view) {
    Tab tab = pages.signedIn(pages.person(), view).expecting(422).open("/tasks/new");
    tab.at("#field-sources").fill("12345");
    tab.at("#field-include_keywords").fill("java |");
    tab.at("#task-form .primary").click();
    assertThat(tab.at("#errors")).isFocused();
    assertThat(tab.at("#errors")).isInViewport();
    assertThat(tab.page().locator("#errors li")).hasCount(3);
    assertThat(tab.at("#field-sources")).hasValue("12345");
    assertThat(tab.at("#field-include_keywords")).hasAttribute("aria-invalid", "true");
    tab.isUsable();
    tab.page().locator("#errors a").nth(1).click();
    assertThat(tab.at("#field-sources")).isFocused();
    // The preview marks the fields too.
    tab.at("#field-include_keywords").fill("java");
    tab.at("#task-form button:not(.primary)").click();
    assertThat(tab.page().locator("#errors li")).hasCount(1);
    assertThat(tab.at("#errors")).isFocused();
    assertThat(tab.at("#field-sources")).hasAttribute("aria-invalid", "true");
  }

  @Test
  void a_preview_says_why_it_found_nothing() {
    User user = pages.connected();
    String channel = channel("Нужен дворник");
    Tab tab = pages.signedIn(user, View.PLAIN).open("/tasks/new");
    tab.at("#field-sources").fill("@nosuchchannel77");
    tab.at("#field-include_keywords").fill("java");
    tab.at("#task-form button:not(.primary)").click();
    assertThat(tab.at("#preview h2")).hasText("Ничего не нашлось");
    assertThat(tab.at("#preview")).containsText("Канала с таким именем нет");
    tab.at("#field-sources").fill("@" + channel);
    tab.at("#task-form button:not(.primary)").click();
    assertThat(tab.at("#preview")).containsText("Прочитан 1 пост, и он не подошёл");
    assertThat(tab.at("#preview details")).containsText("Нужен дворник");

    Tab disconnected = pages.signedIn(pages.person(), View.PLAIN).open("/tasks/new");
    disconnected.at("#field-sources").fill("@" + channel);
    disconnected.at("#task-form button:not(.primary)").click();
    assertThat(disconnected.at("#preview .notice")).containsText("Telegram не подключён");
    assertThat(disconnected.at("#preview .notice a")).hasAttribute("href", "/telegram");
  }

  @Test
  void a_task_whose_account_is_not_connected_does_not_say_that_it_runs() {
    User user = pages.person();
    Task task = task(user, "Java", "@javajobs");
    Tab tab = pages.signedIn(user, View.PLAIN).open(path(task));
    assertThat(tab.at("[id$=-state] .badge")).hasText("не работает");
    assertThat(tab.at("[id$=-state]")).containsText("Telegram не подключён");
    assertThat(tab.at("[id$=-state] a[href='/telegram']")).isVisible();
    assertThat(tab.at("main")).not().containsText("приходят сразу");
  }

  @Test
  void an_expired_plan_says_what_to_do() {
    User user = pages.person();
    plan(user, Plan.EXPIRED);
    Tab tab = pages.signedIn(user, View.PLAIN).open("/tasks", 403).isUsable();
    assertThat(tab.at("main")).containsText("Задачи, ключевые слова и найденные лиды сохранены");
    assertThat(tab.at("main a.primary")).hasText("Выбрать тариф");
  }

  @Test
  void views_have_addresses() {
    User user = pages.person();
    Task task = task(user, "Java", "@javajobs");
    Tab tab = pages.signedIn(user, View.PLAIN).open("/tasks");
    tab.at("#tasks h2 a").click();
    assertThat(tab.page()).hasURL(pages.base() + path(task));
    tab.at("a[data-key=e]").click();
    assertThat(tab.page()).hasURL(pages.base() + path(task) + "/edit");
    tab.page().reload();
    assertThat(tab.at("#field-name")).hasValue("Java");
    tab.page().goBack();
    assertThat(tab.at("h1")).hasText("Java");
    tab.page().goBack();
    assertThat(tab.at("h1")).hasText("Задачи");
    tab.open("/tasks/" + (task.id().value() + 100_000), 404);
    Tab other = pages.signedIn(pages.person(), View.PLAIN).open(path(task), 404);
    other.open(path(task) + "/edit", 404);
    other.open(path(task) + "/delete", 404);
  }

  @Test
  void typed_work_is_lost_neither_by_a_link_nor_by_an_expired_sign_in() {
    User user = pages.connected();
    String channel = channel();
    Tab tab = pages.signedIn(user, View.PLAIN).expecting(401).open("/tasks/new");
    Page page = tab.page();
    tab.at("#field-name").fill("Java");
    tab.at("#field-sources").fill("@" + channel);
    page.onceDialog(dialog -> dialog.dismiss());
    tab.at("#task-form a.quiet").click();
    assertThat(tab.at("#field-name")).hasValue("Java");

    pages.bean(WebSessions.class).endAll(user.id());
    tab.at("#task-form .primary").click();
    assertThat(tab.at("#signed-out")).isVisible();
    assertThat(tab.at("#signed-out")).isFocused();
    assertThat(tab.at("#field-name")).hasValue("Java");
    assertThat(page).hasURL(pages.base() + "/tasks/new");

    String token = pages.bean(WebSessions.class).begin(user.id(), WebSessions.Browser.UNKNOWN);
    page.context().addCookies(List.of(new Cookie("auth_token", token).setUrl(pages.base())));
    tab.at("#task-form .primary").click();
    assertThat(page).hasURL(Pattern.compile(".*/tasks/\\d+$"));
    assertThat(tab.at("h1")).hasText("Java");
  }

  @Test
  void an_alert_channel_that_is_not_there_is_refused_while_the_form_is_open() {
    User user = pages.connected();
    String channel = channel();
    Tab tab = pages.signedIn(user, View.PLAIN).expecting(422).open("/tasks/new");
    tab.at("#field-name").fill("Java");
    tab.at("#field-sources").fill(channel);
    tab.at("#field-alerts_channel").fill("@nosuchchannel78");
    tab.at("#task-form .primary").click();
    assertThat(tab.at("#errors")).containsText("Канала с таким именем нет");
    assertThat(tab.at("#field-alerts_channel")).hasAttribute("aria-invalid", "true");
    assertThat(tab.at("#field-name")).hasValue("Java");
  }

  @Test
  void a_request_that_hangs_leaves_no_dead_button() {
    User user = pages.person();
    task(user, "Java", "@javajobs");
    Tab tab = pages.signedIn(user, View.PLAIN).ignoringLost().open("/tasks");
    int[] asked = new int[1];
    tab.page()
        .route(
            "**/status",
            route -> {
              if (asked[0]++ == 0) {
                route.abort();
              } else {
                route.resume();
              }
            });
    tab.at("[id$=-button]").click();
    assertThat(tab.at("#unreachable")).isVisible();
    tab.at("[id$=-button]").click();
    assertThat(tab.at("[id$=-state] .badge")).hasText("на паузе");
    assertThat(tab.at("#unreachable")).isHidden();
  }

  @Test
  void figures_have_their_plurals_and_a_long_word_breaks_no_layout() {
    User user = pages.person();
    Task task = task(user, "х".repeat(100), "@javajobs", "@golangjobs");
    Tab tab = pages.signedIn(user, new View("ru", View.Screen.PHONE, "light"));
    tab.open("/tasks").isUsable();
    assertThat(tab.at("[id$=-state]")).containsText("2 источника");
    tab.open(path(task)).isUsable();
    tab.open(path(task) + "/delete").isUsable();
  }

  // --- open pages ----------------------------------------------------------------------------

  @Test
  void what_happens_elsewhere_is_shown_part_by_part() {
    User user = pages.person();
    Task first = task(user, "First", "@javajobs");
    Tab tab = pages.signedIn(user, View.PLAIN);
    tab.page().waitForResponse("**/live", () -> tab.open("/tasks"));
    tab.page().evaluate("document.querySelector('#tasks h2 a').marked = true");
    Task second = task(user, "Second", "@golangjobs");
    assertThat(tab.at("#task-" + second.id().value() + " h2")).hasText("Second");
    pages
        .bean(Tasks.class)
        .update(
            user.id(),
            first.id(),
            new TaskDraft(
                "First",
                TaskStatus.PAUSED,
                List.of(),
                List.of(),
                true,
                null,
                true,
                List.of(ChannelName.parse("javajobs"))));
    assertThat(tab.at("#task-" + first.id().value() + "-state .badge")).hasText("на паузе");
    assertThat(tab.at("#task-" + first.id().value() + "-button")).hasText("Запустить");
    pages.bean(Tasks.class).delete(user.id(), second.id());
    assertThat(tab.page().locator("#task-" + second.id().value())).hasCount(0);
    assertThat((Boolean) tab.page().evaluate("document.querySelector('#tasks h2 a').marked"))
        .as("the rest of the list stayed")
        .isTrue();
  }
}

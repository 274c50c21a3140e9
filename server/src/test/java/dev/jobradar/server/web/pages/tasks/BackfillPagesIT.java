package dev.jobradar.server.web.pages.tasks;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.world.ChannelSettings;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.TaskDraft;
import dev.jobradar.server.tasks.TaskStatus;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.pages.browser.BrowserTest;
import dev.jobradar.server.web.pages.browser.Pages;
import dev.jobradar.server.web.pages.browser.Tab;
import dev.jobradar.server.web.pages.browser.View;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The search of a task's history, as it goes on. */
@BrowserTest
class BackfillPagesIT {
  @RegisterExtension static final Pages pages = new Pages("--jobradar.backfill.pause=300ms");

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static String channel(int posts, int matching) {
    String name = "archive" + NUMBER.incrementAndGet();
    pages.sandbox().makeChannel(name, ChannelSettings.NONE);
    for (int i = 1; i <= posts; i++) {
      pages.sandbox().post(name, (i <= matching ? "Ищем Java " : "Ищем дворника ") + i);
    }
    return name;
  }

  private static Task task(User user, String... sources) {
    return pages
        .bean(Tasks.class)
        .create(
            user.id(),
            new TaskDraft(
                "Java",
                TaskStatus.PAUSED,
                List.of("java"),
                List.of(),
                true,
                null,
                true,
                Stream.of(sources).map(ChannelName::parse).toList()),
            10)
        .orElseThrow();
  }

  private static Tab open(User user, Task task, View view) {
    return pages.signedIn(user, view).open("/tasks/" + task.id().value());
  }

  private static void hasText(Tab tab, String selector, String text) {
    assertThat(tab.at(selector))
        .containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(60_000));
  }

  @Test
  void a_search_shows_its_progress_and_its_result_and_takes_no_click_away() {
    User user = pages.connected();
    Task task = task(user, channel(1_500, 30));
    Tab tab = open(user, task, View.PLAIN);
    Page page = tab.page();
    tab.at("#field-wanted").selectOption("1000");
    page.getByText("Найти в истории").click();
    assertThat(tab.at("#backfills progress")).isVisible();
    // Pages come meanwhile: what stands beside them is clicked all the same.
    int clicks = 0;
    for (int i = 0; i < 10; i++) {
      String before = tab.at("[id$=-switch] input[name=status]").inputValue();
      page.mouse().move(0, 0);
      tab.at("[id$=-button]").hover();
      page.mouse().down();
      page.evaluate("new Promise(done => setTimeout(done, 120))");
      page.mouse().up();
      assertThat(tab.at("[id$=-switch] input[name=status]"))
          .hasValue(before.equals("running") ? "paused" : "running");
      clicks++;
    }
    assertThat(clicks).isEqualTo(10);
    hasText(tab, "#backfills .badge", "готово");
    hasText(tab, "#backfills", "Прочитано 1\u00a0500 постов, подошло 30, 30 новых лидов");
    hasText(tab, "[id$=-state]", "30 лидов");
    assertThat(page.locator("#backfills button")).hasText("Скрыть");
    tab.isUsable();
    page.locator("#backfills button").press("Enter");
    assertThat(page.locator("#backfills > .card")).hasCount(0);
    assertThat(tab.at("#backfills .only-read")).isFocused();
    page.reload();
    assertThat(page.locator("#backfills > .card")).hasCount(0);
  }

  @Test
  void a_search_is_cancelled_here_and_shown_so_in_other_tabs() {
    User user = pages.connected();
    String name = channel(1, 1);
    Task task = task(user, name);
    pages
        .sandbox()
        .faults()
        .set(
            new Fault.Fail(420, "FLOOD_WAIT_300"),
            Aim.channel(pages.sandbox().channel(name)).calling("messages.getHistory"),
            1);
    Tab tab = open(user, task, new View("en", View.Screen.PHONE, "dark"));
    Page other = tab.another();
    other.navigate("/tasks/" + task.id().value());
    tab.at("#field-wanted").selectOption("1000");
    tab.at("main form.card button").click();
    hasText(tab, "#backfills .badge", "waiting");
    hasText(tab, "#backfills", "Next try at");
    tab.isUsable();
    assertThat(other.locator("#backfills progress")).isVisible();
    tab.page().locator("#backfills button").click();
    hasText(tab, "#backfills .badge", "cancelled");
    assertThat(other.locator("#backfills .badge")).hasText("cancelled");
    assertThat(other.locator("#backfills button")).hasCount(2);
    tab.isUsable();
  }

  @Test
  void one_that_failed_says_why_and_can_be_tried_again_or_dismissed() {
    User user = pages.connected();
    String name = channel(1, 1);
    Task task = task(user, name);
    pages
        .sandbox()
        .faults()
        .set(
            new Fault.Fail(400, "CHANNEL_PRIVATE"),
            Aim.channel(pages.sandbox().channel(name)).calling("messages.getHistory"),
            1);
    Tab tab = open(user, task, View.PLAIN);
    tab.at("main form.card button").click();
    hasText(tab, "#backfills .badge", "не удался");
    hasText(tab, "#backfills", "Канал закрыт для вашего аккаунта");
    assertThat(tab.page().locator("#backfills button"))
        .hasText(new String[] {"Повторить", "Скрыть"});
    tab.at("#backfills button").click();
    hasText(tab, "#backfills .badge", "готово");
    assertThat(tab.page().locator("#backfills > .card")).hasCount(1);
    hasText(tab, "#backfills", "1 новый лид");
  }
}

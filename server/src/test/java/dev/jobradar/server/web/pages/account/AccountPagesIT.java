package dev.jobradar.server.web.pages.account;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.options.Cookie;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.server.account.FloodWaits;
import dev.jobradar.server.delivery.DeliveryHeld;
import dev.jobradar.server.users.User;
import dev.jobradar.server.users.Users;
import dev.jobradar.server.web.WebSessions;
import dev.jobradar.server.web.pages.browser.BrowserTest;
import dev.jobradar.server.web.pages.browser.Pages;
import dev.jobradar.server.web.pages.browser.Tab;
import dev.jobradar.server.web.pages.browser.View;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@BrowserTest
class AccountPagesIT {
  private static final String CONTACT = "boss@jobs.example";

  @RegisterExtension static final Pages pages = new Pages("--jobradar.contact=" + CONTACT);

  /** Each language on each screen, each theme twice. */
  static List<View> corners() {
    return List.of(
        new View("ru", View.Screen.PHONE, "light"),
        new View("ru", View.Screen.DESK, "dark"),
        new View("en", View.Screen.PHONE, "dark"),
        new View("en", View.Screen.DESK, "light"));
  }

  /** Fault 20: what axe-core finds, headings, and width. */
  @ParameterizedTest
  @MethodSource("corners")
  void every_page_can_be_used_by_everybody(View view) {
    Tab tab = pages.signedIn(pages.person(), view);
    for (String path :
        List.of(
            "/telegram", "/settings", "/settings/delete", "/plan", "/help", "/privacy", "/terms")) {
      tab.open(path).isUsable();
      assertThat(tab.at("html")).hasAttribute("lang", view.language());
    }
    Tab visitor = pages.visitor(view);
    for (String path : List.of("/help", "/privacy", "/terms", "/deleted")) {
      visitor.open(path);
      assertThat(visitor.at("main h1")).isVisible();
    }
  }

  /** Somebody whom Telegram knows; by the page's own way. */
  private static Tab signIn(View view, String phone) {
    Tab tab = pages.visitor(view).open("/sign-in?next=%2Ftelegram");
    tab.at("#field-phone").fill(phone);
    tab.at("main .primary").click();
    tab.at("#field-code").fill("11111");
    tab.at("main .primary").click();
    assertThat(tab.page()).hasURL(pages.base() + "/telegram");
    return tab;
  }

  private static UserId account(String phone) {
    return pages.sandbox().world().userByPhone(phone).orElseThrow().id();
  }

  private static User user(String phone) {
    return pages.bean(Users.class).findByPhone(phone).orElseThrow();
  }

  private static void revoke(String phone) {
    pages
        .sandbox()
        .world()
        .authorizations(account(phone))
        .forEach(each -> pages.sandbox().world().revoke(each.key(), 401, "SESSION_REVOKED"));
  }

  /** Faults 16 and 17. */
  @Test
  void telegrams_page_shows_by_itself_a_wait_its_end_and_that_the_session_has_ended() {
    String phone = "9996610212";
    Tab tab = signIn(View.PLAIN, phone).isUsable();
    assertThat(tab.at("[data-connection=connected] .badge")).hasText("подключён");
    assertThat(tab.at(".facts")).containsText("Дата-центр Telegram");
    assertThat(tab.at("#deliveries")).containsText("Все лиды отправлены.");
    User user = user(phone);
    pages.bean(FloodWaits.class).put(user.id(), FloodWaits.SENDING, Duration.ofSeconds(4));
    pages.publish(new DeliveryHeld(user.id()));
    assertThat(tab.at("#hold")).containsText("Telegram просит подождать");
    assertThat(tab.at("#hold")).hasCount(0);

    revoke(phone);
    tab.expecting(409)
        .page()
        .evaluate(
            """
            fetch('/api/user/refresh', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: '{}'})
            """);
    assertThat(tab.at("[data-connection=ended]")).containsText("Telegram завершил вход JobRadar");
    assertThat(tab.at("[data-connection=ended] code")).hasText("SESSION_REVOKED");
    assertThat(tab.at("a[href='/telegram/disconnect']")).hasCount(0);
    tab.isUsable();
    tab.at("[data-connection=ended] .primary").click();
    assertThat(tab.at("#field-phone")).hasValue(phone);
  }

  @Test
  void telegram_is_disconnected_after_a_question_and_the_person_stays_signed_in() {
    String phone = "9996610222";
    Tab tab = signIn(new View("en", View.Screen.PHONE, "light"), phone);
    tab.at("a[href='/telegram/disconnect']").click();
    assertThat(tab.at("h1")).hasText("Disconnect Telegram?");
    tab.isUsable();
    tab.at("main button.danger").click();
    assertThat(tab.page()).hasURL(pages.base() + "/telegram");
    assertThat(tab.at("[data-connection=none] .badge")).hasText("not connected");
    assertThat(tab.at("a[href='/telegram/disconnect']")).hasCount(0);
    assertThat(pages.sandbox().world().authorizations(account(phone))).isEmpty();
  }

  @Test
  void what_is_set_stays_set_and_other_browsers_are_signed_out() {
    User user = pages.person();
    WebSessions sessions = pages.bean(WebSessions.class);
    for (String name : List.of("Firefox, Linux", "Safari, iPhone", "Opera, Windows")) {
      sessions.begin(user.id(), new WebSessions.Browser(name, "192.0.2.0/24", null));
    }
    Tab tab = pages.signedIn(user, View.PLAIN).open("/help").open("/settings");
    assertThat(tab.at("main")).containsText("Asia/Yekaterinburg");
    assertThat(tab.at("main")).containsText("192.0.2.0/24 · только что");
    tab.at("input[name=personal]").uncheck();
    tab.at("form[action='/settings/alerts'] button").click();
    assertThat(tab.at("main [role=status]")).isFocused();
    assertThat(tab.at("input[name=personal]")).not().isChecked();
    assertThat(pages.bean(Users.class).find(user.id()).orElseThrow().alertsPersonal()).isFalse();

    assertThat(tab.page().locator(".browser")).hasCount(4);
    tab.at(".browser:has-text('Firefox') button").click();
    assertThat(tab.page().locator(".browser")).hasCount(3);
    assertThat(tab.at("main")).not().containsText("Firefox");
    tab.at("form[action='/settings/browsers/end-others'] button").click();
    assertThat(tab.page().locator(".browser")).hasCount(1);
    assertThat(tab.at(".browser")).containsText("этот браузер");

    tab.at("main button[value=en]").click();
    assertThat(tab.at("h1")).hasText("Settings");
    tab.at("form[action='/sign-out'] button").click();
    assertThat(tab.page()).hasURL(pages.base() + "/welcome");
    assertThat(sessions.list(user.id())).isEmpty();
  }

  @Test
  void nobody_signs_a_browser_of_somebody_else_out() {
    User other = pages.person();
    WebSessions sessions = pages.bean(WebSessions.class);
    sessions.begin(other.id(), WebSessions.Browser.UNKNOWN);
    long id = sessions.list(other.id()).getFirst().id();
    Tab tab = pages.signedIn(pages.person(), View.PLAIN).expecting(404).open("/settings");
    tab.at(".browser form")
        .evaluate(
            "(form, id) => form.setAttribute('action', `/settings/browsers/${id}/end`)", (int) id);
    tab.at(".browser form button").click();
    assertThat(tab.at("main")).containsText("Ошибка 404");
    assertThat(sessions.list(other.id())).hasSize(1);
  }

  @Test
  void a_person_takes_all_that_is_kept_about_them_along() throws IOException {
    User user = pages.person();
    User other = pages.person();
    Tab tab = pages.signedIn(user, View.PLAIN).open("/settings");
    Download download = tab.page().waitForDownload(() -> tab.at("a[download]").click());
    assertThat(download.suggestedFilename()).isEqualTo("jobradar.json");
    JsonNode all = JsonMapper.shared().readTree(Files.readString(download.path()));
    assertThat(all.path("users").get(0).path("phone").asString()).isEqualTo(user.phone());
    assertThat(all.path("web_sessions").size()).isEqualTo(1);
    assertThat(all.toString()).doesNotContain("token_hash", other.phone());
  }

  @Test
  void an_account_is_deleted_only_with_the_word_typed_and_then_whole() {
    String phone = "9996610232";
    Tab tab = signIn(View.PLAIN, phone).expecting(422);
    User user = user(phone);
    Cookie cookie =
        tab.page().context().cookies().stream()
            .filter(each -> each.name.equals("auth_token"))
            .findFirst()
            .orElseThrow();
    tab.open("/settings/delete");
    tab.at("#field-confirmation").fill("да");
    tab.at("main button.danger").click();
    assertThat(tab.at("#errors")).isFocused();
    assertThat(tab.at("#errors")).containsText("УДАЛИТЬ");
    assertThat(pages.bean(Users.class).find(user.id())).isPresent();
    tab.at("#field-confirmation").fill("удалить ");
    tab.at("main button.danger").click();
    assertThat(tab.page()).hasURL(pages.base() + "/deleted");
    assertThat(tab.at("h1")).hasText("Аккаунт удалён");
    assertThat(pages.bean(Users.class).find(user.id())).isEmpty();
    assertThat(pages.sandbox().world().authorizations(account(phone))).isEmpty();
    assertThat(tab.cookie("device") + tab.cookie("auth_token")).isEmpty();
    tab.page()
        .context()
        .addCookies(List.of(new Cookie("auth_token", cookie.value).setUrl(pages.base())));
    tab.open("/settings");
    assertThat(tab.page()).hasURL(pages.base() + "/sign-in?next=%2Fsettings");
  }

  @Test
  void an_expired_plan_says_what_it_means_and_what_to_do() {
    User user = pages.person();
    Tab tab = pages.signedIn(user, View.PLAIN).open("/plan");
    assertThat(tab.at("main")).containsText("Задачи: 0 из 1");
    assertThat(tab.at("main")).containsText(Pattern.compile("Действует до \\d"));
    pages
        .bean(JdbcClient.class)
        .sql("update users set plan_until = 1 where id = ?")
        .param(user.id().value())
        .update();
    tab.open("/plan").isUsable();
    assertThat(tab.at("main .notice")).containsText("Ничего не удалено");
    assertThat(tab.at("main")).containsText("попросите оператора");
    assertThat(tab.at("main a[href='mailto:" + CONTACT + "']")).isVisible();
  }

  @Test
  void the_help_is_searched_and_its_answers_have_addresses() {
    Tab tab = pages.visitor(new View("en", View.Screen.DESK, "light")).open("/help");
    assertThat(tab.page().locator("main section")).hasCount(HelpTopics.KEYS.size());
    tab.page().keyboard().press("/");
    tab.page().keyboard().type("deleting data");
    tab.page().keyboard().press("Enter");
    assertThat(tab.page().locator("main section")).hasCount(1);
    assertThat(tab.at("#delete h2")).hasText("How do I get or delete my data?");
    assertThat(tab.at("main [role=status]")).hasText("1 answer found.");
    assertThat(tab.page()).hasURL(Pattern.compile(".*/help\\?q=deleting(\\+|%20)data"));
    tab.open("/help?q=%3Cscript%3Exyz").isUsable();
    assertThat(tab.at("main [role=status]")).hasText("Nothing found. Try another word.");
  }
}

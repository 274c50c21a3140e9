package dev.jobradar.server.web.pages.account;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.world.HistoryQuery;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.server.signin.SignInFlow;
import dev.jobradar.server.web.pages.LocalPath;
import dev.jobradar.server.web.pages.browser.BrowserTest;
import dev.jobradar.server.web.pages.browser.Pages;
import dev.jobradar.server.web.pages.browser.Tab;
import dev.jobradar.server.web.pages.browser.View;
import dev.jobradar.server.web.signin.Started;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sign-in as people do it, with the sandbox's codes. Each browser has a network of its own. */
@BrowserTest
class SignInPagesIT {
  @RegisterExtension
  static final Pages pages = new Pages("--server.forward-headers-strategy=native");

  private static final View ENGLISH = new View("en", View.Screen.PHONE, "light");
  private static final AtomicInteger NETWORKS = new AtomicInteger();

  private static Tab visitor(View view) {
    Tab tab = pages.visitor(view);
    tab.page()
        .context()
        .setExtraHTTPHeaders(
            Map.of("X-Forwarded-For", "198.18.%d.7".formatted(NETWORKS.incrementAndGet())));
    return tab;
  }

  /** At the code step; leads to the settings. */
  private static Tab asked(View view, String phone) {
    Tab tab = visitor(view).open("/sign-in?next=%2Fwelcome%3Fdone");
    tab.at("#field-phone").fill(phone);
    tab.at("main .primary").click();
    assertThat(tab.at("#field-code")).isFocused();
    return tab;
  }

  private static void enter(Tab tab, String code) {
    tab.at("#field-code").fill(code);
    tab.at("main .primary").click();
  }

  private static void isSignedIn(Tab tab) {
    assertThat(tab.page()).hasURL(pages.base() + "/welcome?done");
    assertThat(tab.at("main a.primary")).hasAttribute("href", "/leads");
  }

  private static Underway step(Tab tab) {
    return pages.bean(SignInSteps.class).find(tab.cookie("sign_in")).orElseThrow();
  }

  /** A browser at that step, without a code spent for it. */
  private static void put(Tab tab, Underway step) {
    String secret = "x".repeat(43);
    tab.page().context().addCookies(List.of(new Cookie("sign_in", secret).setUrl(pages.base())));
    pages.bean(SignInSteps.class).put(secret, step);
  }

  private static Underway sms(Instant begun, @Nullable String password) {
    Underway step =
        Underway.begun(
            "79001234567",
            new LocalPath("/welcome"),
            new Started(true, "no-such", "telegram_sms", "sms", 5, 60L, "call", null, false, null),
            begun);
    return password == null ? step : step.password(password);
  }

  @ParameterizedTest
  @MethodSource(View.ALL)
  void every_step_can_be_used_by_everybody(View view) {
    Tab tab = visitor(view).open("/sign-in").isUsable();
    assertThat(tab.at("#field-phone")).isFocused();
    put(tab, sms(Instant.now(), null));
    tab.open("/sign-in").isUsable();
    assertThat(tab.at("#again [data-clock]"))
        .hasText(java.util.regex.Pattern.compile("0:5\\d|1:00"));
    put(tab, sms(Instant.now(), "x".repeat(100)));
    tab.open("/sign-in").isUsable();
    put(tab, sms(Instant.now().minus(SignInFlow.VALID_FOR), null));
    tab.open("/sign-in").isUsable();
    assertThat(tab.at("h1"))
        .hasText(
            view.language().equals("ru") ? "Вход не завершён" : "The sign-in was not completed");
  }

  @Test
  void a_person_signs_in_by_keyboard_alone_with_a_two_step_password() {
    Tab tab = visitor(View.PLAIN).expecting(422);
    List<String> addresses = new ArrayList<>();
    tab.page().onRequest(request -> addresses.add(request.url()));
    tab.open("/sign-in?next=%2Fwelcome%3Fdone");
    var keyboard = tab.page().keyboard();
    keyboard.type("+999 661 0117");
    assertThat(tab.at("#understood")).hasText("+999 661 0117");
    keyboard.press("Enter");
    assertThat(tab.at("#sent")).containsText("+999 661 0117");
    assertThat(tab.at("#field-code")).isFocused();
    keyboard.type("111-11");
    keyboard.press("Enter");
    assertThat(tab.at("#field-password")).isFocused();
    assertThat(tab.at("#hint-password")).containsText("Ваша подсказка: ");
    keyboard.type("wrong");
    keyboard.press("Enter");
    assertThat(tab.at("#errors")).isFocused();
    assertThat(tab.at("#errors")).containsText("Облачный пароль неверный");
    keyboard.press("Tab");
    keyboard.press("Enter");
    assertThat(tab.at("#field-password")).isFocused();
    assertThat(tab.at("#field-password")).hasValue("");
    keyboard.type("secret");
    keyboard.press("Enter");
    isSignedIn(tab);
    assertThat(String.join(" ", addresses)).doesNotContain("0117", "11111", "secret");
    tab.open("/sign-in?next=%2Fwelcome%3Fdone");
    isSignedIn(tab);
  }

  /** Faults 4 and 14. */
  @Test
  void neither_a_reload_nor_another_tab_costs_the_step_and_a_slip_of_the_hand_no_try() {
    Tab tab = asked(ENGLISH, "+9996610122").expecting(422);
    Underway before = step(tab);
    tab.page().reload();
    assertThat(tab.at("#field-code")).isFocused();
    Page other = tab.another();
    other.navigate("/sign-in");
    assertThat(other.locator("#field-code")).isVisible();
    tab.open("/welcome");
    tab.page().goBack();
    assertThat(tab.at("#field-code")).isVisible();
    for (String typed : List.of("1234", "123 456", "12a45")) {
      enter(tab, typed);
      assertThat(tab.at("#errors")).containsText("It did not count as a try");
    }
    for (int wrong = 0; wrong < 4; wrong++) {
      enter(tab, "99 999");
      assertThat(tab.at("#errors")).isFocused();
      assertThat(tab.at("#errors")).containsText("The code is wrong");
      tab.page().reload();
      assertThat(tab.page()).hasURL(pages.base() + "/sign-in");
      assertThat(tab.at("#errors")).hasCount(0);
    }
    assertThat(step(tab)).isEqualTo(before);
    other.locator("#field-code").fill(" 1 1 1 1 1 ");
    other.locator("main .primary").click();
    assertThat(other).hasURL(pages.base() + "/welcome?done");
    tab.page().reload();
    isSignedIn(tab);
  }

  /** Fault 15. */
  @Test
  void a_sign_in_that_has_expired_says_so_and_offers_a_new_one() {
    Tab tab = asked(View.PLAIN, "+9996610132");
    pages.bean(SignInFlow.class).cancel(step(tab).id());
    enter(tab, "11111");
    assertThat(tab.at("h1")).hasText("Вход не завершён");
    assertThat(tab.at("main [role=alert]")).isFocused();
    assertThat(tab.at("main [role=alert]")).containsText("пять минут");
    tab.page().reload();
    tab.at("main .primary").click();
    assertThat(tab.at("#field-code")).isFocused();
    tab.at("#field-code").fill("11111");
    // Fault 21: whoever clicks twice sends once.
    tab.at("main .primary").dblclick();
    isSignedIn(tab);
  }

  @Test
  void an_open_page_says_by_itself_that_its_time_is_over() {
    Tab tab = visitor(View.PLAIN);
    put(tab, sms(Instant.now().minus(SignInFlow.VALID_FOR).plusSeconds(4), null));
    tab.open("/sign-in");
    assertThat(tab.at("#field-code")).isVisible();
    assertThat(tab.at("main [role=alert]")).isFocused();
    assertThat(tab.at("#field-code")).hasCount(0);
  }

  /** Fault 4: the wait stays, and says until when. */
  @Test
  void a_wait_says_until_when_and_stays() {
    pages
        .sandbox()
        .faults()
        .set(Fault.floodWait(Duration.ofSeconds(4000)), Aim.method("auth.sendCode"), 1);
    Tab tab = visitor(ENGLISH).expecting(429).open("/sign-in");
    tab.at("#field-phone").fill("+9996610142");
    tab.at("main .primary").click();
    assertThat(tab.at("#errors")).isFocused();
    assertThat(tab.at("#errors")).containsText("Telegram asks you to wait: 1 h 7 min");
    assertThat(tab.at("#wait")).containsText("Please wait until ");
    assertThat(tab.at("#wait [data-clock]"))
        .hasText(java.util.regex.Pattern.compile("1:0\\d:\\d\\d"));
    assertThat(tab.at("#field-phone")).hasValue("+9996610142");
    assertThat(tab.page()).hasURL(pages.base() + "/sign-in");
    tab.isUsable();
  }

  /** Fault 18. */
  @Test
  void the_language_is_switched_before_the_sign_in_and_errors_are_in_it_too() {
    Tab tab = visitor(ENGLISH).expecting(422).open("/sign-in");
    assertThat(tab.at("h1")).hasText("Sign in with Telegram");
    tab.at("button[lang=ru]").click();
    assertThat(tab.at("h1")).hasText("Вход через Telegram");
    tab.at("#field-phone").fill("12");
    tab.at("main .primary").click();
    assertThat(tab.at("#errors")).containsText("Это не номер телефона");
    tab.at("button[lang=en]").click();
    assertThat(tab.at("h1")).hasText("Sign in with Telegram");
  }

  @Test
  void from_the_second_time_on_the_code_is_ours_and_letters_may_be_small() {
    String phone = "9996610152";
    Tab tab = asked(View.PLAIN, phone);
    enter(tab, "11111");
    isSignedIn(tab);
    tab.page()
        .evaluate(
            "fetch('/api/logout', {method: 'POST', headers: {'Content-Type': 'application/json'},"
                + " body: '{}'})");
    tab.open("/sign-in?next=%2Fwelcome%3Fdone").expecting(422);
    tab.at("#field-phone").fill("+" + phone);
    tab.at("main .primary").click();
    assertThat(tab.at("#sent")).containsText("«Избранное»");
    String code = ourCode(phone);
    enter(tab, code.substring(0, 4));
    assertThat(tab.at("#errors")).containsText("Попытка не потрачена");
    tab.isUsable();
    enter(tab, "ZZZZ ZZZZ");
    assertThat(tab.at("#errors")).containsText("Код неверный");
    tab.page().reload();
    enter(tab, code.toLowerCase(Locale.ROOT).replace("-", "  "));
    isSignedIn(tab);
  }

  private static String ourCode(String phone) {
    UserId account = pages.sandbox().world().userByPhone(phone).orElseThrow().id();
    String text =
        pages
            .sandbox()
            .world()
            .history(account, account, HistoryQuery.newest(1))
            .items()
            .getFirst()
            .text();
    return text.substring(26, 35);
  }

  @Test
  void another_number_is_asked_for_when_the_first_was_wrong() {
    Tab tab = asked(View.PLAIN, "+9996610162");
    tab.at("form[action='/sign-in/cancel'] button").click();
    assertThat(tab.at("#field-phone")).isFocused();
    tab.at("#field-phone").fill("8 900 123 45 67");
    assertThat(tab.at("#understood")).hasText("+7 900 123-45-67 · Россия");
  }

  @Test
  void nobody_is_led_to_another_site() {
    Tab tab = visitor(View.PLAIN).open("/sign-in?next=https%3A%2F%2Fevil.example%2F");
    assertThat(tab.at("input[name=next]")).hasValue("/leads");
    tab.open("/sign-in?next=%2F%2Fevil.example");
    assertThat(tab.at("input[name=next]")).hasValue("/leads");
  }
}

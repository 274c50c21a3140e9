package dev.jobradar.server.web.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.jobradar.server.signin.UserLoggedOut;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.WebSessions;
import dev.jobradar.server.web.pages.browser.BrowserTest;
import dev.jobradar.server.web.pages.browser.Pages;
import dev.jobradar.server.web.pages.browser.Tab;
import dev.jobradar.server.web.pages.browser.View;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all pages have in common, on a page of the tests' own. */
@BrowserTest
class SamplePageIT {
  @RegisterExtension static final Pages pages = new Pages("--sample.pages=true");

  @ParameterizedTest
  @MethodSource(View.ALL)
  void a_page_of_all_pieces_can_be_used_by_everybody(View view) {
    Tab tab = pages.signedIn(pages.person(), view).open("/sample").isUsable();
    assertThat(tab.at("html")).hasAttribute("lang", view.language());
  }

  @Test
  void who_is_not_signed_in_is_led_to_the_sign_in_and_back() {
    Tab tab = pages.visitor(View.PLAIN).expecting(404);
    tab.page().navigate("/sample?a=1");
    assertThat(tab.page()).hasURL(pages.base() + "/sign-in?next=%2Fsample%3Fa%3D1");
  }

  @Test
  void a_part_of_a_page_leads_who_is_signed_out_to_the_sign_in() {
    User user = pages.person();
    Tab tab = pages.signedIn(user, View.PLAIN).expecting(404).expecting(401);
    tab.page().route("**/live", route -> route.abort());
    tab.ignoringLost().open("/sample");
    pages.bean(WebSessions.class).endAll(user.id());
    tab.at("main button:text('Break')").click();
    assertThat(tab.page()).hasURL(pages.base() + "/sign-in?next=%2Fsample");
  }

  @ParameterizedTest
  @MethodSource(View.ALL)
  void a_refused_form_takes_the_focus_to_what_is_wrong(View view) {
    Tab tab = pages.signedIn(pages.person(), view).expecting(422).open("/sample");
    tab.at("main .primary").click();
    assertThat(tab.at("#errors")).isFocused();
    assertThat(tab.at("#errors")).isInViewport();
    assertThat(tab.at("#field-name")).hasAttribute("aria-describedby", "hint-name error-name");
    tab.isUsable();
    tab.at("#errors a").click();
    assertThat(tab.at("#field-name")).isFocused();
    tab.at("#field-name").fill("Ann");
    tab.at("main .primary").click();
    assertThat(tab.at("#errors")).hasCount(0);
    assertThat(tab.page()).hasURL(pages.base() + "/sample");
  }

  @Test
  void typed_work_is_not_lost_without_a_question() {
    Tab tab = pages.signedIn(pages.person(), View.PLAIN).open("/sample");
    tab.at("#field-name").fill("Ann");
    List<String> asked = new ArrayList<>();
    tab.page()
        .onceDialog(dialog -> {
          asked.add(dialog.message());
          dialog.dismiss();
        });
    tab.at("footer a").click();
    assertThat(tab.at("#field-name")).hasValue("Ann");
    assertThat(asked).containsExactly("Изменения не сохранены. Уйти со страницы?");
  }

  @Test
  void what_breaks_in_a_part_is_said_in_the_page() {
    Tab tab = pages.signedIn(pages.person(), View.PLAIN).expecting(500).open("/sample");
    tab.at("main button:text('Break')").click();
    assertThat(tab.at("#notices .notice")).containsText("Ошибка на нашей стороне");
    assertThat(tab.at("#notices .notice")).isFocused();
    tab.at("#notices [data-close]").click();
    assertThat(tab.at("#notices .notice")).hasCount(0);
  }

  @Test
  void tabs_of_a_browser_share_one_stream_and_show_what_has_changed() {
    User user = pages.person();
    Tab tab = pages.signedIn(user, View.PLAIN);
    List<String> streams = new ArrayList<>();
    tab.page()
        .context()
        .onRequest(request -> {
          if (request.url().endsWith("/live")) {
            streams.add(request.url());
          }
        });
    tab.open("/sample");
    String before = tab.at("#count").textContent();
    Page other = tab.another();
    for (int i = 0; i < 6; i++) {
      other = tab.another();
      other.navigate("/sample");
    }
    other.locator("#field-name").fill("Ann");
    other.locator("main .primary").click();
    assertThat(tab.at("#count")).hasText(String.valueOf(Integer.parseInt(before) + 1));
    assertThat(streams).hasSize(1);
  }

  @Test
  void a_lost_stream_is_shown_and_comes_back_after_a_502() {
    User user = pages.person();
    Tab tab = pages.signedIn(user, View.PLAIN).expecting(502);
    int[] refused = new int[1];
    tab.page()
        .context()
        .route(
            "**/live",
            route -> {
              if (refused[0]++ < 3) {
                route.fulfill(new com.microsoft.playwright.Route.FulfillOptions().setStatus(502));
              } else {
                route.resume();
              }
            });
    tab.open("/sample");
    assertThat(tab.at("#live")).isVisible();
    assertThat(tab.at("#live"))
        .isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(20_000));
    assertThat(refused[0]).isEqualTo(4);
  }

  @Test
  void a_browser_that_is_signed_out_elsewhere_goes_to_the_sign_in() {
    User user = pages.person();
    Tab tab = pages.signedIn(user, View.PLAIN).expecting(401).expecting(404);
    tab.page().waitForResponse("**/live", () -> tab.open("/sample"));
    pages.bean(WebSessions.class).endAll(user.id());
    pages.publish(new UserLoggedOut(user.id()));
    assertThat(tab.page()).hasURL(pages.base() + "/sign-in?next=%2Fsample");
  }

  @Test
  void a_question_mark_lists_the_keys() {
    Tab tab = pages.signedIn(pages.person(), View.PLAIN).open("/sample");
    tab.page().keyboard().press("?");
    assertThat(tab.at("#keys")).isVisible();
    tab.page().keyboard().press("Escape");
    assertThat(tab.at("#keys")).isHidden();
  }
}

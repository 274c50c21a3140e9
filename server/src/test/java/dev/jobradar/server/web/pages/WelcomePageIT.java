package dev.jobradar.server.web.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.LoadState;
import dev.jobradar.server.web.pages.browser.BrowserTest;
import dev.jobradar.server.web.pages.browser.Pages;
import dev.jobradar.server.web.pages.browser.Tab;
import dev.jobradar.server.web.pages.browser.View;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@BrowserTest
class WelcomePageIT {
  @RegisterExtension static final Pages pages = new Pages();

  @ParameterizedTest
  @MethodSource(View.ALL)
  void the_first_page_says_what_it_is_to_everybody(View view) {
    Tab tab = pages.visitor(view).open("/welcome").isUsable();
    assertThat(tab.at("h1")).containsText(view.language().equals("ru") ? "Вакансии" : "Jobs");
    assertThat(tab.at("html")).hasAttribute("lang", view.language());
    assertThat(tab.at("main a.primary")).hasAttribute("href", "/sign-in");
    assertThat(tab.at(".hero-picture")).isVisible();
  }

  @ParameterizedTest
  @MethodSource(View.ALL)
  void a_page_that_is_not_there_says_so_in_words(View view) {
    Tab tab = pages.visitor(view).open("/nosuch", 404).isUsable();
    assertThat(tab.at("h1"))
        .hasText(view.language().equals("ru") ? "Такой страницы нет" : "There is no such page");
    tab.at("main a.primary").click();
    assertThat(tab.page()).hasURL(pages.base() + "/welcome");
    assertThat(tab.at("h1")).isFocused();
  }

  @Test
  void the_language_is_switched_before_anybody_signs_in_and_stays() {
    Tab tab = pages.visitor(View.PLAIN).open("/welcome?from=test");
    tab.at("button[lang=en]").click();
    assertThat(tab.at("html")).hasAttribute("lang", "en");
    assertThat(tab.page()).hasURL(pages.base() + "/welcome?from=test");
    assertThat(tab.at("h1")).containsText("Jobs");
    tab.open("/nosuch", 404);
    assertThat(tab.at("h1")).hasText("There is no such page");
  }

  @Test
  void a_theme_that_was_chosen_beats_the_browsers() {
    Tab tab = pages.visitor(View.PLAIN).open("/welcome");
    String light = background(tab);
    tab.at("button[value=dark]").click();
    assertThat(tab.at("html")).hasAttribute("data-theme", "dark");
    assertThat(tab.at("button[value=dark]")).hasAttribute("aria-pressed", "true");
    assertThat(background(tab)).isNotEqualTo(light);
    tab.isUsable();
  }

  private static String background(Tab tab) {
    return (String) tab.page().evaluate("getComputedStyle(document.body).backgroundColor");
  }

  @Test
  void the_browser_tells_its_time_zone() {
    Tab tab = pages.visitor(View.PLAIN).open("/welcome");
    assertThat(tab.cookie("zone")).isEqualTo("Asia/Yekaterinburg");
  }

  @Test
  void the_first_page_is_small() {
    Tab tab = pages.visitor(View.PLAIN).open("/welcome");
    Number bytes =
        (Number)
            tab.page()
                .evaluate(
                    """
                    ['navigation', 'resource'].flatMap(type => performance.getEntriesByType(type))
                      .map(each => each.encodedBodySize).reduce((sum, each) => sum + each)
                    """);
    assertThat(bytes.intValue()).isBetween(20_000, 40_000);
  }

  @Test
  void files_have_names_of_their_contents_and_are_kept_for_a_year() {
    Tab tab = pages.visitor(View.PLAIN);
    List<Response> files = new ArrayList<>();
    tab.page()
        .onResponse(response -> {
          if (response.url().matches(".*/(static|webjars)/.*")) {
            files.add(response);
          }
        });
    tab.open("/welcome");
    tab.page().waitForLoadState(LoadState.NETWORKIDLE);
    assertThat(files).hasSizeGreaterThanOrEqualTo(6);
    // A copy: while headers are asked for, further responses are told.
    for (Response file : List.copyOf(files)) {
      assertThat(file.url()).matches(".*-[0-9a-f]{32}\\.(css|js|svg)");
      assertThat(file.allHeaders().get("cache-control")).contains("max-age=31536000");
    }
    assertThat(
            List.copyOf(files).stream().filter(file -> file.url().matches(".*/(base|page|htmx).*")))
        .hasSize(3)
        .allSatisfy(
            file -> assertThat(file.allHeaders().get("content-encoding")).isEqualTo("gzip"));
  }

  @Test
  void the_site_itself_leads_on_to_where_somebody_wants_to_be() {
    Tab visitor = pages.visitor(View.PLAIN).open("/");
    assertThat(visitor.page()).hasURL(pages.base() + "/welcome");
    Tab member = pages.signedIn(pages.person(), View.PLAIN).open("/");
    assertThat(member.page()).hasURL(pages.base() + "/leads");
  }

  @Test
  void a_form_of_another_site_is_refused_on_a_page() throws Exception {
    HttpResponse<String> answer =
        send("/preferences", HttpRequest.BodyPublishers.ofString("language=en"));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(answer.body()).contains("Запрос пришёл с другого сайта");
  }

  @Test
  void a_wrong_choice_is_refused_on_a_page_and_the_api_keeps_its_documents() throws Exception {
    assertThat(send("/api/auth/start", HttpRequest.BodyPublishers.ofString("language=en")).body())
        .contains("\"code\":\"json_only\"");
    Tab tab = pages.visitor(View.PLAIN).open("/welcome").expecting(400);
    tab.at("button[value=dark]").evaluate("button => button.value = 'pink'");
    tab.at("button[value=pink]").click();
    assertThat(tab.at("h1")).hasText("Не получилось");
    assertThat(tab.at("main")).containsText("Ошибка 400");
  }

  private static HttpResponse<String> send(String path, HttpRequest.BodyPublisher body)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create(pages.base() + path))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(body)
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}

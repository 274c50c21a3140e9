package dev.jobradar.server.web.pages.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.ScreenshotCaret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page in a browser of its own, which notes all that goes wrong in it. */
public final class Tab {
  private static final String AXE = read("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js");
  private static final Pattern REFUSED =
      Pattern.compile("the server responded with a status of (\\d+)");

  private final List<String> errors = new ArrayList<>();
  private final List<String> elsewhere = new ArrayList<>();
  private final Set<Integer> expected = new HashSet<>();
  private final BrowserContext context;
  private final View view;
  private boolean lost;
  private final Page page;

  Tab(BrowserContext context, String base, View view) {
    this.context = context;
    this.view = view;
    context.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        note(message.text());
      }
    });
    context.onWebError(error -> errors.add(error.error()));
    context.onRequest(request -> {
      String url = request.url();
      if (!url.startsWith(base + "/") && !url.startsWith("data:")) {
        elsewhere.add(url);
      }
    });
    page = context.newPage();
    page.setDefaultTimeout(20_000);
  }

  private void note(String message) {
    if (lost && (message.contains("net::ERR_") || message.startsWith("htmx:"))) {
      return;
    }
    Matcher refused = REFUSED.matcher(message);
    if (!refused.find() || !expected.contains(Integer.valueOf(refused.group(1)))) {
      errors.add(message);
    }
  }

  /** Playwright's page. */
  public Page page() {
    return page;
  }

  BrowserContext context() {
    return context;
  }

  /** Another tab of the same browser. */
  public Page another() {
    return context.newPage();
  }

  /** Opens that path, which has to be there. */
  public Tab open(String path) {
    Response response = Objects.requireNonNull(page.navigate(path));
    assertThat(response.status()).as(path).isEqualTo(200);
    return this;
  }

  /** Opens a path that is answered with that status. */
  public Tab open(String path, int status) {
    expecting(status);
    assertThat(Objects.requireNonNull(page.navigate(path)).status()).as(path).isEqualTo(status);
    return this;
  }

  /** From now on answers of that status are no error. */
  public Tab expecting(int status) {
    expected.add(status);
    return this;
  }

  /** From now on requests that do not arrive are no error: the test cuts the line. */
  public Tab ignoringLost() {
    lost = true;
    return this;
  }

  /** The first that fits the selector. */
  public Locator at(String selector) {
    return page.locator(selector).first();
  }

  /** The value of that cookie, empty when there is none. */
  public String cookie(String name) {
    return context.cookies().stream()
        .filter(each -> each.name.equals(name))
        .map((Cookie each) -> each.value)
        .findFirst()
        .orElse("");
  }

  /**
   * The page can be used by everybody: axe-core finds nothing serious, nothing is wider than the
   * screen, there is one heading and a language.
   */
  public Tab isUsable() {
    takePicture();
    page.evaluate(AXE);
    @SuppressWarnings("unchecked")
    List<String> found =
        (List<String>)
            page.evaluate(
                """
                async () => (await axe.run()).violations
                  .filter(each => ['serious', 'critical'].includes(each.impact))
                  .flatMap(each => each.nodes.map(node =>
                    each.id + ': ' + node.html + ' ' + node.failureSummary))
                """);
    assertThat(found).as("axe-core on " + page.url()).isEmpty();
    assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
        .as("pixels beyond the screen on " + page.url())
        .isEqualTo(0);
    assertThat(page.locator("h1").count()).as("headings on " + page.url()).isEqualTo(1);
    assertThat(page.locator("html").getAttribute("lang")).isIn("ru", "en");
    return this;
  }

  /** Into the folder that {@code -Djobradar.screenshots} names. */
  private void takePicture() {
    String folder = System.getProperty("jobradar.screenshots");
    if (folder != null) {
      String path = URI.create(page.url()).getPath().substring(1).replace('/', '-');
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              // To hide it, Playwright would write a style into the page, which our policy forbids.
              .setCaret(ScreenshotCaret.INITIAL)
              .setPath(Path.of(folder, path + " " + view + ".png")));
    }
  }

  /** Closes it: nothing was written to the console, and nothing asked for from elsewhere. */
  public void close() {
    context.close();
    assertThat(elsewhere).as("requests that leave the machine").isEmpty();
    assertThat(errors).as("the browser's console").isEmpty();
  }

  private static String read(String resource) {
    try (InputStream file = Tab.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(file, resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

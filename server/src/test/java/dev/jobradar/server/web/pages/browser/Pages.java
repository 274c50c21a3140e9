package dev.jobradar.server.web.pages.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import dev.jobradar.clients.SessionStore;
import dev.jobradar.clients.UserId;
import dev.jobradar.sandbox.ReadyAccount;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.server.JobRadarApplication;
import dev.jobradar.server.users.User;
import dev.jobradar.server.users.Users;
import dev.jobradar.server.web.WebSessions;
import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.session.SessionString;
import dev.jobradar.testsupport.SandboxClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * The whole service with a strict sandbox, and a browser: once for a class,
 * {@code @RegisterExtension static final Pages pages = new Pages();} in a {@link BrowserTest}.
 * After each test its tabs are closed and {@linkplain Tab#close() checked}. To be used by the
 * test's own thread only, so wait by Playwright's assertions and never call a {@link Tab} inside
 * {@code Eventually}.
 */
@SuppressWarnings("NullAway.Init")
public final class Pages implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private final AtomicLong people = new AtomicLong();
  private final List<Tab> tabs = new ArrayList<>();
  private final List<String> settings;
  private Sandbox sandbox;
  private ServletWebServerApplicationContext context;
  private Playwright playwright;
  private Browser browser;
  private Path home;
  private String base = "";

  /**
   * @param settings of the service, such as {@code --jobradar.backfill.pause=10ms}
   */
  public Pages(String... settings) {
    this.settings = List.of(settings);
  }

  @Override
  public void beforeAll(ExtensionContext test) throws IOException {
    home = Files.createTempDirectory("jobradar-pages-");
    sandbox = Sandbox.builder().strict(true).start();
    TelegramOptions telegram = SandboxClients.options(sandbox).build();
    SpringApplication application = new SpringApplication(JobRadarApplication.class);
    application.addInitializers(fresh ->
        ((GenericApplicationContext) fresh).registerBean(TelegramOptions.class, () -> telegram));
    List<String> arguments = new ArrayList<>(settings);
    arguments.addAll(
        List.of("--server.port=0", "--server.address=127.0.0.1", "--jobradar.home=" + home));
    context =
        (ServletWebServerApplicationContext) application.run(arguments.toArray(String[]::new));
    base = "http://127.0.0.1:" + Objects.requireNonNull(context.getWebServer()).getPort();
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(ChromiumCondition.chromium())
                    .setChromiumSandbox(false)
                    .setArgs(
                        List.of(
                            "--disable-background-networking",
                            "--disable-quic",
                            "--no-first-run")));
  }

  @Override
  public void afterEach(ExtensionContext test) {
    List<Tab> open = List.copyOf(tabs);
    tabs.clear();
    boolean failed = test.getExecutionException().isPresent();
    for (Tab tab : open) {
      if (failed) {
        // What the test says is worth more than what follows from it.
        tab.context().close();
      } else {
        tab.close();
      }
    }
  }

  @Override
  public void afterAll(ExtensionContext test) throws IOException {
    if (playwright != null) {
      playwright.close();
    }
    if (context != null) {
      context.close();
    }
    if (sandbox != null) {
      sandbox.close();
    }
    FileSystemUtils.deleteRecursively(home);
  }

  /** A browser in which nobody is signed in. */
  public Tab visitor(View view) {
    BrowserContext fresh =
        browser.newContext(
            new Browser.NewContextOptions()
                .setBaseURL(base)
                .setLocale(view.language().equals("ru") ? "ru-RU" : "en-GB")
                .setTimezoneId("Asia/Yekaterinburg")
                .setColorScheme(view.theme().equals("dark") ? ColorScheme.DARK : ColorScheme.LIGHT)
                .setViewportSize(view.screen().width, view.screen().height));
    Tab tab = new Tab(fresh, base, view);
    tabs.add(tab);
    return tab;
  }

  /** A browser in which this user is signed in; their language becomes the view's. */
  public Tab signedIn(User user, View view) {
    bean(Users.class).language(user.id(), view.language());
    String token = bean(WebSessions.class).begin(user.id(), WebSessions.Browser.UNKNOWN);
    Tab tab = visitor(view);
    tab.context().addCookies(List.of(new Cookie("auth_token", token).setUrl(base)));
    return tab;
  }

  /** A new user, known by no Telegram account: for pages that reach none. */
  public User person() {
    long number = people.incrementAndGet();
    return bean(Users.class)
        .signedIn(9_000_000 + number, "7900" + (1_000_000 + number), "Ann Fox", null);
  }

  /** A new user whose Telegram account is signed in. */
  public User connected() {
    ReadyAccount ready = sandbox.readyAccounts(1).getFirst();
    UserId user =
        bean(SessionStore.class)
            .signedIn(
                new Me(ready.user().value(), "Ann", "Fox", null, ready.phone()),
                ready.phone(),
                SessionString.parse(ready.session()).session())
            .user();
    return bean(Users.class).find(user).orElseThrow();
  }

  /** One of the service's own parts. */
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** Lets the service hear that this has happened. */
  public void publish(Object event) {
    context.publishEvent(event);
  }

  /** Telegram. */
  public Sandbox sandbox() {
    return sandbox;
  }

  /** The service's address, without a path. */
  public String base() {
    return base;
  }
}

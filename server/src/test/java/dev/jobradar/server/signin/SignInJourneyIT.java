package dev.jobradar.server.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.StandingFault;
import dev.jobradar.sandbox.world.Authorization;
import dev.jobradar.sandbox.world.HistoryQuery;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.server.account.AccountEvents;
import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.account.SkippedPosts;
import dev.jobradar.server.account.SourceChannel;
import dev.jobradar.server.account.WatchMode;
import dev.jobradar.server.account.WatchStall;
import dev.jobradar.server.delivery.DeliveryStatus;
import dev.jobradar.server.monitoring.StalledWatches;
import dev.jobradar.server.signin.Browser.Reply;
import dev.jobradar.server.storage.StorageSettings;
import dev.jobradar.server.storage.TestDatabase;
import dev.jobradar.server.storage.Vendor;
import dev.jobradar.server.users.User;
import dev.jobradar.server.users.Users;
import dev.jobradar.server.web.delivery.DeliveryTexts;
import dev.jobradar.server.web.delivery.TestDeliveryApi;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.testsupport.Eventually;
import dev.jobradar.testsupport.SandboxClients;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/**
 * Signing in over HTTP, against the sandbox and the real databases. One strict sandbox and one
 * service for all tests of a database; each has phones and a network of its own.
 */
@ParameterizedClass
@EnumSource(Vendor.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
@SuppressWarnings("NullAway.Init")
class SignInJourneyIT {
  private static final AtomicInteger ADDRESSES = new AtomicInteger();

  @Parameter Vendor vendor;

  private Sandbox sandbox;
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final List<Object> events = new CopyOnWriteArrayList<>();
  private Path home;
  private StorageSettings storage;
  private ServletWebServerApplicationContext context;
  private String base = "";

  /** No configuration that others would find by scanning. */
  @EnableAutoConfiguration
  @ComponentScan(
      basePackages = {
        "dev.jobradar.server.signin",
        "dev.jobradar.server.web",
        "dev.jobradar.server.users",
        "dev.jobradar.server.account",
        "dev.jobradar.server.pacing",
        "dev.jobradar.server.storage"
      },
      excludeFilters =
          @ComponentScan.Filter(
              type = FilterType.REGEX,
              pattern = {
                "dev\\.jobradar\\.server\\.web\\.(?!signin|users)[a-z]+\\..*",
                "dev\\.jobradar\\.server\\.pacing\\.ClockWatch"
              }))
  static class Slice {}

  private ServletWebServerApplicationContext start() {
    TelegramOptions telegram = SandboxClients.options(sandbox).build();
    SpringApplication application = new SpringApplication(Slice.class);
    application.addInitializers(fresh -> {
      GenericApplicationContext beans = (GenericApplicationContext) fresh;
      beans.registerBean(InstantSource.class, () -> now::get);
      beans.registerBean(TelegramOptions.class, () -> telegram);
      beans.registerBean(AccountEvents.class, NobodyWatches::new);
      beans.registerBean(StalledWatches.class);
      beans.registerBean(DeliveryStatus.class, TestDeliveryApi.Status::new);
      beans.registerBean(DeliveryTexts.class, () -> TestDeliveryApi.texts(now::get));
      beans.addApplicationListener(
          (ApplicationListener<PayloadApplicationEvent<?>>)
              event -> events.add(event.getPayload()));
    });
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--server.forward-headers-strategy=native",
                "--jobradar.home=" + home));
    if (vendor == Vendor.POSTGRESQL) {
      arguments.add("--jobradar.database=" + storage.databaseUrl());
      arguments.add("--jobradar.database-user=" + storage.databaseUser());
    }
    ServletWebServerApplicationContext started =
        (ServletWebServerApplicationContext) application.run(arguments.toArray(String[]::new));
    base = "http://127.0.0.1:" + Objects.requireNonNull(started.getWebServer()).getPort();
    return started;
  }

  private static final class NobodyWatches implements AccountEvents {
    @Override
    public void onEdited(dev.jobradar.clients.UserId user, long channelId, ReceivedPost post) {}

    @Override
    public void onDeleted(dev.jobradar.clients.UserId user, long channelId, List<Integer> ids) {}

    @Override
    public void onDescribed(dev.jobradar.clients.UserId user, SourceChannel channel) {}

    @Override
    public void onPassedOver(
        dev.jobradar.clients.UserId user, long channelId, SkippedPosts posts, String position) {}

    @Override
    public void onStalled(dev.jobradar.clients.UserId user, long channelId, WatchStall stall) {}

    @Override
    public void onResumed(dev.jobradar.clients.UserId user, long channelId) {}

    @Override
    public void onPosts(
        dev.jobradar.clients.UserId user,
        long channelId,
        List<ReceivedPost> posts,
        String position) {}

    @Override
    public void onMoved(dev.jobradar.clients.UserId user, long channelId, String position) {}

    @Override
    public void onAccountMoved(dev.jobradar.clients.UserId user, String position) {}

    @Override
    public void onFeed(dev.jobradar.clients.UserId user, long channelId, WatchMode feed) {}

    @Override
    public void onWatchEnded(dev.jobradar.clients.UserId user, long channelId, String error) {}

    @Override
    public void onStopped(dev.jobradar.clients.UserId user) {}
  }

  @BeforeParameterizedClassInvocation
  void begins() throws IOException {
    sandbox = Sandbox.builder().withoutChannels().strict(true).start();
    home = Files.createTempDirectory("jobradar-test-");
    storage = TestDatabase.newSettings(vendor, home);
    context = start();
  }

  @AfterParameterizedClassInvocation
  void ends() throws IOException {
    context.close();
    assertThat(sandbox.stats().connections()).as("connections left").isZero();
    assertThat(sandbox.stats().maxOpenPerKey()).as("most at once, per key").isEqualTo(1);
    assertThat(sandbox.stats().maxOpenPerAccount()).as("per account").isEqualTo(1);
    sandbox.close();
    FileSystemUtils.deleteRecursively(home);
  }

  // --- what tests have in common -------------------------------------------------------------

  private Browser browser() {
    return new Browser(http, base, "198.18.%d.7".formatted(ADDRESSES.incrementAndGet()));
  }

  private static String begin(Browser browser, String phone) {
    Reply started = browser.post("/api/auth/start", Map.of("phone", phone));
    assertThat(started.status()).as(started.body().toString()).isEqualTo(200);
    assertThat(started.text("login_via")).isEqualTo("telegram_sms");
    return started.text("auth_id");
  }

  private static Reply code(Browser browser, String id, String code) {
    return browser.post("/api/auth/submit-code", Map.of("auth_id", id, "code", code));
  }

  private static Reply save(Browser browser, String id) {
    return browser.post("/api/auth/save", Map.of("auth_id", id));
  }

  private User signIn(Browser browser, String phone) {
    String id = begin(browser, phone);
    Reply entered = code(browser, id, "11111");
    assertThat(entered.status()).as(entered.body().toString()).isEqualTo(200);
    if (entered.body().path("requires_password").asBoolean()) {
      browser.post("/api/auth/submit-password", Map.of("auth_id", id, "password", "secret"));
    }
    Reply saved = save(browser, id);
    assertThat(saved.status()).as(saved.body().toString()).isEqualTo(200);
    return context.getBean(Users.class).findByTelegramId(account(phone).value()).orElseThrow();
  }

  private UserId account(String phone) {
    return sandbox.world().userByPhone(phone).orElseThrow().id();
  }

  private List<String> savedMessages(UserId account) {
    return sandbox.world().history(account, account, HistoryQuery.newest(10)).items().stream()
        .map(message -> message.text())
        .toList();
  }

  private String codeInSavedMessages(UserId account) {
    String text = savedMessages(account).getFirst();
    assertThat(text)
        .matches(
            "(?s)Ваш код входа в JobRadar: [0-9A-Z]{4}-[0-9A-Z]{4}\n\nКод действителен 5 мин.*");
    return text.substring(26, 35);
  }

  private static Reply byMessage(Browser browser, String phone, String code) {
    return browser.post("/api/auth/login-by-telegram", Map.of("phone", phone, "code", code));
  }

  private static String wrong(String code) {
    return code.equals("0000-0000") ? "0000-0001" : "0000-0000";
  }

  private int open(UserId account) {
    return sandbox.connections(account).open();
  }

  private JdbcClient db() {
    return context.getBean(JdbcClient.class);
  }

  // --- the first time ------------------------------------------------------------------------

  @Test
  void a_first_sign_in_makes_a_user_whose_client_is_the_one_that_signed_in() {
    Browser ann = browser();
    Reply started = ann.post("/api/auth/start", Map.of("phone", "+999 661 0012"));
    assertThat(started.body().path("ok").asBoolean()).isTrue();
    assertThat(started.text("code_type")).isEqualTo("sms");
    assertThat(started.body().path("code_length").asInt()).isEqualTo(5);
    assertThat(started.text("next_type")).isEqualTo("call");
    String id = started.text("auth_id");

    Reply wrong = code(ann, id, "54321");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.code()).isEqualTo("code_invalid");
    assertThat(save(ann, id).code()).isEqualTo("sign_in_wrong_step");
    Reply right = code(ann, id, "11111");
    assertThat(right.body().path("requires_password").asBoolean(true)).isFalse();
    assertThat(ann.token()).isNull();
    assertThat(save(ann, id).status()).isEqualTo(200);
    assertThat(ann.setCookie())
        .contains("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000")
        .doesNotContain("Secure");
    assertThat(save(ann, id).code()).isEqualTo("sign_in_over");

    Reply me = ann.get("/api/user/me");
    assertThat(me.text("phone")).isEqualTo("9996610012");
    assertThat(me.text("username")).isEqualTo("u9996610012");
    assertThat(me.text("plan")).isEqualTo("trial");
    assertThat(me.text("telegram")).isEqualTo("connected");
    assertThat(open(account("9996610012"))).isEqualTo(1);
    assertThat(events)
        .contains(new UserSignedIn(new dev.jobradar.clients.UserId(me.body().path("id").asLong())));
  }

  @Test
  void a_two_step_password_is_asked_for_with_its_hint() {
    Browser bob = browser();
    String id = begin(bob, "9996610017");
    Reply entered = code(bob, id, "11111");
    assertThat(entered.body().path("requires_password").asBoolean()).isTrue();
    assertThat(entered.text("password_hint")).isNotBlank();
    assertThat(save(bob, id).code()).isEqualTo("sign_in_wrong_step");
    Reply wrong = bob.post("/api/auth/submit-password", Map.of("auth_id", id, "password", "wrong"));
    assertThat(wrong.code()).isEqualTo("password_invalid");
    Reply right =
        bob.post("/api/auth/submit-password", Map.of("auth_id", id, "password", "secret"));
    assertThat(right.body().path("requires_password").asBoolean(true)).isFalse();
    assertThat(save(bob, id).status()).isEqualTo(200);
    assertThat(bob.get("/api/user/me").status()).isEqualTo(200);
  }

  @Test
  void a_code_is_sent_another_way_and_a_sign_in_given_up() {
    Browser cid = browser();
    String id = begin(cid, "9996610022");
    Reply resent = cid.post("/api/auth/resend-code", Map.of("auth_id", id));
    assertThat(resent.text("code_type")).isEqualTo("call");
    assertThat(resent.text("auth_id")).isEqualTo(id);
    assertThat(cid.post("/api/auth/cancel", Map.of("auth_id", id)).status()).isEqualTo(200);
    Reply over = code(cid, id, "11111");
    assertThat(over.status()).isEqualTo(410);
    assertThat(over.code()).isEqualTo("sign_in_over");
    assertThat(cid.post("/api/auth/cancel", Map.of("auth_id", id)).status()).isEqualTo(200);
    assertThat(sandbox.world().userByPhone("9996610022")).isEmpty();
  }

  @Test
  void what_is_no_phone_is_told_by_us_or_by_telegram() {
    Browser dan = browser();
    assertThat(dan.post("/api/auth/start", Map.of("phone", "12")).code())
        .isEqualTo("phone_invalid");
    assertThat(dan.post("/api/auth/start", Map.of("phone", "9996690001")).code())
        .isEqualTo("phone_invalid");
    assertThat(dan.post("/api/auth/start", Map.of()).code()).isEqualTo("invalid");
    assertThat(dan.post("/api/auth/submit-code", Map.of("auth_id", "x", "code", "1")).code())
        .isEqualTo("sign_in_over");
  }

  @Test
  void a_number_without_an_account_is_told_so() {
    Browser eve = browser();
    String id = begin(eve, "9996610000");
    assertThat(code(eve, id, "11111").code()).isEqualTo("no_such_account");
    assertThat(code(eve, id, "11111").code()).isEqualTo("sign_in_over");
  }

  @Test
  void telegrams_wait_is_told_to_the_second() {
    sandbox.faults().set(Fault.floodWait(Duration.ofSeconds(70)), Aim.method("auth.sendCode"), 1);
    Reply refused =
        browser().post("/api/auth/start", Map.of("phone", "9996610032"), "Accept-Language", "en");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.code()).isEqualTo("telegram_flood_wait");
    assertThat(refused.body().path("retry_after").asInt()).isEqualTo(70);
    assertThat(refused.text("detail"))
        .isEqualTo("Telegram asks you to wait: 2 min. Retrying earlier does not help.");
  }

  // --- from the second time on ---------------------------------------------------------------

  @Test
  void from_the_second_time_on_the_code_is_in_saved_messages() {
    String phone = "9996610042";
    Browser ann = browser();
    User user = signIn(ann, phone);
    UserId account = account(phone);
    assertThat(ann.post("/api/logout", Map.of()).status()).isEqualTo(200);
    assertThat(ann.token()).isNull();
    assertThat(ann.get("/api/user/me").status()).isEqualTo(401);
    assertThat(open(account)).as("connections after logout").isZero();
    assertThat(events).contains(new UserLoggedOut(user.id()));

    Reply started = ann.post("/api/auth/start", Map.of("phone", phone));
    assertThat(started.text("login_via")).isEqualTo("telegram_message");
    assertThat(started.body().has("auth_id")).isFalse();
    assertThat(started.body().path("code_length").asInt()).isEqualTo(8);
    String code = codeInSavedMessages(account);
    assertThat(byMessage(ann, phone, wrong(code)).code()).isEqualTo("login_code_invalid");
    assertThat(
            byMessage(ann, "+" + phone, code.toLowerCase(Locale.ROOT).replace("-", " ")).status())
        .isEqualTo(200);
    assertThat(ann.get("/api/user/me").body().path("id").asLong()).isEqualTo(user.id().value());
    assertThat(byMessage(browser(), phone, code).code()).isEqualTo("login_code_invalid");
    assertThat(open(account)).isEqualTo(1);
  }

  @Test
  void a_code_of_ours_is_too_old_after_five_minutes() {
    String phone = "9996610052";
    Browser ann = browser();
    signIn(ann, phone);
    ann.post("/api/auth/start", Map.of("phone", phone));
    String code = codeInSavedMessages(account(phone));
    now.updateAndGet(time -> time.plus(Duration.ofMinutes(5)));
    assertThat(byMessage(ann, phone, code).code()).isEqualTo("login_code_invalid");
  }

  @Test
  void a_session_that_telegram_ended_leads_back_to_telegrams_code_and_the_same_user() {
    String phone = "9996610062";
    Browser ann = browser();
    User before = signIn(ann, phone);
    ann.post("/api/logout", Map.of());
    for (Authorization each : sandbox.world().authorizations(account(phone))) {
      sandbox.world().revoke(each.key(), 401, "SESSION_REVOKED");
    }
    assertThat(signIn(browser(), phone).id()).isEqualTo(before.id());
  }

  @Test
  void while_the_account_has_to_wait_nothing_is_sent_and_telegrams_own_code_is_used() {
    String phone = "9996610072";
    Browser ann = browser();
    signIn(ann, phone);
    ann.post("/api/auth/start", Map.of("phone", phone));
    String code = codeInSavedMessages(account(phone));
    StandingFault wait =
        sandbox
            .faults()
            .set(
                Fault.floodWait(Duration.ofSeconds(30)),
                Aim.method("messages.sendMessage").of(account(phone)));
    try (wait) {
      begin(ann, phone);
      begin(ann, phone);
      assertThat(wait.struck()).as("messages that Telegram was asked to take").isEqualTo(1);
    }
    begin(ann, phone);
    assertThat(savedMessages(account(phone))).hasSize(1);
    // What had arrived before is as good as it was.
    assertThat(byMessage(ann, phone, code).status()).isEqualTo(200);

    now.updateAndGet(time -> time.plusSeconds(31));
    Reply again = ann.post("/api/auth/start", Map.of("phone", phone));
    assertThat(again.text("login_via")).isEqualTo("telegram_message");
    assertThat(byMessage(ann, phone, codeInSavedMessages(account(phone))).status()).isEqualTo(200);
  }

  @Test
  void an_account_that_has_another_number_by_now_gets_no_code_for_the_old_one() {
    String phone = "9996610082";
    User user = signIn(browser(), phone);
    db().sql("update users set phone = '9996610083' where id = ?")
        .param(user.id().value())
        .update();
    begin(browser(), "9996610083");
    assertThat(savedMessages(account(phone))).isEmpty();
    assertThat(context.getBean(Users.class).findByPhone(phone)).map(User::id).contains(user.id());
  }

  // --- who it is -----------------------------------------------------------------------------

  @Test
  void the_same_number_with_another_account_is_another_user() {
    String phone = "9996610092";
    User old = context.getBean(Users.class).signedIn(424_242, phone, "Old", null);
    Browser fay = browser();
    User fresh = signIn(fay, phone);
    assertThat(fresh.id()).isNotEqualTo(old.id());
    assertThat(fay.get("/api/user/me").text("plan")).as("no second trial").isEqualTo("expired");
  }

  @Test
  void the_same_account_with_another_number_is_the_same_user() {
    String phone = "9996610102";
    Browser gus = browser();
    User user = signIn(gus, phone);
    // Open, its client would learn of the new number.
    gus.post("/api/logout", Map.of());
    db().sql("update users set phone = '79990000077' where id = ?")
        .param(user.id().value())
        .update();
    User again = signIn(browser(), phone);
    assertThat(again.id()).isEqualTo(user.id());
    assertThat(again.phone()).isEqualTo(phone);
  }

  @Test
  void that_somebody_is_disabled_is_told_to_themselves_only() {
    String phone = "9996610112";
    Browser hal = browser();
    User user = signIn(hal, phone);
    db().sql("update users set disabled = true where id = ?").param(user.id().value()).update();
    assertThat(hal.get("/api/user/me").code()).isEqualTo("account_disabled");
    Browser again = browser();
    String id = begin(again, phone);
    assertThat(code(again, id, "11111").status()).isEqualTo(200);
    assertThat(save(again, id).code()).isEqualTo("account_disabled");
    assertThat(again.token()).isNull();
    assertThat(sandbox.world().authorizations(account(phone))).isEmpty();
    assertThat(open(account(phone))).isZero();
  }

  @Test
  void strangers_cannot_tell_a_wrong_code_from_an_unknown_phone() {
    Reply unknown = byMessage(browser(), "9996619992", "12345");
    String phone = "9996610122";
    signIn(browser(), phone);
    Reply none = byMessage(browser(), phone, "12345");
    assertThat(unknown.status()).isEqualTo(none.status()).isEqualTo(400);
    assertThat(unknown.text("detail")).isEqualTo(none.text("detail"));
    assertThat(unknown.code()).isEqualTo(none.code());
  }

  // --- limits, cookies, other sites ----------------------------------------------------------

  @Test
  void a_restart_opens_no_door_and_closes_none() {
    String phone = "9996610132";
    Browser ann = browser();
    signIn(ann, phone);
    ann.post("/api/auth/start", Map.of("phone", phone));
    String code = codeInSavedMessages(account(phone));
    Browser pest = browser();
    String other = "9996610142";
    for (int i = 0; i < 5; i++) {
      begin(pest, other);
    }
    assertThat(pest.post("/api/auth/start", Map.of("phone", other)).code())
        .isEqualTo("too_many_codes");

    context.close();
    Eventually.await(
        "Telegram sees every connection closed", () -> sandbox.stats().connections() == 0);
    context = start();
    ann.moveTo(base);
    pest.moveTo(base);

    Reply refused = pest.post("/api/auth/start", Map.of("phone", other));
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.body().path("retry_after").asInt()).isGreaterThan(80_000);
    assertThat(ann.get("/api/user/me").text("telegram")).isEqualTo("asleep");
    assertThat(byMessage(ann, phone, code).status()).isEqualTo(200);
  }

  @Test
  void what_strangers_guess_and_request_keeps_nobody_from_signing_in() {
    String phone = "9996610152";
    Browser ann = browser();
    signIn(ann, phone);
    for (int i = 0; i < 12; i++) {
      byMessage(browser(), phone, "abc");
      browser().post("/api/auth/start", Map.of("phone", phone));
    }
    Browser stranger = browser();
    Reply slower = stranger.post("/api/auth/start", Map.of("phone", phone));
    assertThat(slower.code()).isEqualTo("too_many_codes");
    assertThat(slower.body().path("retry_after").asInt()).as("no lock").isLessThan(900);
    for (int i = 0; i < 10; i++) {
      assertThat(byMessage(stranger, phone, "abc").code()).isEqualTo("login_code_invalid");
    }
    assertThat(byMessage(stranger, phone, "abc").code()).isEqualTo("too_many_tries");

    Reply started = ann.post("/api/auth/start", Map.of("phone", phone));
    assertThat(started.text("login_via")).isEqualTo("telegram_message");
    assertThat(byMessage(ann, phone, codeInSavedMessages(account(phone))).status()).isEqualTo(200);
  }

  @Test
  void telegrams_codes_for_a_user_are_not_all_spent_by_strangers() {
    String phone = "9996610192";
    Browser ann = browser();
    signIn(ann, phone);
    ann.post("/api/user/disconnect-telegram", Map.of());
    for (int i = 0; i < 2; i++) {
      begin(browser(), phone);
    }
    // Ann's first sign-in was a stranger's too, from here.
    assertThat(browser().post("/api/auth/start", Map.of("phone", phone)).code())
        .isEqualTo("too_many_codes");
    String id = begin(ann, phone);
    assertThat(code(ann, id, "11111").status()).isEqualTo(200);
    assertThat(save(ann, id).status()).isEqualTo(200);
  }

  @Test
  void a_code_of_ours_works_only_in_the_browser_that_asked_and_starts_of_others_do_not_end_it() {
    String phone = "9996610202";
    Browser ann = browser();
    signIn(ann, phone);
    ann.post("/api/logout", Map.of());
    ann.post("/api/auth/start", Map.of("phone", phone));
    String anns = codeInSavedMessages(account(phone));
    Browser stranger = browser();
    stranger.post("/api/auth/start", Map.of("phone", phone));
    String strangers = codeInSavedMessages(account(phone));
    assertThat(strangers).isNotEqualTo(anns);
    assertThat(byMessage(stranger, phone, anns).code()).isEqualTo("login_code_invalid");
    assertThat(byMessage(browser(), phone, anns).code()).isEqualTo("login_code_invalid");
    assertThat(byMessage(ann, phone, anns).status()).isEqualTo(200);
    assertThat(byMessage(ann, phone, strangers).code()).isEqualTo("login_code_invalid");
    // A new browser of hers.
    Browser phoneOfAnn = browser();
    phoneOfAnn.post("/api/auth/start", Map.of("phone", phone));
    assertThat(byMessage(phoneOfAnn, phone, codeInSavedMessages(account(phone))).status())
        .isEqualTo(200);
  }

  @Test
  void the_message_says_who_asked_and_what_to_do_in_the_persons_language() {
    String phone = "9996610212";
    Browser ann = browser();
    signIn(ann, phone);
    new Browser(http, base, "2001:db8:5::7").post("/api/auth/start", Map.of("phone", phone));
    assertThat(savedMessages(account(phone)).getFirst())
        .contains("Firefox, Linux", "2001:db8:5", "Это не вы? Никому не сообщайте код");
    ann.put("/api/user/settings", Map.of("language", "en"));
    ann.post("/api/auth/start", Map.of("phone", phone));
    assertThat(savedMessages(account(phone)).getFirst())
        .startsWith("Your JobRadar sign-in code: ")
        .contains("Firefox, Linux", "Was it not you?");
  }

  @Test
  void a_sign_in_under_way_is_not_ended_by_a_strangers_start() {
    String phone = "9996610222";
    Browser ann = browser();
    String id = begin(ann, phone);
    begin(browser(), phone);
    // Our Telegram knows one code a number: it sends Ann another one, in the same sign-in.
    assertThat(code(ann, id, "11111").code()).isEqualTo("code_renewed");
    assertThat(code(ann, id, "11111").status()).isEqualTo(200);
    assertThat(save(ann, id).status()).isEqualTo(200);
    // Her own next one replaces her own.
    String again = "9996610232";
    String first = begin(ann, again);
    begin(ann, again);
    assertThat(code(ann, first, "11111").code()).isEqualTo("sign_in_over");
  }

  // --- browsers ------------------------------------------------------------------------------

  private static JsonNode sessions(Browser browser) {
    Reply reply = browser.get("/api/user/sessions");
    assertThat(reply.status()).isEqualTo(200);
    return reply.body().path("sessions");
  }

  private Browser anotherBrowser(String phone) {
    Browser other = browser();
    other.post("/api/auth/start", Map.of("phone", phone));
    assertThat(byMessage(other, phone, codeInSavedMessages(account(phone))).status())
        .isEqualTo(200);
    return other;
  }

  @Test
  void browsers_are_listed_and_signed_out_one_by_one_or_all_others() {
    String phone = "9996610242";
    Browser laptop = browser();
    signIn(laptop, phone);
    Browser tablet = anotherBrowser(phone);
    Browser office = anotherBrowser(phone);
    JsonNode all = sessions(laptop);
    assertThat(all).hasSize(3);
    assertThat(all)
        .allSatisfy(each -> {
          assertThat(each.path("browser").asString()).isEqualTo("Firefox, Linux");
          assertThat(each.path("place").asString()).matches("198\\.18\\.\\d+\\.0/24");
          assertThat(each.path("since").asString()).isNotBlank();
          assertThat(each.path("last_seen").asString()).isNotBlank();
        });
    assertThat(all)
        .satisfiesOnlyOnce(each -> assertThat(each.path("current").asBoolean()).isTrue());

    long tablets = idOf(tablet);
    assertThat(laptop.delete("/api/user/sessions/" + tablets).status()).isEqualTo(200);
    assertThat(tablet.get("/api/user/me").status()).isEqualTo(401);
    assertThat(laptop.delete("/api/user/sessions/" + tablets).status()).isEqualTo(404);
    assertThat(office.get("/api/user/me").status()).isEqualTo(200);

    assertThat(laptop.post("/api/user/sessions/end-others", Map.of()).status()).isEqualTo(200);
    assertThat(office.get("/api/user/me").status()).isEqualTo(401);
    assertThat(sessions(laptop)).hasSize(1);
    assertThat(laptop.delete("/api/user/sessions/" + idOf(laptop)).status()).isEqualTo(200);
    assertThat(laptop.token()).isNull();
    assertThat(laptop.get("/api/user/me").status()).isEqualTo(401);
  }

  private static long idOf(Browser browser) {
    for (JsonNode each : sessions(browser)) {
      if (each.path("current").asBoolean()) {
        return each.path("id").asLong();
      }
    }
    throw new AssertionError("the browser is not in its own list");
  }

  @Test
  void nobody_sees_or_ends_the_browsers_of_others() {
    Browser ann = browser();
    signIn(ann, "9996610252");
    Browser bob = browser();
    signIn(bob, "9996610262");
    assertThat(sessions(bob)).hasSize(1);
    assertThat(bob.delete("/api/user/sessions/" + idOf(ann)).status()).isEqualTo(404);
    bob.post("/api/user/sessions/end-others", Map.of());
    assertThat(ann.get("/api/user/me").status()).isEqualTo(200);
    Browser stranger = browser();
    assertThat(stranger.get("/api/user/sessions").status()).isEqualTo(401);
    assertThat(stranger.delete("/api/user/sessions/" + idOf(ann)).status()).isEqualTo(401);
    assertThat(stranger.post("/api/user/sessions/end-others", Map.of()).status()).isEqualTo(401);
  }

  @Test
  void disconnecting_telegram_signs_out_everywhere_else_copies_of_this_cookie_too() {
    String phone = "9996610272";
    Browser ann = browser();
    signIn(ann, phone);
    Browser other = anotherBrowser(phone);
    Browser thief = browser();
    thief.steal(ann);
    assertThat(thief.get("/api/user/me").status()).isEqualTo(200);
    assertThat(ann.post("/api/user/disconnect-telegram", Map.of()).status()).isEqualTo(200);
    assertThat(other.get("/api/user/me").status()).isEqualTo(401);
    assertThat(thief.get("/api/user/me").status()).isEqualTo(401);
    assertThat(ann.get("/api/user/me").status()).isEqualTo(200);
    assertThat(sessions(ann)).hasSize(1);
  }

  @Test
  void a_copied_cookie_ends_the_session_and_its_owner_is_told() {
    String phone = "9996610282";
    Browser ann = browser();
    signIn(ann, phone);
    Browser thief = browser();
    thief.steal(ann);
    db().sql("update web_sessions set rotated_at = rotated_at - 86400000").update();
    ann.get("/api/user/me");
    ann.get("/api/user/me");
    db().sql("update web_sessions set confirmed_at = confirmed_at - 60000").update();
    assertThat(thief.get("/api/user/me").status()).isEqualTo(401);
    assertThat(ann.get("/api/user/me").status()).isEqualTo(401);
    Eventually.await(
        "the warning is in Saved Messages",
        () ->
            savedMessages(account(phone)).stream()
                .anyMatch(text -> text.contains("cookie") && text.contains("Firefox, Linux")));
  }

  @Test
  void a_browser_that_was_signed_out_from_afar_is_a_stranger_again() {
    String phone = "9996610292";
    Browser ann = browser();
    signIn(ann, phone);
    Browser lost = anotherBrowser(phone);
    ann.delete("/api/user/sessions/" + idOf(lost));
    for (int i = 0; i < 12; i++) {
      browser().post("/api/auth/start", Map.of("phone", phone));
    }
    assertThat(lost.post("/api/auth/start", Map.of("phone", phone)).code())
        .isEqualTo("too_many_codes");
    assertThat(ann.post("/api/auth/start", Map.of("phone", phone)).text("login_via"))
        .isEqualTo("telegram_message");
  }

  @Test
  void over_tls_the_cookie_is_secure() {
    Browser ann = browser();
    String id = begin(ann, "9996610162");
    code(ann, id, "11111");
    ann.post("/api/auth/save", Map.of("auth_id", id), "X-Forwarded-Proto", "https");
    assertThat(ann.setCookie()).contains("Secure");
  }

  @Test
  void another_site_can_neither_sign_in_nor_out() {
    Browser ann = browser();
    signIn(ann, "9996610172");
    for (String path : List.of("/api/auth/start", "/api/auth/save", "/api/logout")) {
      assertThat(ann.post(path, Map.of(), "Sec-Fetch-Site", "cross-site").code())
          .isEqualTo("forged_request");
    }
    assertThat(ann.get("/api/user/me").status()).isEqualTo(200);
  }

  // --- settings ------------------------------------------------------------------------------

  @Test
  void settings_profile_and_the_end_of_the_telegram_session() {
    String phone = "9996610182";
    Browser ann = browser();
    User user = signIn(ann, phone);
    assertThat(ann.get("/api/user/settings").body().path("alerts_personal").asBoolean()).isTrue();
    Reply changed =
        ann.put("/api/user/settings", Map.of("alerts_personal", false, "language", "en"));
    assertThat(changed.body().path("alerts_personal").asBoolean(true)).isFalse();
    assertThat(ann.put("/api/user/settings", Map.of("language", "de")).status()).isEqualTo(400);
    assertThat(ann.put("/api/user/settings", Map.of()).text("language")).isEqualTo("en");

    sandbox.world().rename(account(phone), "Anna", "Berg", "annaberg");
    Reply refreshed = ann.post("/api/user/refresh", Map.of());
    assertThat(refreshed.text("name")).isEqualTo("Anna Berg");
    assertThat(refreshed.text("username")).isEqualTo("annaberg");

    assertThat(ann.post("/api/user/disconnect-telegram", Map.of()).status()).isEqualTo(200);
    assertThat(events).contains(new TelegramDisconnected(user.id()));
    assertThat(sandbox.world().authorizations(account(phone))).isEmpty();
    assertThat(open(account(phone))).isZero();
    assertThat(ann.get("/api/user/me").text("telegram")).isEqualTo("not_signed_in");
    Reply gone = ann.post("/api/user/refresh", Map.of());
    assertThat(gone.status()).isEqualTo(409);
    assertThat(gone.text("detail")).startsWith("Telegram is not connected");
    begin(browser(), phone);
  }
}

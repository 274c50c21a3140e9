package dev.jobradar.server.web.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.CompletedSignIn;
import dev.jobradar.clients.PendingSignIns;
import dev.jobradar.clients.SignInId;
import dev.jobradar.clients.SignInOrigin;
import dev.jobradar.clients.SignInStep;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.server.account.AccountException;
import dev.jobradar.server.account.FakeAccounts;
import dev.jobradar.server.account.FloodWaits;
import dev.jobradar.server.account.Profile;
import dev.jobradar.server.delivery.DeliveryState;
import dev.jobradar.server.signin.TelegramDisconnected;
import dev.jobradar.server.signin.TelegramSignIns;
import dev.jobradar.server.signin.TestSignIn;
import dev.jobradar.server.signin.UserLoggedOut;
import dev.jobradar.server.signin.UserSignedIn;
import dev.jobradar.server.storage.TestDatabase;
import dev.jobradar.server.storage.Vault;
import dev.jobradar.server.storage.Vendor;
import dev.jobradar.server.users.User;
import dev.jobradar.server.users.Users;
import dev.jobradar.server.web.Browsers;
import dev.jobradar.server.web.TestWeb;
import dev.jobradar.server.web.WebSessions;
import dev.jobradar.server.web.delivery.TestDeliveryApi;
import dev.jobradar.server.web.users.TestUsersApi;
import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.signin.CodeDelivery;
import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The controllers with a Telegram that does what the sandbox's does not. */
@Timeout(60)
class SignInApiIT {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration WAIT = Duration.ofMinutes(5);
  private static final String PHONE = "79990000001";
  private static final SignInId ID = new SignInId("pending-1");

  private final InstantSource clock = InstantSource.fixed(NOW);
  private final TestDatabase database = TestDatabase.open(Vendor.SQLITE);
  private final Vault vault = Vault.create();
  private final Users users = new Users(database.client(), vault, clock);
  private final FakeAccounts accounts = new FakeAccounts();
  private final FakeTelegram telegram = new FakeTelegram();
  private final List<Object> events = new ArrayList<>();
  private final TestDeliveryApi.Status delivery = new TestDeliveryApi.Status();
  private final FloodWaits floodWaits = new FloodWaits(database.client(), clock);
  private final TestSignIn signIns =
      new TestSignIn(
          database,
          vault,
          users,
          accounts.paced(floodWaits, clock),
          floodWaits,
          telegram,
          events::add,
          clock);

  @AfterEach
  void close() {
    database.close();
  }

  /** Answers with what it was told to, and notes what it was asked for. */
  private static final class FakeTelegram implements TelegramSignIns {
    private final List<String> log = new ArrayList<>();
    private SignInStep next = sent(new CodeDelivery.App(5), null, null);
    private @Nullable RuntimeException failure;
    private @Nullable CompletedSignIn completed;

    private SignInStep step(String what) {
      log.add(what);
      if (failure != null) {
        throw failure;
      }
      return next;
    }

    @Override
    public PendingSignIns.Begun begin(String phone, SignInOrigin who) {
      return new PendingSignIns.Begun(ID, step("begin " + phone));
    }

    @Override
    public SignInStep resendCode(SignInId id) {
      return step("resend " + id.value());
    }

    @Override
    public SignInStep submitCode(SignInId id, String code) {
      return step("code " + code);
    }

    @Override
    public SignInStep submitPassword(SignInId id, String password) {
      return step("password");
    }

    @Override
    public CompletedSignIn complete(SignInId id) {
      step("complete");
      if (completed == null) {
        throw new IllegalStateException("nobody has signed in");
      }
      return completed;
    }

    @Override
    public void cancel(SignInId id) {
      log.add("cancel " + id.value());
    }
  }

  private static SignInStep sent(
      CodeDelivery delivery, CodeDelivery.@Nullable Next next, @Nullable Duration resendAfter) {
    return new SignInStep.CodeSent(delivery, next, resendAfter);
  }

  private final Browsers browsers =
      new Browsers(
          new WebSessions(database.client(), vault, clock), signIns.devices(), event -> {});

  /** What this browser holds, by name. */
  private final Map<String, String> cookies = new LinkedHashMap<>(Map.of("theme", "dark"));

  private MockMvcTester web(@Nullable User visitor) {
    return TestWeb.of(
        visitor,
        clock,
        new SignInController(new Entrance(signIns.flow(), browsers, accounts, events::add, clock)),
        TestUsersApi.controller(users, accounts, delivery, clock, events::add, browsers));
  }

  private record Reply(int status, JsonNode body, List<String> cookies) {
    String text(String field) {
      return body.path(field).asString("");
    }
  }

  private Reply post(String path, String body) {
    return post(null, path, body);
  }

  private Reply post(@Nullable User visitor, String path, String body) {
    var response =
        web(visitor)
            .post()
            .uri(path)
            .contentType(MediaType.APPLICATION_JSON)
            .content(body)
            .cookie(
                cookies.entrySet().stream()
                    .map(each -> new Cookie(each.getKey(), each.getValue()))
                    .toArray(Cookie[]::new))
            .exchange()
            .getResponse();
    response.getHeaders("Set-Cookie").forEach(this::keep);
    return new Reply(
        response.getStatus(),
        new JsonMapper().readTree(response.getContentAsByteArray()),
        response.getHeaders("Set-Cookie"));
  }

  private void keep(String cookie) {
    int name = cookie.indexOf('=');
    cookies.put(cookie.substring(0, name), cookie.substring(name + 1, cookie.indexOf(';')));
  }

  private Reply start() {
    return post("/api/auth/start", "{\"phone\":\"8 (999) 000-00-01\"}");
  }

  @Test
  void every_way_in_which_a_code_travels_is_told() {
    telegram.next =
        sent(
            new CodeDelivery.MissedCall("7495", 6),
            CodeDelivery.Next.FRAGMENT,
            Duration.ofSeconds(90));
    Reply started = start();
    assertThat(started.body().toString())
        .isEqualTo(
            "{\"ok\":true,\"auth_id\":\"pending-1\",\"login_via\":\"telegram_sms\","
                + "\"code_type\":\"missed_call\",\"code_length\":6,\"resend_after\":90,"
                + "\"next_type\":\"fragment_sms\",\"code_hint\":\"7495\","
                + "\"requires_password\":false}");
    assertThat(telegram.log).containsExactly("begin 79990000001");
    record Case(CodeDelivery delivery, String type) {}
    for (Case each :
        List.of(
            new Case(new CodeDelivery.App(5), "app"),
            new Case(new CodeDelivery.Sms(5), "sms"),
            new Case(new CodeDelivery.Call(5), "call"),
            new Case(new CodeDelivery.FlashCall("7495*"), "flash_call"),
            new Case(new CodeDelivery.Email("a*@b", 6), "email"),
            new Case(new CodeDelivery.Fragment("https://fragment.com", 5), "fragment_sms"),
            new Case(new CodeDelivery.SmsWord("a"), "sms_word"),
            new Case(new CodeDelivery.SmsPhrase(null), "sms_phrase"))) {
      telegram.next = sent(each.delivery(), null, null);
      assertThat(post("/api/auth/resend-code", "{\"auth_id\":\"pending-1\"}").text("code_type"))
          .isEqualTo(each.type());
    }
  }

  @Test
  void what_cannot_be_gone_on_with_here_is_given_up_and_explained() {
    telegram.next = sent(new CodeDelivery.EmailSetUpRequired(), null, null);
    assertThat(start().text("code")).isEqualTo("email_setup_required");
    telegram.next = sent(new CodeDelivery.OfficialAppsOnly(), null, null);
    assertThat(start().text("code")).isEqualTo("official_apps_only");
    assertThat(telegram.log)
        .containsExactly(
            "begin 79990000001", "cancel pending-1", "begin 79990000001", "cancel pending-1");
    telegram.next = new SignInStep.PaymentRequired("USD", 99);
    Reply payment = start();
    assertThat(payment.text("code")).isEqualTo("payment_required");
    assertThat(payment.text("currency")).isEqualTo("USD");
    assertThat(payment.body().path("amount").asInt()).isEqualTo(99);
  }

  @Test
  void a_password_may_be_asked_for_without_a_code() {
    telegram.next = new SignInStep.PasswordNeeded("first pet");
    Reply started = start();
    assertThat(started.text("code_type")).isEqualTo("none");
    assertThat(started.body().path("requires_password").asBoolean()).isTrue();
    assertThat(started.text("password_hint")).isEqualTo("first pet");
    telegram.next = new SignInStep.Accepted(new Me(7, "Ann", null, null, PHONE));
    Reply entered =
        post("/api/auth/submit-password", "{\"auth_id\":\"pending-1\",\"password\":\" a \"}");
    assertThat(entered.body().toString()).isEqualTo("{\"ok\":true,\"requires_password\":false}");
  }

  @Test
  void of_a_disabled_person_nothing_stays_open_though_telegram_cannot_be_told() {
    User ann = users.signedIn(7, PHONE, "Ann", null);
    database.client().sql("update users set disabled = true").update();
    telegram.completed = new CompletedSignIn(ann.id(), false, new Me(7, "Ann", null, null, PHONE));
    accounts.loseLogOuts();
    Reply refused = post("/api/auth/save", "{\"auth_id\":\"pending-1\"}");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text("code")).isEqualTo("account_disabled");
    assertThat(refused.cookies()).isEmpty();
    assertThat(accounts.log())
        .containsExactly("logOut " + ann.id().value(), "close " + ann.id().value());
    assertThat(events).containsExactly(new TelegramDisconnected(ann.id()));
  }

  @Test
  void a_completed_sign_in_sets_the_cookie_speaks_the_browsers_language_and_is_told() {
    User ann = users.signedIn(7, PHONE, "Ann", null);
    telegram.completed = new CompletedSignIn(ann.id(), true, new Me(7, "Ann", null, null, PHONE));
    var response =
        web(null)
            .post()
            .uri("/api/auth/save")
            .header("Accept-Language", "en")
            .contentType(MediaType.APPLICATION_JSON)
            .content("{\"auth_id\":\"pending-1\"}")
            .exchange()
            .getResponse();
    assertThat(response.getHeaders("Set-Cookie"))
        .hasSize(2)
        .allSatisfy(cookie -> assertThat(cookie).contains("HttpOnly", "SameSite=Lax"))
        .satisfiesOnlyOnce(cookie -> assertThat(cookie).startsWith("auth_token="))
        .satisfiesOnlyOnce(cookie -> assertThat(cookie).startsWith("device="));
    assertThat(users.find(ann.id())).map(User::language).contains("en");
    assertThat(events).containsExactly(new UserSignedIn(ann.id()));
  }

  @Test
  void what_telegram_objects_to_names_the_field() {
    telegram.failure = RpcException.of(400, "PHONE_CODE_EXPIRED", "auth.signIn");
    Reply expired = post("/api/auth/submit-code", "{\"auth_id\":\"pending-1\",\"code\":12345}");
    assertThat(expired.status()).isEqualTo(400);
    assertThat(expired.body().path("errors").get(0).path("field").asString()).isEqualTo("code");
    assertThat(telegram.log).containsExactly("code 12345");
    assertThat(post("/api/auth/submit-code", "{\"auth_id\":\"pending-1\"}").status())
        .isEqualTo(400);
    assertThat(post("/api/auth/start", "{}").body().toString())
        .contains("\"field\":\"phone\"")
        .doesNotContain("NotBlank");
  }

  @Test
  void a_code_that_was_renewed_is_asked_for_with_its_way() {
    telegram.next = sent(new CodeDelivery.Sms(6), CodeDelivery.Next.CALL, Duration.ofSeconds(60));
    for (String step : List.of("code", "password")) {
      String body = "{\"auth_id\":\"pending-1\",\"%s\":\"12345\"}".formatted(step);
      Reply renewed = post("/api/auth/submit-" + step, body);
      assertThat(renewed.status()).isEqualTo(409);
      assertThat(renewed.text("code")).isEqualTo("code_renewed");
      assertThat(renewed.text("code_type")).isEqualTo("sms");
      assertThat(renewed.text("next_type")).isEqualTo("call");
      assertThat(renewed.body().path("code_length").asInt()).isEqualTo(6);
      assertThat(renewed.body().path("resend_after").asInt()).isEqualTo(60);
      assertThat(renewed.text("detail")).contains("Telegram");
    }

    telegram.next = sent(new CodeDelivery.OfficialAppsOnly(), null, null);
    Reply appsOnly =
        post("/api/auth/submit-code", "{\"auth_id\":\"pending-1\",\"code\":\"12345\"}");
    assertThat(appsOnly.text("code")).isEqualTo("official_apps_only");
    assertThat(telegram.log).endsWith("cancel pending-1");
  }

  @Test
  void when_the_account_cannot_be_reached_telegrams_code_is_used() {
    for (RuntimeException failure :
        List.of(
            new AccountException.NotSignedIn(),
            new AccountException.SessionEnded("SESSION_REVOKED"),
            new AccountException.Unreachable(null, null),
            new AccountException.Refused("PEER_FLOOD", null))) {
      User ann = users.signedIn(7, PHONE, "Ann", null);
      accounts.profile(ann.id(), new Profile(7, "Ann", null, PHONE));
      accounts.failNext(failure);
      assertThat(start().text("login_via")).as(failure.toString()).isEqualTo("telegram_sms");
      assertThat(signIns.hasCode(ann.id())).isFalse();
    }
    assertThat(accounts.messages()).isEmpty();
    assertThat(start().text("login_via")).isEqualTo("telegram_message");
    assertThat(accounts.messages()).hasSize(1);
  }

  @Test
  void while_telegram_wants_the_account_to_wait_its_own_code_is_used() {
    User ann = users.signedIn(7, PHONE, "Ann", null);
    accounts.profile(ann.id(), new Profile(7, "Ann", null, PHONE));
    accounts.failNext(new AccountException.FloodWait("users.getUsers", WAIT, null));
    assertThat(start().text("login_via")).isEqualTo("telegram_sms");
    assertThat(start().text("login_via")).isEqualTo("telegram_sms");
    assertThat(floodWaits.until(ann.id(), "users.getUsers")).contains(NOW.plus(WAIT));
    assertThat(accounts.messages()).isEmpty();
  }

  @Test
  void a_code_stays_good_until_the_next_one_was_really_sent() {
    User ann = users.signedIn(7, PHONE, "Ann", null);
    accounts.profile(ann.id(), new Profile(7, "Ann", null, PHONE));
    assertThat(start().text("login_via")).isEqualTo("telegram_message");
    String first = lastCode();

    accounts.refuse("self", new AccountException.Refused("PEER_FLOOD", null));
    assertThat(start().text("login_via")).isEqualTo("telegram_sms");
    accounts.refuse("self", null);
    assertThat(login(first)).isEqualTo(200);

    start();
    String second = lastCode();
    start();
    String third = lastCode();
    if (!third.equals(second)) {
      assertThat(login(second)).isEqualTo(400);
    }
    assertThat(login(third)).isEqualTo(200);
  }

  @Test
  void a_code_whose_sending_is_not_known_to_have_worked_is_void() {
    User ann = users.signedIn(7, PHONE, "Ann", null);
    accounts.profile(ann.id(), new Profile(7, "Ann", null, PHONE));
    accounts.loseNextAnswer(new AccountException.Unreachable(null, null));
    assertThat(start().text("login_via")).isEqualTo("telegram_sms");
    assertThat(accounts.messages()).hasSize(1);
    assertThat(login(lastCode())).isEqualTo(400);
  }

  private String lastCode() {
    return accounts.messages().getLast().text().substring(26, 35);
  }

  private int login(String code) {
    String body = "{\"phone\":\"79990000001\",\"code\":\"" + code + "\"}";
    return post("/api/auth/login-by-telegram", body).status();
  }

  @Test
  void a_wait_that_a_code_meets_is_noted_for_all_that_the_account_sends() {
    User ann = users.signedIn(7, PHONE, "Ann", null);
    accounts.profile(ann.id(), new Profile(7, "Ann", null, PHONE));
    accounts.refuse(
        "self", new AccountException.FloodWait(FloodWaits.SENDING, Duration.ofMinutes(5), null));
    assertThat(start().text("login_via")).isEqualTo("telegram_sms");
    accounts.refuse("self", null);
    assertThat(start().text("login_via")).isEqualTo("telegram_sms");
    assertThat(accounts.log()).containsOnlyOnce("send " + ann.id().value() + " self");
    assertThat(floodWaits.until(ann.id(), FloodWaits.SENDING))
        .contains(NOW.plus(Duration.ofMinutes(5)));
  }

  @Test
  void a_person_is_told_why_leads_do_not_arrive() {
    User ann = users.signedIn(7, PHONE, "Ann", null);
    assertThat(me(ann).path("deliveries").toString()).isEqualTo("{\"waiting\":0}");
    delivery.set(
        new DeliveryState(
            3, DeliveryState.Hold.FLOOD_WAIT, "messages.sendMessage", NOW.plusSeconds(31)));
    JsonNode told = me(ann).path("deliveries");
    assertThat(told.path("waiting").asInt()).isEqualTo(3);
    assertThat(told.path("hold").asString()).isEqualTo("flood_wait");
    assertThat(told.path("detail").asString()).isEqualTo("Telegram просит подождать 31 с.");
    assertThat(told.path("until").asString()).isEqualTo(NOW.plusSeconds(31).toString());
  }

  private JsonNode me(User visitor) {
    return JsonMapper.shared()
        .readTree(
            web(visitor)
                .get()
                .uri("/api/user/me")
                .exchange()
                .getMvcResult()
                .getResponse()
                .getContentAsByteArray());
  }

  @Test
  void logging_out_closes_the_connection_and_is_told() {
    User ann = users.signedIn(7, PHONE, "Ann", null);
    Reply done = post(ann, "/api/logout", "{}");
    assertThat(done.cookies()).singleElement().asString().contains("auth_token=;", "Max-Age=0");
    assertThat(events).containsExactly(new UserLoggedOut(ann.id()));
    assertThat(post("/api/logout", "{}").status()).isEqualTo(200);
    assertThat(events).hasSize(1);
  }
}

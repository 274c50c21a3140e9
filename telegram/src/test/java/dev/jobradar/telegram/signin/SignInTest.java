package dev.jobradar.telegram.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jobradar.mtproto.CallFailedException;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.client.CallOptions;
import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.auth.CodeTypeSms;
import dev.jobradar.tl.api.auth.SentCode;
import dev.jobradar.tl.api.auth.SentCodeTypeFirebaseSms;
import dev.jobradar.tl.api.auth.SentCodeTypeSms;
import dev.jobradar.tl.api.auth.TypeSentCodeType;
import dev.jobradar.tl.api.method.Account;
import dev.jobradar.tl.api.method.Auth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A sign-in against scripted answers. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SignInTest {
  private static final Me ME = new Me(7, "Somebody", null, null, null);

  private final Script script = new Script();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final SignIn signIn = new SignIn(script, "999", List.of(), () -> now);

  /** Answers in order; the last one of a method is repeated for ever. */
  private static final class Script implements SignInCalls {
    final List<String> log = new ArrayList<>();
    final Deque<Object> answers = new ArrayDeque<>();
    @Nullable Me signedIn;

    void then(Object... more) {
      answers.addAll(List.of(more));
    }

    private Object next() {
      Object answer = answers.size() == 1 ? answers.element() : answers.remove();
      if (answer instanceof MtprotoException failure) {
        throw failure;
      }
      return answer;
    }

    @Override
    @SuppressWarnings("unchecked") // a test scripts what fits
    public <R> R invoke(TlMethod<R> method, CallOptions how) {
      log.add(
          switch (method) {
            case Auth.SendCode _ -> "sendCode";
            case Auth.ResendCode _ -> "resendCode";
            case Auth.SignIn _ -> "signIn";
            case Account.GetPassword _ -> "getPassword";
            default -> method.getClass().getSimpleName();
          });
      return (R) next();
    }

    @Override
    public Me whoAmI() {
      log.add("whoAmI");
      return (Me) next();
    }

    @Override
    public void signedIn(Me account) {
      signedIn = account;
    }

    @Override
    public TelegramOptions options() {
      return TelegramOptions.builder(1, "hash").build();
    }

    @Override
    public void pause(int failures) {
      log.add("pause " + failures);
    }
  }

  private static SentCode sent(TypeSentCodeType type) {
    return new SentCode(type, "hash", new CodeTypeSms(), 60);
  }

  private static SentCode forOfficialApps() {
    return sent(new SentCodeTypeFirebaseSms(null, null, null, null, null, 6));
  }

  private static RpcException error(int code, String name) {
    return RpcException.of(code, name, "auth.signIn");
  }

  private void codeSent() throws InterruptedException {
    script.then(sent(new SentCodeTypeSms(5)));
    assertThat(signIn.sendCode()).isInstanceOf(CodeRequest.Sent.class);
    script.answers.clear();
    script.log.clear();
  }

  // --- ways that only Telegram's own apps can use
  // -------------------------------------------------

  @Test
  void a_way_that_only_official_apps_can_use_is_skipped() throws Exception {
    script.then(forOfficialApps(), sent(new SentCodeTypeSms(5)));
    assertThat(((CodeRequest.Sent) signIn.sendCode()).delivery())
        .isEqualTo(new CodeDelivery.Sms(5));
    assertThat(script.log).containsExactly("sendCode", "pause 0", "resendCode");
  }

  @Test
  void a_way_for_official_apps_that_comes_back_again_and_again_is_given_up() throws Exception {
    script.then(forOfficialApps());
    assertThat(signIn.sendCode())
        .isEqualTo(new CodeRequest.Sent(new CodeDelivery.OfficialAppsOnly(), null, null));
    assertThat(script.log.stream().filter("resendCode"::equals)).hasSize(3);
    assertThat(script.log.stream().filter(line -> line.startsWith("pause"))).hasSize(3);

    script.log.clear();
    assertThat(signIn.resendCode())
        .isEqualTo(new CodeRequest.Sent(new CodeDelivery.OfficialAppsOnly(), null, null));
    assertThat(script.log.stream().filter("resendCode"::equals)).hasSize(4);
  }

  // --- failures of Telegram's own
  // -----------------------------------------------------------------

  @Test
  void a_code_request_that_telegram_fails_is_repeated_with_pauses_and_not_for_ever()
      throws Exception {
    script.then(error(500, "AUTH_RESTART"), error(-503, "TIMEOUT"), sent(new SentCodeTypeSms(5)));
    assertThat(signIn.sendCode()).isInstanceOf(CodeRequest.Sent.class);
    assertThat(script.log)
        .containsExactly("sendCode", "pause 0", "sendCode", "pause 1", "sendCode");

    script.log.clear();
    script.answers.clear();
    script.then(error(500, "AUTH_RESTART"));
    assertThatThrownBy(signIn::sendCode).isInstanceOf(RpcException.class);
    assertThat(script.log.stream().filter("sendCode"::equals)).hasSize(4);
  }

  @Test
  void a_resend_after_the_code_expired_asks_for_a_new_one() throws Exception {
    codeSent();
    script.then(error(400, "PHONE_CODE_EXPIRED"), sent(new SentCodeTypeSms(5)));
    assertThat(signIn.resendCode()).isInstanceOf(CodeRequest.Sent.class);
    assertThat(script.log).containsExactly("resendCode", "sendCode");
  }

  @Test
  void a_code_that_was_accepted_in_spite_of_a_failure_is_not_sent_twice() throws Exception {
    codeSent();
    script.then(error(500, "INTERNAL"), ME);
    assertThat(signIn.signIn("12345")).isEqualTo(new SignInResult.SignedIn(ME));
    assertThat(script.signedIn).isEqualTo(ME);
    assertThat(script.log).containsExactly("signIn", "pause 0", "whoAmI");
  }

  @Test
  void a_code_that_was_not_accepted_is_sent_again() throws Exception {
    codeSent();
    script.then(
        error(500, "INTERNAL"),
        error(401, "AUTH_KEY_UNREGISTERED"),
        error(400, "PHONE_CODE_INVALID"));
    RpcException wrong = catchThrowableOfType(RpcException.class, () -> signIn.signIn("12345"));
    assertThat(wrong.error()).isEqualTo("PHONE_CODE_INVALID");
    assertThat(script.log).containsExactly("signIn", "pause 0", "whoAmI", "signIn");
  }

  @Test
  void a_code_after_which_the_password_is_missing_is_not_sent_again() throws Exception {
    codeSent();
    script.then(
        error(500, "INTERNAL"), error(401, "SESSION_PASSWORD_NEEDED"), error(400, "NO_HINT"));
    assertThat(signIn.signIn("12345")).isEqualTo(new SignInResult.PasswordNeeded(null));
    assertThat(script.log).containsExactly("signIn", "pause 0", "whoAmI", "getPassword");
  }

  @Test
  void when_it_stays_open_the_failure_that_left_it_open_is_thrown() throws Exception {
    codeSent();
    for (MtprotoException asking :
        List.of(
            error(420, "FLOOD_WAIT_5"),
            new CallFailedException(
                "users.getUsers",
                CallFailedException.Reason.TIMED_OUT,
                CallFailedException.Progress.SENT,
                null))) {
      script.answers.clear();
      script.then(error(500, "INTERNAL"), asking);
      RpcException open = catchThrowableOfType(RpcException.class, () -> signIn.signIn("12345"));
      assertThat(open.error()).isEqualTo("INTERNAL");
      assertThat(open.getSuppressed()).containsExactly(asking);
    }
  }

  @Test
  void what_needs_a_new_code_is_left_to_the_person() throws Exception {
    codeSent();
    for (RpcException expired :
        List.of(
            error(400, "PHONE_CODE_EXPIRED"),
            error(500, "AUTH_RESTART"),
            error(500, "AUTH_RESTART_17"))) {
      script.answers.clear();
      script.log.clear();
      script.then(expired);
      assertThatThrownBy(() -> signIn.signIn("12345")).isSameAs(expired);
      assertThat(SignIn.needsNewCode(expired)).isTrue();
      assertThat(script.log).containsExactly("signIn");
    }
    assertThat(SignIn.needsNewCode(error(400, "PHONE_CODE_INVALID"))).isFalse();
  }

  // --- FLOOD_WAIT
  // -----------------------------------------------------------------------------------

  @Test
  void a_flood_wait_is_obeyed_to_the_second_for_its_method_only() throws Exception {
    codeSent();
    script.then(error(420, "FLOOD_WAIT_30"), error(400, "PHONE_CODE_INVALID"));
    assertThatThrownBy(() -> signIn.signIn("12345")).isInstanceOf(RpcException.FloodWait.class);
    now = now.plusMillis(29_500);
    RpcException.FloodWait left =
        catchThrowableOfType(RpcException.FloodWait.class, () -> signIn.signIn("12345"));
    assertThat(left.delay()).isEqualTo(Duration.ofSeconds(1));
    assertThat(script.log).containsExactly("signIn");

    script.answers.addFirst(sent(new SentCodeTypeSms(5)));
    assertThat(signIn.resendCode()).isInstanceOf(CodeRequest.Sent.class);
    now = now.plusMillis(500);
    RpcException wrong = catchThrowableOfType(RpcException.class, () -> signIn.signIn("12345"));
    assertThat(wrong.error()).isEqualTo("PHONE_CODE_INVALID");
  }
}

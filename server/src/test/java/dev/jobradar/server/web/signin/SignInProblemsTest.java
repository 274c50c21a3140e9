package dev.jobradar.server.web.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.server.web.ProblemException;
import dev.jobradar.server.web.TestWeb;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInProblemsTest {
  private final SignInProblems problems =
      new SignInProblems(InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z")));

  @ParameterizedTest
  @CsvSource({
    "400, PHONE_NUMBER_INVALID, 400, invalid_fields",
    "400, PHONE_NUMBER_BANNED, 409, phone_banned",
    "401, USER_DEACTIVATED_BAN, 409, phone_banned",
    "400, PHONE_NUMBER_FLOOD, 429, telegram_flood",
    "406, PHONE_PASSWORD_FLOOD, 429, telegram_flood",
    "400, PHONE_CODE_INVALID, 400, invalid_fields",
    "400, PHONE_CODE_EXPIRED, 400, invalid_fields",
    "400, PASSWORD_HASH_INVALID, 400, invalid_fields",
    "420, FLOOD_WAIT_70, 429, telegram_flood_wait",
    "406, SEND_CODE_UNAVAILABLE, 409, no_other_way",
    "400, PHONE_NUMBER_UNOCCUPIED, 409, no_such_account",
    "406, UPDATE_APP_TO_LOGIN, 503, telegram_refuses_us",
    "400, API_ID_INVALID, 503, telegram_refuses_us",
    "500, AUTH_RESTART, 503, telegram_unreachable",
    "400, SOMETHING_NEW, 409, telegram_refused",
    "406, SOMETHING_ELSE, 409, telegram_refused",
  })
  void every_error_of_telegram_is_told_in_words(int code, String error, int status, String told) {
    ProblemException problem = problems.of(RpcException.of(code, error, "auth.signIn"));
    assertThat(problem.status().value()).isEqualTo(status);
    assertThat(problem.code()).isEqualTo(told);
    for (Locale locale : new Locale[] {Locale.of("ru"), Locale.ENGLISH}) {
      assertThat(TestWeb.messages().getMessage("problem." + told, new Object[] {"X"}, locale))
          .isNotBlank();
    }
  }

  @Test
  void a_network_failure_is_telegrams_silence() {
    assertThat(problems.of(new TransportException("no route", null)).code())
        .isEqualTo("telegram_unreachable");
  }

  @Test
  void our_own_mistakes_stay_what_they_are() {
    assertThatThrownBy(() -> problems.of(new IllegalStateException("a bug")))
        .isInstanceOf(IllegalStateException.class);
  }
}

package dev.jobradar.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.CallFailedException;
import dev.jobradar.mtproto.ConnectionClosedException;
import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.TransportException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountFailuresTest {
  private static AccountException of(int code, String error) {
    return AccountFailures.of(RpcException.of(code, error, "contacts.resolveUsername"));
  }

  @ParameterizedTest
  @CsvSource({"500, RPC_CALL_FAIL", "-503, Timeout", "777, SOMETHING_NEW"})
  void what_telegram_itself_fails_at_says_nothing_of_other_calls(int code, String error) {
    assertThat(of(code, error))
        .isInstanceOfSatisfying(
            AccountException.Unreachable.class, e -> assertThat(e.thisCallOnly()).isTrue());
  }

  @Test
  void an_answer_that_makes_no_sense_says_nothing_of_other_calls() {
    assertThat(AccountFailures.of(new ProtocolException("no access hash")))
        .isInstanceOfSatisfying(
            AccountException.Unreachable.class, e -> assertThat(e.thisCallOnly()).isTrue());
  }

  @Test
  void a_closed_connection_concerns_every_call() {
    assertThat(AccountFailures.of(new ConnectionClosedException("closed", null)))
        .isInstanceOfSatisfying(
            AccountException.Unreachable.class, e -> assertThat(e.thisCallOnly()).isFalse());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SESSION_REVOKED", "SESSION_PASSWORD_NEEDED", "A_REASON_THAT_IS_NEW"})
  void a_session_that_ended_is_named_also_where_the_connection_only_closed(String error) {
    RpcException refused = RpcException.of(401, error, "users.getUsers");
    assertThat(
            Stream.of(
                refused,
                new ConnectionClosedException("the sign-in is over", refused),
                new CallFailedException(
                    "users.getUsers",
                    CallFailedException.Reason.CLOSED,
                    CallFailedException.Progress.SENT,
                    refused)))
        .map(AccountFailures::of)
        .allSatisfy(failure ->
            assertThat(failure)
                .isInstanceOfSatisfying(
                    AccountException.SessionEnded.class,
                    ended -> assertThat(ended.reason()).isEqualTo(error)));
  }

  @Test
  void a_refusal_keeps_its_name() {
    assertThat(of(400, "CHANNEL_PRIVATE"))
        .isInstanceOfSatisfying(
            AccountException.Refused.class,
            e -> assertThat(e.error()).isEqualTo("CHANNEL_PRIVATE"));
  }

  @Test
  void what_people_see_of_a_failed_connection_is_a_name_and_no_words_of_ours() {
    RpcException frozen = RpcException.of(420, "FROZEN_METHOD_INVALID", "users.getUsers");
    assertThat(AccountFailures.name(frozen)).isEqualTo("FROZEN_METHOD_INVALID");
    assertThat(AccountFailures.name(new ConnectionClosedException("closed", frozen)))
        .isEqualTo("FROZEN_METHOD_INVALID");
    assertThat(
            AccountFailures.name(
                new TransportException("dialling proxy.example failed: no route", null)))
        .isEqualTo("UNREACHABLE");
    assertThat(
            AccountFailures.name(
                new IllegalStateException("PreparedStatementCallback; SQL [select]")))
        .isEqualTo("UNREACHABLE");
    assertThat(AccountFailures.name(null)).isNull();
  }
}

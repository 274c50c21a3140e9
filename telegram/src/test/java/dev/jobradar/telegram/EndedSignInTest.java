package dev.jobradar.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.CallFailedException;
import dev.jobradar.mtproto.CallFailedException.Progress;
import dev.jobradar.mtproto.CallFailedException.Reason;
import dev.jobradar.mtproto.ConnectionClosedException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.TransportException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndedSignInTest {
  private static final String METHOD = "users.getUsers";

  private static TransportException keyNotFound() {
    return TransportException.ofCode(TransportException.AUTH_KEY_NOT_FOUND);
  }

  @ParameterizedTest
  @CsvSource({
    "401, SESSION_REVOKED, true",
    "401, SESSION_PASSWORD_NEEDED, true",
    "401, A_REASON_THAT_IS_NEW, true",
    "406, AUTH_KEY_DUPLICATED, true",
    "406, SEND_CODE_UNAVAILABLE, false",
    "400, CHANNEL_PRIVATE, false",
    "403, A_REASON_THAT_IS_NEW, false",
    "420, FLOOD_WAIT_3, false",
    "500, AUTH_KEY_UNSYNCHRONIZED, false"
  })
  void a_refusal_ends_the_sign_in_by_its_code_or_its_name(int code, String error, boolean ends) {
    RpcException refused = RpcException.of(code, error, METHOD);
    assertThat(EndedSignIn.reason(refused)).isEqualTo(ends ? error : null);
    assertThat(EndedSignIn.reason(new ConnectionClosedException("closed", refused)))
        .isEqualTo(ends ? error : null);
  }

  @Test
  void a_key_that_is_not_found_ends_it_when_the_connection_closed_for_that() {
    assertThat(EndedSignIn.reason(keyNotFound())).isEqualTo(EndedSignIn.KEY_NOT_FOUND);
    assertThat(
            EndedSignIn.reason(
                new CallFailedException(METHOD, Reason.CLOSED, Progress.SENT, keyNotFound())))
        .isEqualTo(EndedSignIn.KEY_NOT_FOUND);
  }

  @Test
  void what_was_in_the_way_of_a_call_that_ran_out_of_time_ends_nothing() {
    // Once is not enough: the client dials again.
    assertThat(
            EndedSignIn.reason(
                new CallFailedException(METHOD, Reason.TIMED_OUT, Progress.SENT, keyNotFound())))
        .isNull();
    assertThat(EndedSignIn.reason(new TransportException("no route", null))).isNull();
    assertThat(EndedSignIn.reason(new IllegalStateException("the store"))).isNull();
    assertThat(EndedSignIn.reason(null)).isNull();
  }
}

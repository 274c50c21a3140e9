package dev.jobradar.mtproto;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RpcExceptionTest {
  private static RpcException of(int code, String error) {
    return RpcException.of(code, error, "messages.sendMessage");
  }

  @ParameterizedTest
  @CsvSource({"FLOOD_WAIT_31, 31", "FLOOD_PREMIUM_WAIT_7, 7", "FLOOD_WAIT_0, 0"})
  void a_flood_wait_carries_its_duration_and_method(String error, int seconds) {
    RpcException e = of(420, error);
    assertThat(e).isInstanceOf(RpcException.FloodWait.class);
    assertThat(((RpcException.FloodWait) e).delay()).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(e.method()).isEqualTo("messages.sendMessage");
    assertThat(e.error()).isEqualTo(error);
  }

  @Test
  void a_slow_mode_wait_is_not_a_flood_wait() {
    assertThat(of(420, "SLOWMODE_WAIT_9"))
        .isInstanceOfSatisfying(
            RpcException.SlowModeWait.class,
            e -> assertThat(e.delay()).isEqualTo(Duration.ofSeconds(9)));
  }

  @Test
  void a_frozen_account_has_no_time_to_wait_for() {
    assertThat(of(420, "FROZEN_METHOD_INVALID")).isInstanceOf(RpcException.AccountFrozen.class);
  }

  @ParameterizedTest
  @EnumSource(RpcException.Migrate.Kind.class)
  void a_migrate_names_the_data_centre(RpcException.Migrate.Kind kind) {
    assertThat(of(303, kind.name() + "_MIGRATE_4"))
        .isInstanceOfSatisfying(
            RpcException.Migrate.class,
            e -> {
              assertThat(e.kind()).isEqualTo(kind);
              assertThat(e.dc()).isEqualTo(new DcId(4));
            });
  }

  @Test
  void a_migrate_to_no_data_centre_is_an_ordinary_error() {
    assertThat(of(303, "USER_MIGRATE_0")).isInstanceOf(RpcException.Other.class);
    assertThat(of(303, "USER_MIGRATE_99999999999999")).isInstanceOf(RpcException.Other.class);
  }

  @ParameterizedTest
  @EnumSource(RpcException.SessionEnded.Reason.class)
  void what_ends_a_session_is_told_by_name_whatever_its_code(
      RpcException.SessionEnded.Reason reason) {
    for (int code : new int[] {401, 403, 406, 500}) {
      assertThat(of(code, reason.name()))
          .isInstanceOfSatisfying(
              RpcException.SessionEnded.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SESSION_PASSWORD_NEEDED", "PHONE_CODE_INVALID", "AUTH_KEY_PERM_EMPTY"})
  void other_errors_end_no_session(String error) {
    assertThat(of(401, error)).isInstanceOf(RpcException.Other.class);
    assertThat(of(401, error).is(error)).isTrue();
  }

  @Test
  void another_406_is_not_acceptable() {
    assertThat(of(406, "UPDATE_APP_TO_LOGIN")).isInstanceOf(RpcException.NotAcceptable.class);
  }

  @Test
  void a_name_with_unexpected_characters_is_not_repeated() {
    assertThat(of(400, "x\nforged log line").getMessage()).doesNotContain("forged");
  }

  @Test
  void a_401_without_a_name_of_its_own_is_a_class_of_its_own() {
    assertThat(RpcException.of(401, "SOMETHING_NEW", "users.getUsers"))
        .isInstanceOf(RpcException.Unauthorized.class);
    assertThat(RpcException.of(401, "SESSION_REVOKED", "users.getUsers"))
        .isInstanceOf(RpcException.SessionEnded.class);
    assertThat(RpcException.of(401, "SESSION_PASSWORD_NEEDED", "auth.signIn"))
        .isInstanceOf(RpcException.Other.class);
  }
}

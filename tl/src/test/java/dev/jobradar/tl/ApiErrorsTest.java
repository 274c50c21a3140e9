package dev.jobradar.tl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiErrorsTest {

  @ParameterizedTest
  @CsvSource({
    "PHONE_NUMBER_INVALID, 400",
    "PHONE_CODE_INVALID, 400",
    "PASSWORD_HASH_INVALID, 400",
    "SESSION_PASSWORD_NEEDED, 401",
    "AUTH_KEY_UNREGISTERED, 401",
    "CHANNEL_PRIVATE, 400",
    "AUTH_KEY_DUPLICATED, 406",
    "RANDOM_ID_DUPLICATE, 400",
    "PHONE_MIGRATE_3, 303",
    "USER_MIGRATE_2, 303",
    "FLOOD_WAIT_31, 420",
    "FILE_REFERENCE_7_EXPIRED, 400",
    "PREVIOUS_CHAT_IMPORT_ACTIVE_WAIT_5MIN, 406"
  })
  void a_documented_error_has_its_code(String name, int code) {
    assertThat(ApiErrors.codeOf(name)).hasValue(code);
  }

  @Test
  void a_name_that_is_not_documented_has_no_code() {
    assertThat(ApiErrors.codeOf("FLOOD_WAIT_")).isEmpty();
    assertThat(ApiErrors.codeOf("FLOOD_WAIT_X")).isEmpty();
    assertThat(ApiErrors.codeOf("MADE_UP")).isEmpty();
  }
}

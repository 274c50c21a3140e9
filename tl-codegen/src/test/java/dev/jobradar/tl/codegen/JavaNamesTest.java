package dev.jobradar.tl.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaNamesTest {

  @ParameterizedTest
  @CsvSource({
    "resPQ, ResPQ",
    "p_q_inner_data_dc, PQInnerDataDc",
    "Server_DH_Params, ServerDHParams",
    "bad_server_salt, BadServerSalt",
    "messages.channelMessages, ChannelMessages"
  })
  void a_class_is_upper_camel_without_its_namespace(String tlName, String className) {
    assertThat(JavaNames.upperCamel(tlName)).isEqualTo(className);
  }

  @ParameterizedTest
  @CsvSource({
    "access_hash, accessHash",
    "srp_B, srpB",
    "M1, m1",
    "A, a",
    "default, default_",
    "public, public_",
    "notify, notify_"
  })
  void a_field_is_lower_camel_and_no_keyword(String tlName, String fieldName) {
    assertThat(JavaNames.field(tlName)).isEqualTo(fieldName);
  }

  @ParameterizedTest
  @CsvSource({"messages.getHistory, messages", "getHistory, ''"})
  void a_namespace_stands_before_the_dot(String tlName, String namespace) {
    assertThat(JavaNames.namespace(tlName)).isEqualTo(namespace);
  }
}

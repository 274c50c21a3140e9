package dev.jobradar.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.tl.api.Config;
import dev.jobradar.tl.api.DcOption;
import java.util.List;
import org.junit.jupiter.api.Test;

class DcMigrationTest {
  private static final Config CONFIG =
      Config.builder()
          .dcOptions(
              List.of(
                  option(1, "10.0.0.1"),
                  option(2, "2001:db8::2").toBuilder().ipv6(true).build(),
                  option(2, "10.0.0.9").toBuilder().mediaOnly(true).build(),
                  option(2, "10.0.0.2"),
                  option(3, "2001:db8::3").toBuilder().ipv6(true).build()))
          .dcTxtDomainName("")
          .meUrlPrefix("")
          .build();

  private static DcOption option(int dc, String address) {
    return DcOption.builder().id(dc).ipAddress(address).port(443).build();
  }

  private static String address(int dc, int failures) {
    return DcMigration.addressOf(new DcId(dc), CONFIG, failures).getHostString();
  }

  @Test
  void ipv4_is_tried_first_and_after_a_failure_the_other_address() {
    assertThat(address(2, 0)).isEqualTo("10.0.0.2");
    assertThat(address(2, 1)).isEqualTo("2001:db8:0:0:0:0:0:2");
    assertThat(address(2, 2)).isEqualTo("10.0.0.2");
    assertThat(address(1, 1)).isEqualTo("10.0.0.1");
    assertThat(address(3, 0)).isEqualTo("2001:db8:0:0:0:0:0:3");
    assertThatThrownBy(() -> address(4, 0)).isInstanceOf(TransportException.class);
  }
}

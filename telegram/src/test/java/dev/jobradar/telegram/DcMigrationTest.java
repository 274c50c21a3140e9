package dev.jobradar.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.tl.api.Config;
import dev.jobradar.tl.api.DcOption;
import java.net.InetSocketAddress;
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

  private static List<String> addresses(int dc, int failures) {
    return DcMigration.addressesOf(new DcId(dc), CONFIG, failures).stream()
        .map(InetSocketAddress::getHostString)
        .toList();
  }

  @Test
  void ipv4_is_tried_first_and_after_a_failure_the_other_address() {
    String six = "2001:db8:0:0:0:0:0:2";
    assertThat(addresses(2, 0)).containsExactly("10.0.0.2", six);
    assertThat(addresses(2, 1)).containsExactly(six, "10.0.0.2");
    assertThat(addresses(2, 2)).containsExactly("10.0.0.2", six);
    assertThat(addresses(1, 1)).containsExactly("10.0.0.1");
    assertThat(addresses(3, 0)).containsExactly("2001:db8:0:0:0:0:0:3");
    assertThatThrownBy(() -> addresses(4, 0)).isInstanceOf(TransportException.class);
  }
}

package dev.jobradar.telegram.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.crypto.TelegramRsaKeys;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataCentresTest {
  @Test
  void production_has_five_data_centres() {
    DataCentres production = DataCentres.of(false);

    assertThat(production.addresses()).hasSize(5);
    assertThat(production.address(new DcId(1))).isEqualTo(address("149.154.175.56"));
    assertThat(production.address(new DcId(5))).isEqualTo(address("91.108.56.179"));
    assertThat(production.serverKeys()).containsExactly(TelegramRsaKeys.PRODUCTION);
  }

  @Test
  void the_test_servers_have_three() {
    DataCentres test = DataCentres.of(true);

    assertThat(test.addresses()).hasSize(3);
    assertThat(test.address(new DcId(2))).isEqualTo(address("149.154.167.40"));
    assertThat(test.serverKeys()).containsExactly(TelegramRsaKeys.TEST);
    assertThatThrownBy(() -> test.address(new DcId(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("test dc 4");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void every_data_centre_has_an_address_of_either_family(boolean test) {
    DataCentres dataCentres = DataCentres.of(test);

    assertThat(dataCentres.ipv6()).containsOnlyKeys(dataCentres.addresses().keySet());
    assertThat(dataCentres.addresses().values()).doesNotHaveDuplicates();
    assertThat(dataCentres.ipv6().values()).doesNotHaveDuplicates();
  }

  @Test
  void another_address_can_take_the_place_of_a_known_one() {
    InetSocketAddress local = address("127.0.0.1");
    DataCentres changed = DataCentres.PRODUCTION.with(new DcId(4), local);

    assertThat(changed.address(new DcId(4))).isEqualTo(local);
    assertThat(changed.address(new DcId(3))).isEqualTo(DataCentres.PRODUCTION.address(new DcId(3)));
    assertThat(DataCentres.PRODUCTION.address(new DcId(4))).isNotEqualTo(local);
  }

  @Test
  void a_connection_may_use_the_address_of_either_family() {
    DataCentres production = DataCentres.PRODUCTION;
    DcId two = new DcId(2);
    InetSocketAddress ipv4 = production.address(two);
    InetSocketAddress ipv6 = Objects.requireNonNull(production.ipv6().get(two));
    InetSocketAddress told = address("149.154.167.50");

    assertThat(production.addresses(two, List.of())).containsExactly(ipv4, ipv6);
    assertThat(production.addresses(two, List.of(told))).containsExactly(told, ipv6);
    assertThat(production.addresses(two, List.of(ipv6))).containsExactly(ipv6, ipv4);
    assertThat(production.addresses(two, List.of(told, ipv6))).containsExactly(told, ipv6);
    assertThat(production.addresses(two, List.of(ipv6, told))).containsExactly(ipv6, told);
    assertThat(production.addresses(new DcId(9), List.of(told))).containsExactly(told);
  }

  @Test
  void data_centres_of_ones_own_replace_telegrams() {
    DataCentres own =
        DataCentres.custom(
            Map.of(new DcId(1), address("127.0.0.1")), List.of(TelegramRsaKeys.TEST));

    assertThat(own.addresses()).containsOnlyKeys(new DcId(1));
    assertThat(own.serverKeys()).containsExactly(TelegramRsaKeys.TEST);
    assertThat(own.test()).isFalse();
  }

  private static InetSocketAddress address(String ip) {
    return new InetSocketAddress(InetAddress.ofLiteral(ip), 443);
  }
}

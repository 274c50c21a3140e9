package dev.jobradar.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.client.Dialer;
import dev.jobradar.telegram.proxy.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

class TelegramOptionsTest {
  private static final Proxy PROXY = Proxy.parse("socks5://127.0.0.1:1080");

  private static Dialer dialerOf(TelegramOptions options) {
    return options.connection(new DcId(2), List.of(), null, false).dialer();
  }

  @Test
  void a_dialer_that_wraps_the_proxys_is_the_one_that_is_used() {
    TelegramOptions options = TelegramOptions.builder(1, "hash").proxy(PROXY).build();
    Dialer through = options.dialer();
    Dialer wrapped = (address, timeout) -> through.dial(address, timeout);
    assertThat(dialerOf(options)).isSameAs(through);
    assertThat(dialerOf(options.withDialer(wrapped))).isSameAs(wrapped);
    assertThat(options.withDialer(wrapped).proxy()).isEqualTo(PROXY);
  }

  @Test
  void another_proxy_brings_its_own_dialer() {
    TelegramOptions straight = TelegramOptions.builder(1, "hash").build();
    TelegramOptions proxied = straight.withProxy(PROXY);
    assertThat(dialerOf(proxied)).isNotSameAs(dialerOf(straight));
    assertThat(proxied.withProxy(null).proxy()).isNull();
  }
}

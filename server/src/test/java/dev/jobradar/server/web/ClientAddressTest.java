package dev.jobradar.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class ClientAddressTest {
  private static MockHttpServletRequest from(String address) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setRemoteAddr(address);
    return request;
  }

  @Test
  void a_proxy_on_this_machine_whose_word_was_not_taken_is_noticed() {
    MockHttpServletRequest proxied = from("127.0.0.1");
    assertThat(ClientAddress.isUnbelievedProxy(proxied)).isFalse();
    proxied.addHeader("X-Forwarded-For", "198.51.100.7");
    assertThat(ClientAddress.isUnbelievedProxy(proxied)).isTrue();
    assertThat(ClientAddress.of(proxied).address()).isEqualTo("127.0.0.1");
  }

  @Test
  void a_stranger_who_invents_the_header_is_no_proxy() {
    MockHttpServletRequest stranger = from("203.0.113.9");
    stranger.addHeader("X-Forwarded-For", "198.51.100.7");
    assertThat(ClientAddress.isUnbelievedProxy(stranger)).isFalse();
    assertThat(ClientAddress.of(stranger).address()).isEqualTo("203.0.113.9");
  }
}

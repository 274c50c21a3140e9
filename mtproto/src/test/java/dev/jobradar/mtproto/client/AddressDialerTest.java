package dev.jobradar.mtproto.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class AddressDialerTest {
  private static final InetSocketAddress V4 =
      new InetSocketAddress(InetAddress.ofLiteral("149.154.167.41"), 443);
  private static final InetSocketAddress V6 =
      new InetSocketAddress(InetAddress.ofLiteral("2001:67c:4e8:f002::a"), 443);
  private static final Duration TIMEOUT = Duration.ofSeconds(9);

  /** What becomes of an attempt; without an entry it connects. */
  private final Map<InetSocketAddress, IOException> failures = new ConcurrentHashMap<>();

  private final List<InetSocketAddress> dialed = new ArrayList<>();
  private final List<Duration> timeouts = new ArrayList<>();

  private SocketChannel dial(InetSocketAddress address, Duration timeout) throws IOException {
    dialed.add(address);
    timeouts.add(timeout);
    IOException failure = failures.get(address);
    if (failure != null) {
      throw failure;
    }
    return SocketChannel.open();
  }

  private AddressDialer dialer(InetSocketAddress... addresses) {
    return new AddressDialer(List.of(addresses), this::dial);
  }

  @Test
  void the_first_address_that_connects_is_taken() throws Exception {
    dialer(V4, V6).dial(TIMEOUT).close();
    assertThat(dialed).containsExactly(V4);
  }

  @Test
  void where_one_cannot_be_reached_the_other_is_tried_and_comes_first_from_then_on()
      throws Exception {
    failures.put(V4, new NoRouteToHostException("no IPv4 here"));
    AddressDialer dialer = dialer(V4, V6);
    dialer.dial(TIMEOUT).close();
    dialer.dial(TIMEOUT).close();
    assertThat(dialed).containsExactly(V4, V6, V6);
  }

  @Test
  void an_address_that_swallows_packets_gets_two_seconds_before_the_other() throws Exception {
    failures.put(V6, new SocketTimeoutException("silence"));
    dialer(V6, V4).dial(TIMEOUT).close();
    assertThat(dialed).containsExactly(V6, V4);
    assertThat(timeouts).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(2));
  }

  @Test
  void slow_addresses_get_what_time_is_left_and_refused_ones_do_not() {
    failures.put(V6, new SocketTimeoutException("slow"));
    failures.put(V4, new ConnectException("refused"));
    assertThatThrownBy(() -> dialer(V6, V4).dial(TIMEOUT))
        .isInstanceOf(SocketTimeoutException.class)
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(dialed).containsExactly(V6, V4, V6);
    assertThat(timeouts.getLast()).isBetween(Duration.ofSeconds(1), TIMEOUT);
  }

  @Test
  void a_single_address_has_all_the_time_and_one_attempt() {
    failures.put(V4, new SocketTimeoutException("slow"));
    assertThatThrownBy(() -> dialer(V4).dial(TIMEOUT)).isInstanceOf(SocketTimeoutException.class);
    assertThat(timeouts).containsExactly(TIMEOUT);
  }

  @Test
  void an_address_that_leads_nowhere_is_tried_last_next_time() throws Exception {
    AddressDialer dialer = dialer(V6, V4);
    dialer.dial(TIMEOUT).close();
    dialer.avoidPreferred();
    dialer.dial(TIMEOUT).close();
    assertThat(dialed).containsExactly(V6, V4);
  }

  @Test
  void an_interrupt_ends_it_at_once() {
    failures.put(V4, new ConnectException("closed by an interrupt"));
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> dialer(V4, V6).dial(TIMEOUT)).isInstanceOf(ConnectException.class);
      assertThat(dialed).containsExactly(V4);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}

package dev.jobradar.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.metrics.UserClientsMeters;
import dev.jobradar.mtproto.TransportException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UserClientsMetersTest {
  private static final UserId SOMEBODY = new UserId(1);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final UserClientsMeters meters = new UserClientsMeters(registry);
  private final FakeClients fake = new FakeClients(UserClientsOptions.DEFAULT, meters);

  private double clients(String state) {
    return registry.get("jobradar.clients").tag("state", state).gauge().value();
  }

  @Test
  void what_happens_to_a_client_is_measured() throws Exception {
    meters.watch(fake.clients);
    fake.store.put(SOMEBODY, FakeManagedClient.SESSION);
    assertThat(fake.clients.get(SOMEBODY, Duration.ZERO))
        .isInstanceOf(ClientResult.Unreachable.class);
    assertThat(clients("connecting")).isEqualTo(1);
    FakeManagedClient client = fake.last();
    fake.opened(client);
    assertThat(clients("connected")).isEqualTo(1);
    client.tell(
        new SlotEvent.Lost(client, TransportException.ofCode(429), fake.time.now().plusSeconds(5)));
    assertThat(clients("repairing")).isEqualTo(1);
    fake.opened(client);
    assertThat(fake.clients.disconnect(SOMEBODY)).isTrue();

    assertThat(registry.get("jobradar.clients.connects").timer().count()).isEqualTo(1);
    assertThat(registry.get("jobradar.clients.reconnects").timer().count()).isEqualTo(1);
    assertThat(registry.get("jobradar.clients.failures").tag("reason", "flood").counter().count())
        .isEqualTo(1);
    assertThat(registry.get("jobradar.clients.closed").tag("why", "disconnected").counter().count())
        .isEqualTo(1);
    assertThat(registry.get("jobradar.clients.waits").tag("outcome", "unreachable").timer().count())
        .isEqualTo(1);
    assertThat(clients("connected")).isZero();
  }

  @Test
  void a_sign_in_that_was_left_behind_at_telegram_is_counted() {
    meters.oldSessionRemains(SOMEBODY);
    assertThat(registry.get("jobradar.clients.left.behind").counter().count()).isEqualTo(1);
  }
}

package dev.jobradar.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.SlotEvent.Reservation;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.mtproto.client.ConnectionState;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.TelegramOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PacedClientTest {
  private static final UserId SOMEBODY = new UserId(1);
  private final FakeClients fake = new FakeClients();

  @Test
  void a_loss_told_late_does_not_outlast_the_connection_that_came_after_it() throws Exception {
    Connector connector = Connector.of(TelegramOptions.builder(1, "hash").build());
    PacedClient client =
        new PacedClient(
            connector, new DialLimiter(fake.time, 1), SOMEBODY, FakeManagedClient.SESSION);
    TelegramClient telegram = client.telegram();
    Reservation reservation = new Reservation("signing in anew");
    assertThat(
            fake.clients
                .slots()
                .handOver(
                    fake.clients.slots().reserve(SOMEBODY, reservation, Duration.ZERO),
                    reservation,
                    client))
        .isTrue();
    var waiting =
        new ConnectionState.WaitingToRetry(1, false, 0, new TransportException("no route", null));
    var states = new ArrayDeque<ConnectionState>(List.of(waiting));
    client.reportState(() -> {
      ConnectionState seen = states.poll();
      if (seen == null) {
        return new ConnectionState.Ready(0, 0);
      }
      // It connects between the look and the telling.
      client.onReady();
      return seen;
    });
    assertThat(fake.clients.get(SOMEBODY, Duration.ZERO))
        .isEqualTo(new ClientResult.Connected(telegram));
  }
}

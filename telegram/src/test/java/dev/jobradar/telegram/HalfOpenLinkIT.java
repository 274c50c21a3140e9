package dev.jobradar.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.session.SessionString;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A link whose far end is gone without a word, as after a router forgot it. */
@Timeout(120)
class HalfOpenLinkIT {
  @Test
  void a_link_that_is_half_open_is_noticed_and_replaced() throws Exception {
    try (Sandbox sandbox = Sandbox.builder().dataCentres(1).strict(true).start();
        Relay relay = new Relay(sandbox.dataCentres().getFirst())) {
      SavedSession session = SessionString.parse(sandbox.accounts(1).getFirst()).session();
      TelegramOptions options =
          SandboxOptions.of(sandbox, Map.of(new DcId(1), relay.address()))
              .keepAlive(SandboxOptions.IMPATIENT)
              .build();
      try (TelegramClient client = new TelegramClient(options, session, ClientListener.NONE)) {
        client.open();
        Me me = client.me();
        for (int i = 0; i < 3; i++) {
          relay.fallSilent();
          assertThat(client.refreshMe()).isEqualTo(me);
        }
      }
      assertThat(sandbox.stats().maxOpenPerKey()).isEqualTo(1);
      assertThat(sandbox.stats().maxOpenPerAccount()).isEqualTo(1);
    }
  }
}

package dev.jobradar.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.RpcException;
import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.telegram.TelegramClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExampleIT {
  @RegisterExtension static SandboxExtension telegram = SandboxExtension.builder().build();

  private TelegramClient client;

  @BeforeEach
  void connect() {
    client = Clients.open(telegram.dataCentre(), telegram.publicKey(), telegram.account());
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void a_reset_connection_is_replaced_and_the_message_arrives_once() throws Exception {
    UserId me = telegram.account().user();
    client.me();
    telegram.sandbox().reset(Aim.account(me));

    client.channels().sendToSelf("hello", 42);

    assertThat(telegram.sandbox().savedMessages(me)).hasSize(1);
    // After the test: the server never counted two connections at once.
  }

  @Test
  void a_flood_wait_is_told_to_the_second() {
    Aim sending = Aim.method("messages.sendMessage");
    telegram.sandbox().faults().set(Fault.floodWait(Duration.ofSeconds(31)), sending, 1);

    assertThatThrownBy(() -> client.channels().sendToSelf("hello", 42))
        .isInstanceOfSatisfying(
            RpcException.FloodWait.class,
            e -> assertThat(e.delay()).isEqualTo(Duration.ofSeconds(31)));
  }
}

package dev.jobradar.sandbox.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.sandbox.Sandbox;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
@EnabledOnOs(OS.LINUX)
class ReservedPortsIT {

  private static Sandbox sandbox(int port) {
    return Sandbox.builder().withoutChannels().dataCentres(2).port(port).start();
  }

  private static void connect(int port) throws Exception {
    new Socket(InetAddress.getLoopbackAddress(), port).close();
  }

  @Test
  void a_reserved_port_refuses_and_can_be_listened_at_again_and_again() throws Exception {
    try (ReservedPorts ports = ReservedPorts.inARow(2)) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> connect(ports.first())).isInstanceOf(ConnectException.class);
        try (Sandbox sandbox = sandbox(ports.first())) {
          assertThat(sandbox.dataCentres().getLast().port()).isEqualTo(ports.first() + 1);
          connect(ports.first());
        }
      }
    }
  }

  @Test
  void a_sandbox_keeps_the_port_of_a_data_centre_that_does_not_listen() throws Exception {
    try (Sandbox sandbox = sandbox(0)) {
      int port = sandbox.dataCentres().getFirst().port();
      sandbox.stopListening(1);
      assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
      // Whoever asks for any free port gets another; the guard is bound, which is what counts.
      try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        assertThat(other.getLocalPort()).isNotEqualTo(port);
      }
      sandbox.startListening(1);
      connect(port);
      sandbox.restart(1);
      connect(port);
    }
  }

  @Test
  void a_port_at_which_somebody_listens_is_not_had() {
    try (Sandbox sandbox = sandbox(0)) {
      int port = sandbox.dataCentres().getFirst().port();
      assertThatThrownBy(() -> sandbox(port))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(String.valueOf(port));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> ReservedPorts.inARow(0));
  }
}

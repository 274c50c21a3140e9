package dev.jobradar.mtproto.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.crypto.MessageDirection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class QuickAckTokenTest {
  @Test
  void it_is_the_beginning_of_the_hash_whose_middle_is_the_msg_key() throws Exception {
    byte[] packet =
        new EncryptedMessage(1, 2, 4, 1, Slice.of(new byte[16]))
            .seal(ServerSessionTester.KEY, MessageDirection.TO_SERVER, new SecureRandom());
    byte[] messageKey = Arrays.copyOfRange(packet, 8, 24);
    EncryptedMessage.open(ServerSessionTester.KEY, MessageDirection.TO_SERVER, packet);

    int token = QuickAckToken.of(ServerSessionTester.KEY, packet);

    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    sha256.update(ServerSessionTester.KEY.toByteArray(), 88, 32);
    byte[] large = sha256.digest(Arrays.copyOfRange(packet, 24, packet.length));
    assertThat(Arrays.copyOfRange(large, 8, 24)).isEqualTo(messageKey);
    int first = ByteBuffer.wrap(large).order(ByteOrder.LITTLE_ENDIAN).getInt();
    assertThat(token).isEqualTo(first | 0x8000_0000).isNegative();
  }
}

package dev.jobradar.sandbox;

import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.sandbox.rpc.DataCentre;
import dev.jobradar.sandbox.world.Device;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.User;
import dev.jobradar.sandbox.world.World;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Accounts that are signed in before anybody has connected. Their keys are drawn and not exchanged:
 * thousands take a moment.
 */
final class ReadyAccounts {

  private final World world;
  private final DataCentre dc;
  private final SecureRandom random = new SecureRandom();

  ReadyAccounts(World world, DataCentre dc) {
    this.world = world;
    this.dc = dc;
  }

  /** Makes accounts. */
  List<ReadyAccount> make(int count) {
    List<ReadyAccount> made = new ArrayList<>(count);
    for (int number = world.users(); made.size() < count; number++) {
      // No country has the code 999, so that no number of somebody's is met.
      String phone = "9990%08d".formatted(number);
      if (world.userByPhone(phone).isEmpty()) {
        made.add(signedIn(phone));
      }
    }
    return made;
  }

  private ReadyAccount signedIn(String phone) {
    User user =
        world.userByPhone(
            phone,
            (id, digits, now) ->
                new User(
                    id, digits, "Ready " + digits.substring(4), "", null, dc.id(), false, now));
    byte[] secret = new byte[AuthKey.SIZE];
    random.nextBytes(secret);
    KeyId key = new KeyId(new AuthKey(secret).id());
    world.addKey(key, dc.id(), secret, 0);
    world.signIn(key, user.id(), dc.id(), Device.UNKNOWN);
    return new ReadyAccount(user.id(), key, phone, telethon(secret));
  }

  /**
   * Telethon's string for IPv4: {@code 1}, then in base64url with padding the data centre's number,
   * its address, its port and the key, big-endian.
   */
  private String telethon(byte[] secret) {
    ByteBuffer bytes =
        ByteBuffer.allocate(1 + 4 + Short.BYTES + secret.length)
            .put((byte) dc.id())
            .put(address())
            .putShort((short) dc.port())
            .put(secret);
    return "1" + Base64.getUrlEncoder().encodeToString(bytes.array());
  }

  private byte[] address() {
    try {
      // A literal: nothing is looked up.
      return InetAddress.getByName(dc.host()).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("not an address: " + dc.host(), e);
    }
  }
}

package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.world.RpcErrorException;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.tl.Bytes;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Authorisations on their way to another data centre (auth.exportAuthorization). Thread-safe. */
final class Exports {

  static final Duration VALID = Duration.ofMinutes(5);

  private static final int MAX_OPEN = 10_000;

  private final SecureRandom random = new SecureRandom();
  private final Map<Bytes, Export> open = new LinkedHashMap<>();
  private final InstantSource clock;

  Exports(InstantSource clock) {
    this.clock = clock;
  }

  private record Export(UserId user, int dc, Instant expires) {}

  /** Makes one for a data centre. */
  Bytes make(UserId user, int dc) {
    byte[] bytes = new byte[128];
    random.nextBytes(bytes);
    Bytes token = Bytes.of(bytes);
    synchronized (open) {
      while (open.size() >= MAX_OPEN) {
        open.remove(open.keySet().iterator().next());
      }
      open.put(token, new Export(user, dc, clock.instant().plus(VALID)));
    }
    return token;
  }

  /**
   * Takes one back at the data centre that it was made for; it is good once.
   *
   * @throws RpcErrorException when it is none
   */
  void use(Bytes token, UserId user, int dc) {
    Export export;
    synchronized (open) {
      export = open.remove(token);
    }
    if (export == null || export.dc() != dc || !clock.instant().isBefore(export.expires())) {
      throw RpcErrorException.badRequest("AUTH_BYTES_INVALID");
    }
    if (!export.user().equals(user)) {
      throw RpcErrorException.badRequest("USER_ID_INVALID");
    }
  }
}

package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.world.Device;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.RpcErrorException;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.tl.Bytes;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tokens that one client shows as a QR code and another accepts (api/qr-login). Thread-safe. */
final class LoginTokens {

  static final Duration VALID = Duration.ofSeconds(30);

  private static final int MAX_OPEN = 10_000;

  private final SecureRandom random = new SecureRandom();
  private final Map<Bytes, Open> open = new LinkedHashMap<>();
  private final InstantSource clock;

  LoginTokens(InstantSource clock) {
    this.clock = clock;
  }

  private static final class Open {
    final KeyId key;
    final Device device;
    final Instant expires;
    final Runnable accepted;
    @Nullable UserId user;

    Open(KeyId key, Device device, Instant expires, Runnable accepted) {
      this.key = key;
      this.device = device;
      this.expires = expires;
      this.accepted = accepted;
    }
  }

  /** A token and when it ends, unix seconds. */
  record Token(Bytes token, int expires) {}

  /**
   * Makes a token.
   *
   * @param accepted is called when somebody accepts it
   */
  Token make(KeyId key, Device device, Runnable accepted) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    Bytes token = Bytes.of(bytes);
    Instant now = clock.instant();
    synchronized (open) {
      open.values().removeIf(other -> expired(other) || other.key.equals(key));
      while (open.size() >= MAX_OPEN) {
        open.remove(open.keySet().iterator().next());
      }
      open.put(token, new Open(key, device, now.plus(VALID), accepted));
    }
    return new Token(token, (int) now.plus(VALID).getEpochSecond());
  }

  /**
   * Lets the client that shows this token into an account; returns what that client is.
   *
   * @throws RpcErrorException when the token is none, has expired or was accepted
   */
  Device accept(Bytes token, UserId user) {
    Open shown;
    synchronized (open) {
      shown = find(token);
      if (shown.user != null) {
        throw RpcErrorException.badRequest("AUTH_TOKEN_ALREADY_ACCEPTED");
      }
      shown.user = user;
    }
    shown.accepted.run();
    return shown.device;
  }

  /** The token of this key that was accepted, and by whom. */
  Optional<Accepted> accepted(KeyId key) {
    synchronized (open) {
      for (Map.Entry<Bytes, Open> entry : open.entrySet()) {
        Open shown = entry.getValue();
        if (shown.key.equals(key) && shown.user != null && !expired(shown)) {
          return Optional.of(new Accepted(entry.getKey(), shown.user));
        }
      }
      return Optional.empty();
    }
  }

  /** An accepted token. */
  record Accepted(Bytes token, UserId user) {}

  /**
   * Takes an accepted token back for the sign-in it is good for.
   *
   * @throws RpcErrorException when it is none or was not accepted
   */
  UserId use(Bytes token) {
    synchronized (open) {
      UserId user = find(token).user;
      if (user == null) {
        throw RpcErrorException.badRequest("AUTH_TOKEN_INVALID");
      }
      open.remove(token);
      return user;
    }
  }

  private Open find(Bytes token) {
    Open shown = open.get(token);
    if (shown == null) {
      throw RpcErrorException.badRequest("AUTH_TOKEN_INVALID");
    }
    if (expired(shown)) {
      throw RpcErrorException.badRequest("AUTH_TOKEN_EXPIRED");
    }
    return shown;
  }

  private boolean expired(Open shown) {
    return !clock.instant().isBefore(shown.expires);
  }
}

package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.event.Event;
import dev.jobradar.sandbox.event.EventListener;
import dev.jobradar.sandbox.world.RpcErrorException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sign-in codes that are under way, one for each number at most. Thread-safe. */
final class SentCodes {

  static final Duration VALID = Duration.ofMinutes(5);
  static final int TRIES = 5;

  /** Above this many, those that have expired are thrown away. */
  private static final int CROWDED = 1_000;

  private final Map<String, Pending> pending = new HashMap<>();
  private final SecureRandom random = new SecureRandom();
  private final InstantSource clock;
  private final EventListener events;

  SentCodes(InstantSource clock, EventListener events) {
    this.clock = clock;
    this.events = events;
  }

  /** How a code travels. */
  enum Way {
    APP("app"),
    SMS("sms"),
    CALL("call");

    private final String shown;

    Way(String shown) {
      this.shown = shown;
    }

    /** How it goes if this way was in vain; null if there is no other. */
    @Nullable Way next() {
      return switch (this) {
        case APP -> SMS;
        case SMS -> CALL;
        case CALL -> null;
      };
    }
  }

  /** A code that was sent, or would have been. */
  record Sent(String hash, String code, Way way) {}

  private static final class Pending {
    final String hash;
    final String code;
    final Instant expires;
    Way way;
    int wrong;
    boolean proven;

    Pending(String hash, String code, Way way, Instant expires) {
      this.hash = hash;
      this.code = code;
      this.way = way;
      this.expires = expires;
    }

    Sent sent() {
      return new Sent(hash, code, way);
    }
  }

  /**
   * Makes a code; one made before is void.
   *
   * @param fixed the code; null for one made up
   */
  Sent make(String phone, @Nullable String fixed, Way way) {
    String code = fixed == null ? "%05d".formatted(random.nextInt(100_000)) : fixed;
    byte[] hash = new byte[9];
    random.nextBytes(hash);
    Sent sent;
    synchronized (pending) {
      if (pending.size() > CROWDED) {
        pending.values().removeIf(this::expired);
      }
      Instant expires = clock.instant().plus(VALID);
      Pending made = new Pending(HexFormat.of().formatHex(hash), code, way, expires);
      pending.put(phone, made);
      sent = made.sent();
    }
    tell(phone, sent);
    return sent;
  }

  /** Sends a code again, the next way. */
  Sent resend(String phone, String hash) {
    Sent sent;
    synchronized (pending) {
      Pending present = find(phone, hash);
      Way next = present.way.next();
      if (next == null) {
        throw new RpcErrorException(406, "SEND_CODE_UNAVAILABLE");
      }
      present.way = next;
      sent = present.sent();
    }
    tell(phone, sent);
    return sent;
  }

  /** Sends a code again, the same way. */
  Sent repeat(String phone, String hash) {
    Sent sent;
    synchronized (pending) {
      sent = find(phone, hash).sent();
    }
    tell(phone, sent);
    return sent;
  }

  /** Makes a code void. */
  void cancel(String phone, String hash) {
    synchronized (pending) {
      find(phone, hash);
      pending.remove(phone);
    }
  }

  /** Makes a code void that its owner has written to somebody, as Telegram does. */
  void leaked(String phone, String text) {
    synchronized (pending) {
      Pending present = pending.get(phone);
      if (present != null && text.contains(present.code)) {
        pending.remove(phone);
      }
    }
  }

  /**
   * Checks a code that was typed in. After some wrong ones it is void.
   *
   * @throws RpcErrorException when it is wrong or void
   */
  void check(String phone, String hash, String typed) {
    if (typed.isEmpty()) {
      throw RpcErrorException.badRequest("PHONE_CODE_EMPTY");
    }
    synchronized (pending) {
      Pending present = find(phone, hash);
      if (!present.code.equals(typed)) {
        if (++present.wrong >= TRIES) {
          pending.remove(phone);
        }
        throw RpcErrorException.badRequest("PHONE_CODE_INVALID");
      }
      present.proven = true;
    }
  }

  /**
   * Checks that the right code was typed in before.
   *
   * @throws RpcErrorException when it was not
   */
  void requireProven(String phone, String hash) {
    synchronized (pending) {
      if (!find(phone, hash).proven) {
        throw RpcErrorException.badRequest("PHONE_CODE_INVALID");
      }
    }
  }

  /** The number has signed in: its code has done its work. */
  void done(String phone) {
    synchronized (pending) {
      pending.remove(phone);
    }
  }

  private Pending find(String phone, String hash) {
    if (hash.isEmpty()) {
      throw RpcErrorException.badRequest("PHONE_CODE_HASH_EMPTY");
    }
    Pending present = pending.get(phone);
    if (present == null || expired(present) || !present.hash.equals(hash)) {
      throw RpcErrorException.badRequest("PHONE_CODE_EXPIRED");
    }
    return present;
  }

  private boolean expired(Pending present) {
    return !clock.instant().isBefore(present.expires);
  }

  private void tell(String phone, Sent sent) {
    events.on(new Event.Code(phone, sent.code(), sent.way().shown));
  }
}

package dev.jobradar.clients;

import dev.jobradar.mtproto.RpcException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long Telegram wants no {@code auth.sendCode} for a phone number (FLOOD_WAIT,
 * core.telegram.org/api/errors). Kept in memory, and no longer than the wait. Thread-safe.
 */
final class PhoneFloodWaits {
  private static final String SEND_CODE = "auth.sendCode";

  private record Wait(RpcException.FloodWait answer, Instant until) {}

  private final Time time;
  private final Map<String, Wait> byPhone = new ConcurrentHashMap<>();

  PhoneFloodWaits(Time time) {
    this.time = time;
  }

  /** Telegram answered with a wait; one that is for another method is not kept. */
  void add(String phone, RpcException.FloodWait answer) {
    if (!answer.method().equals(SEND_CODE)) {
      return;
    }
    Instant now = time.now();
    byPhone.values().removeIf(wait -> !wait.until().isAfter(now));
    byPhone.put(phone, new Wait(answer, now.plus(answer.delay())));
  }

  /**
   * Lets a code request through.
   *
   * @throws RpcException.FloodWait with the time that is left
   */
  void check(String phone) {
    Wait wait = byPhone.get(phone);
    if (wait == null) {
      return;
    }
    Duration left = Duration.between(time.now(), wait.until());
    if (left.isPositive()) {
      RpcException.FloodWait answer = wait.answer();
      throw RpcException.of(
          answer.code(), "FLOOD_WAIT_" + left.plusNanos(999_999_999).toSeconds(), answer.method());
    }
    byPhone.remove(phone, wait);
  }
}

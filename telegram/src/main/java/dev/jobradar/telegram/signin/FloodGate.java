package dev.jobradar.telegram.signin;

import dev.jobradar.mtproto.RpcException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Remembers FLOOD_WAIT by method, and refuses a call in Telegram's name until its wait is over
 * (core.telegram.org/api/errors). For one thread at a time.
 */
final class FloodGate {
  private record Wait(RpcException.FloodWait answer, Instant until) {}

  private final InstantSource clock;
  private final Map<Class<?>, Wait> waits = new HashMap<>();

  FloodGate(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Lets a call through.
   *
   * @throws RpcException.FloodWait with the time that is left, when Telegram asked for a wait
   */
  void check(Class<?> method) {
    Wait wait = waits.get(method);
    if (wait == null) {
      return;
    }
    Duration left = Duration.between(clock.instant(), wait.until());
    if (!left.isPositive()) {
      waits.remove(method);
      return;
    }
    long seconds = left.plusNanos(999_999_999).toSeconds();
    RpcException.FloodWait answer = wait.answer();
    throw RpcException.of(answer.code(), "FLOOD_WAIT_" + seconds, answer.method());
  }

  /** Telegram answered a call of this method with a wait. */
  void close(Class<?> method, RpcException.FloodWait answer) {
    waits.put(method, new Wait(answer, clock.instant().plus(answer.delay())));
  }
}

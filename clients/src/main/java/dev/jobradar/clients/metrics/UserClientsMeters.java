package dev.jobradar.clients.metrics;

import dev.jobradar.clients.ClientStatus;
import dev.jobradar.clients.CloseReason;
import dev.jobradar.clients.SessionEnd;
import dev.jobradar.clients.UserClients;
import dev.jobradar.clients.UserClientsListener;
import dev.jobradar.clients.UserId;
import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.TransportException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;

/**
 * Meters of users' clients. To be given to {@link UserClients} as its listener, and then
 * {@linkplain #watch told} of it. No meter names a user. Thread-safe.
 *
 * <p>{@code jobradar.clients} by {@code state}; times {@code jobradar.clients.connects}, {@code
 * .reconnects} and {@code .waits} (those that had to wait) by {@code outcome}; counts {@code
 * .failures} by {@code reason}, {@code .sessions.ended} by {@code reason}, {@code .closed} by
 * {@code why} and {@code .overdue}.
 */
public final class UserClientsMeters implements UserClientsListener {
  private static final String PREFIX = "jobradar.clients";

  private final MeterRegistry registry;

  /** Meters in this registry. */
  public UserClientsMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Shows how many clients there are in each state. */
  public void watch(UserClients clients) {
    for (ClientStatus.State state : ClientStatus.State.values()) {
      Gauge.builder(PREFIX, clients, all -> all.countByState().getOrDefault(state, 0))
          .tag("state", lower(state))
          .register(registry);
    }
  }

  @Override
  public void connected(UserId user, Duration took) {
    registry.timer(PREFIX + ".connects").record(took);
  }

  @Override
  public void reconnected(UserId user, Duration took) {
    registry.timer(PREFIX + ".reconnects").record(took);
  }

  @Override
  public void failed(UserId user, Exception cause) {
    registry.counter(PREFIX + ".failures", "reason", reason(cause)).increment();
  }

  /** Few words for many failures: a tag must not take on ever new values. */
  private static String reason(Exception cause) {
    return switch (cause) {
      case TransportException transport when transport.is(TransportException.FLOOD) -> "flood";
      case TransportException transport when transport.code().isPresent() -> "refused";
      case TransportException _ -> "network";
      case ProtocolException _ -> "protocol";
      case RpcException.FloodWait _ -> "flood";
      case RpcException _ -> "telegram";
      default -> "other";
    };
  }

  @Override
  public void sessionEnded(UserId user, SessionEnd end) {
    registry.counter(PREFIX + ".sessions.ended", "reason", end.reason()).increment();
  }

  @Override
  public void closed(UserId user, CloseReason why) {
    registry.counter(PREFIX + ".closed", "why", lower(why)).increment();
  }

  @Override
  public void overdue(UserId user) {
    registry.counter(PREFIX + ".overdue").increment();
  }

  @Override
  public void oldSessionRemains(UserId user) {
    registry.counter(PREFIX + ".left.behind").increment();
  }

  @Override
  public void waited(UserId user, Outcome outcome, Duration wait) {
    registry.timer(PREFIX + ".waits", "outcome", lower(outcome)).record(wait);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}

package dev.jobradar.server.web.delivery;

import dev.jobradar.server.delivery.DeliveryProblem;
import dev.jobradar.server.delivery.DeliveryState;
import dev.jobradar.server.delivery.DeliveryState.Hold;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says in a person's language why leads do not arrive. Thread-safe. */
@Component
public class DeliveryTexts {
  private final MessageSource messages;
  private final InstantSource clock;

  public DeliveryTexts(MessageSource messages, InstantSource clock) {
    this.messages = messages;
    this.clock = clock;
  }

  /** What deliveries wait for, as JSON names it; null when they are being sent. */
  public @Nullable String hold(DeliveryState state) {
    return state.hold() == Hold.NONE ? null : state.hold().name().toLowerCase(Locale.ROOT);
  }

  /** The same in words; null when they are being sent. */
  public @Nullable String text(DeliveryState state, Locale locale) {
    String hold = hold(state);
    return hold == null
        ? null
        : messages.getMessage(
            "hold." + hold, new Object[] {seconds(state), state.detail()}, locale);
  }

  private long seconds(DeliveryState state) {
    return state.until() == null
        ? 0
        : Math.max(1, Duration.between(clock.instant(), state.until()).plusMillis(999).toSeconds());
  }

  /** Why a destination is not reached. */
  public String text(DeliveryProblem problem, Locale locale) {
    String known = messages.getMessage("undelivered." + problem.error(), null, null, locale);
    return known != null
        ? known
        : messages.getMessage("undelivered.other", new Object[] {problem.error()}, locale);
  }
}

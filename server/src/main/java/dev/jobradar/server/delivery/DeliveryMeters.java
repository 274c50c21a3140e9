package dev.jobradar.server.delivery;

import dev.jobradar.server.delivery.DeliveryQueue.Message;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** What is counted of deliveries. Thread-safe. */
@Component
class DeliveryMeters {
  private static final String DELIVERIES = "jobradar.deliveries";

  private final MeterRegistry meters;
  private final Timer lag;
  private final InstantSource clock;

  DeliveryMeters(DeliveryQueue outbox, MeterRegistry meters, InstantSource clock) {
    this.meters = meters;
    this.clock = clock;
    this.lag =
        Timer.builder("jobradar.delivery.lag")
            .description("From when a message was ordered until Telegram had it")
            .publishPercentileHistogram()
            .register(meters);
    Gauge.builder("jobradar.deliveries.waiting", outbox, DeliveryQueue::countWaiting)
        .description("Leads that are still to be sent")
        .register(meters);
  }

  void sent(Message message, boolean repeated, int leads) {
    count(message.lead() == null ? "digest" : repeated ? "sent_before" : "sent", 1);
    lag.record(Duration.between(message.createdAt(), clock.instant()));
    if (message.lead() == null) {
      count("in_digest", leads);
    }
  }

  void failed() {
    count("failed", 1);
  }

  void cancelled(int messages) {
    count("cancelled", messages);
  }

  void postponed(String reason) {
    meters.counter("jobradar.deliveries.postponed", "reason", reason).increment();
  }

  private void count(String outcome, int messages) {
    if (messages > 0) {
      meters.counter(DELIVERIES, "outcome", outcome).increment(messages);
    }
  }
}

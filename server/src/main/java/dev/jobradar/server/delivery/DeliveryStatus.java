package dev.jobradar.server.delivery;

import dev.jobradar.clients.UserId;
import java.util.List;

/** The state of deliveries, for those who show it. Thread-safe. */
public interface DeliveryStatus {
  /** What a user's deliveries wait for. */
  DeliveryState state(UserId user);

  /** Which of the user's tasks have a destination that their leads do not reach. */
  List<DeliveryProblem> problems(UserId user);
}

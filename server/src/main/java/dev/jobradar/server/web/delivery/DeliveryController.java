package dev.jobradar.server.web.delivery;

import dev.jobradar.server.delivery.Delivery;
import dev.jobradar.server.delivery.DeliveryProblem;
import dev.jobradar.server.delivery.DeliveryState;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.CurrentUser;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/deliveries}. */
@RestController
@RequestMapping("/api/deliveries")
class DeliveryController {
  private final Delivery delivery;

  DeliveryController(Delivery delivery) {
    this.delivery = delivery;
  }

  /** {@link DeliveryState}, with the tasks whose leads do not arrive somewhere. */
  record StateView(
      long waiting,
      String hold,
      @Nullable String detail,
      @Nullable Instant until,
      List<ProblemView> problems) {}

  /** {@link DeliveryProblem}. */
  record ProblemView(long taskId, String destination, String error, Instant at) {
    private static ProblemView of(DeliveryProblem problem) {
      return new ProblemView(
          problem.task().value(), problem.destination(), problem.error(), problem.at());
    }
  }

  @GetMapping
  StateView state(@CurrentUser User user) {
    DeliveryState state = delivery.state(user.id());
    return new StateView(
        state.waiting(),
        state.hold().name().toLowerCase(Locale.ROOT),
        state.detail(),
        state.until(),
        delivery.problems(user.id()).stream().map(ProblemView::of).toList());
  }
}

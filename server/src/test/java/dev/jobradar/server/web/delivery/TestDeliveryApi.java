package dev.jobradar.server.web.delivery;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.delivery.DeliveryProblem;
import dev.jobradar.server.delivery.DeliveryState;
import dev.jobradar.server.delivery.DeliveryStatus;
import dev.jobradar.server.web.TestWeb;
import java.time.InstantSource;
import java.util.List;

/** Makes what this package holds, for tests of others. */
public final class TestDeliveryApi {
  private TestDeliveryApi() {}

  public static DeliveryTexts texts(InstantSource clock) {
    return new DeliveryTexts(TestWeb.messages(), clock);
  }

  /** Deliveries that stand as it is said, the same for everybody. */
  public static final class Status implements DeliveryStatus {
    private volatile DeliveryState state =
        new DeliveryState(0, DeliveryState.Hold.NONE, null, null);
    private volatile List<DeliveryProblem> problems = List.of();

    public void set(DeliveryState now) {
      state = now;
    }

    public void set(List<DeliveryProblem> now) {
      problems = now;
    }

    @Override
    public DeliveryState state(UserId user) {
      return state;
    }

    @Override
    public List<DeliveryProblem> problems(UserId user) {
      return problems;
    }
  }
}

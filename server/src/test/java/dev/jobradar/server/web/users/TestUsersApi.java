package dev.jobradar.server.web.users;

import dev.jobradar.server.account.Accounts;
import dev.jobradar.server.delivery.DeliveryStatus;
import dev.jobradar.server.monitoring.StalledWatches;
import dev.jobradar.server.users.Users;
import dev.jobradar.server.web.Browsers;
import dev.jobradar.server.web.StallTexts;
import dev.jobradar.server.web.TestWeb;
import dev.jobradar.server.web.delivery.TestDeliveryApi;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import org.springframework.context.ApplicationEventPublisher;

/** Makes what this package holds, for tests of others. */
public final class TestUsersApi {
  private TestUsersApi() {}

  public static Object controller(
      Users users,
      Accounts accounts,
      DeliveryStatus delivery,
      InstantSource clock,
      ApplicationEventPublisher events,
      Browsers browsers) {
    return new ProfileController(
        users,
        accounts,
        delivery,
        TestDeliveryApi.texts(clock),
        new StalledWatches(new SimpleMeterRegistry()),
        new StallTexts(TestWeb.messages(), clock),
        clock,
        new Disconnection(accounts, browsers, events));
  }
}

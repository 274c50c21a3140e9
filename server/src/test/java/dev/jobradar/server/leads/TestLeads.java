package dev.jobradar.server.leads;

import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.channels.Channels;
import dev.jobradar.server.storage.TestDatabase;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.Users;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.context.ApplicationEventPublisher;

/** Makes what this package holds, for tests of it and of others. */
public final class TestLeads {
  private TestLeads() {}

  public static PostIntake intake(
      TestDatabase database,
      Tasks tasks,
      Users users,
      Channels channels,
      DeliveryOrders orders,
      ApplicationEventPublisher events,
      InstantSource clock) {
    return new PostIntake(
        tasks,
        users,
        channels,
        new LeadBook(database.client(), clock),
        new KeywordFilter(),
        orders,
        database.transactions(),
        events,
        clock,
        new SimpleMeterRegistry());
  }

  public static ReceivedPost post(int id, String text, Instant date) {
    return new ReceivedPost(id, date, text, false);
  }
}

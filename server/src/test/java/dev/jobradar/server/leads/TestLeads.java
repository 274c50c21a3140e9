package dev.jobradar.server.leads;

import dev.jobradar.server.account.Accounts;
import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.channels.ChannelDirectory;
import dev.jobradar.server.storage.TestDatabase;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.Users;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.context.ApplicationEventPublisher;

/** Makes what this package holds, for tests of it and of others. */
public final class TestLeads {
  private TestLeads() {}

  public static PostProcessor intake(
      TestDatabase database,
      Tasks tasks,
      Users users,
      ChannelDirectory channels,
      Accounts accounts,
      DeliveryOrders orders,
      ApplicationEventPublisher events,
      InstantSource clock) {
    return intake(
        database,
        tasks,
        users,
        channels,
        accounts,
        new KeywordFilter(),
        orders,
        events,
        clock,
        meters());
  }

  /** The filter of the service. */
  public static PostFilter filter() {
    return new KeywordFilter();
  }

  private static MeterRegistry meters() {
    return new SimpleMeterRegistry();
  }

  /** With another filter. */
  public static PostProcessor intake(
      TestDatabase database,
      Tasks tasks,
      Users users,
      ChannelDirectory channels,
      Accounts accounts,
      PostFilter filter,
      DeliveryOrders orders,
      ApplicationEventPublisher events,
      InstantSource clock,
      MeterRegistry meters) {
    return new PostProcessor(
        tasks,
        users,
        channels,
        new LeadWriter(database.client(), clock),
        seen(database, clock),
        changed(database, tasks, users, channels, accounts, filter, orders, events, clock, meters),
        filter,
        orders,
        database.transactions(),
        events,
        meters);
  }

  /** What fetches the rest of posts. */
  public static WholePosts whole(Accounts accounts) {
    return new WholePosts(accounts);
  }

  /** What handles posts that change. */
  public static ChangedPosts changed(
      TestDatabase database,
      Tasks tasks,
      Users users,
      ChannelDirectory channels,
      Accounts accounts,
      PostFilter filter,
      DeliveryOrders orders,
      ApplicationEventPublisher events,
      InstantSource clock,
      MeterRegistry meters) {
    return new ChangedPosts(
        tasks,
        users,
        channels,
        new LeadWriter(database.client(), clock),
        new Leads(database.client(), clock),
        seen(database, clock),
        new WholePosts(accounts),
        filter,
        orders,
        database.transactions(),
        events,
        new LeadSettings(Duration.ofHours(48)),
        meters,
        clock);
  }

  static SeenPosts seen(TestDatabase database, InstantSource clock) {
    return new SeenPosts(database.client(), new LeadSettings(Duration.ofHours(48)), clock);
  }

  public static ReceivedPost post(int id, String text, Instant date) {
    return new ReceivedPost(id, date, text, false);
  }
}

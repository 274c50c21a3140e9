package dev.jobradar.server.leads;

import dev.jobradar.server.account.Accounts;
import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.channels.ChannelDirectory;
import dev.jobradar.server.filter.Explanation;
import dev.jobradar.server.filter.Match;
import dev.jobradar.server.pacing.CpuPool;
import dev.jobradar.server.storage.TestDatabase;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.Users;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes what this package holds, for tests of it and of others. */
public final class TestLeads {
  /** Its threads end with the process. */
  private static final CpuPool CPU = new CpuPool(1);

  private TestLeads() {}

  /** What computes for all. */
  public static CpuPool cpu() {
    return CPU;
  }

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

  /** A keyword that {@link #costlyFilter} finds too costly for any post. */
  public static final String COSTLY = "costly";

  public static PostFilter costlyFilter() {
    PostFilter sound = filter();
    return post ->
        sound
            .read(post)
            .map(reading ->
                new PostFilter.Reading() {
                  @Override
                  public Optional<Match> match(List<String> include, List<String> exclude) {
                    if (include.contains(COSTLY)) {
                      throw new KeywordsTooCostlyException(1_000);
                    }
                    return reading.match(include, exclude);
                  }

                  @Override
                  public Explanation explain(List<String> include, List<String> exclude) {
                    match(include, exclude);
                    return reading.explain(include, exclude);
                  }

                  @Override
                  public PostFilter.Likeness likeness() {
                    return reading.likeness();
                  }
                });
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
    LeadSettings settings = new LeadSettings(Duration.ofDays(2));
    PostFacts facts = new PostFacts(database.client());
    SeenPosts seen = new SeenPosts(database.client(), database.template(), facts, settings, clock);
    ReadingProgress progress = new ReadingProgress(channels, tasks, seen, users, database.group());
    RunningTasks running = new RunningTasks(tasks, users, channels, progress, clock);
    ChangedPosts changed =
        new ChangedPosts(
            tasks,
            users,
            channels,
            new LeadWriter(database.client(), facts, clock),
            new Leads(database.client(), clock),
            seen,
            facts,
            running,
            progress,
            new WholePosts(accounts),
            filter,
            orders,
            database.transactions(),
            events,
            settings,
            CPU,
            meters,
            clock);
    return new PostProcessor(
        tasks,
        running,
        progress,
        channels,
        new LeadWriter(database.client(), facts, clock),
        seen,
        changed,
        filter,
        orders,
        database.group(),
        database.transactions(),
        events,
        CPU,
        meters);
  }

  /** What handles posts that change, beside that. */
  public static ChangedPosts changed(PostProcessor intake) {
    return intake.changed();
  }

  /** What fetches the rest of posts. */
  public static WholePosts whole(Accounts accounts) {
    return new WholePosts(accounts);
  }

  /** Stores a lead as if its post, which has to match, had come to the task's first source. */
  public static LeadId store(JdbcClient db, Task task, ReceivedPost post) {
    PostFilter.Reading reading = filter().read(post).orElseThrow();
    Match match = reading.match(task.include(), task.exclude()).orElseThrow();
    return new LeadWriter(db, new PostFacts(db), InstantSource.system())
        .add(
            new LeadWriter.Finding(
                task,
                task.sources().getFirst().name(),
                post,
                match,
                task.mergeReposts() ? reading.likeness() : null))
        .orElseThrow();
  }

  public static ReceivedPost post(int id, String text, Instant date) {
    return new ReceivedPost(id, date, text, false);
  }
}

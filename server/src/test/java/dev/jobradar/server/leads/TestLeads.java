package dev.jobradar.server.leads;

import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.channels.Channels;
import dev.jobradar.server.storage.TestDatabase;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.Users;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;

/** Makes what this package holds, for tests of it and of others. */
public final class TestLeads {
  private TestLeads() {}

  /** Takes words that the text contains; a text's fingerprint is what stands before a {@code #}. */
  public static final PostFilter CONTAINS =
      new PostFilter() {
        @Override
        public Optional<Matched> match(List<String> include, List<String> exclude, String text) {
          String folded = text.toLowerCase(Locale.ROOT);
          if (exclude.stream().anyMatch(folded::contains)) {
            return Optional.empty();
          }
          if (include.isEmpty()) {
            return Optional.of(Matched.ALL);
          }
          return include.stream()
              .filter(folded::contains)
              .findFirst()
              .map(word -> {
                int start = folded.indexOf(word);
                return new Matched(word, List.of(new Span(start, start + word.length())));
              });
        }

        @Override
        public Optional<String> fingerprint(String text) {
          int end = text.indexOf('#');
          return end < 0 ? Optional.empty() : Optional.of(text.substring(0, end));
        }
      };

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
        CONTAINS,
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

package dev.jobradar.server.leads;

import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.tasks.TaskId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of their leads a person wants to see. What is null does not matter.
 *
 * @param keyword the group of words that matched
 * @param statuses one of these; empty for any
 * @param from posted then or later
 * @param to posted before
 * @param search words that the lead or its note has to have; blank for none
 * @param trashed whether it is the deleted ones, and not the others
 */
public record LeadFilter(
    @Nullable TaskId task,
    @Nullable ChannelName source,
    @Nullable String keyword,
    Set<LeadStatus> statuses,
    @Nullable Instant from,
    @Nullable Instant to,
    String search,
    boolean trashed) {
  /** All that are not deleted. */
  public static final LeadFilter ALL =
      new LeadFilter(null, null, null, Set.of(), null, null, "", false);

  /** Copies the set. */
  public LeadFilter {
    statuses = Set.copyOf(statuses);
  }

  /** The same with these statuses. */
  public LeadFilter with(Set<LeadStatus> wanted) {
    return new LeadFilter(task, source, keyword, wanted, from, to, search, trashed);
  }

  /** What is searched for stays out of logs. */
  @Override
  public String toString() {
    return "LeadFilter";
  }
}

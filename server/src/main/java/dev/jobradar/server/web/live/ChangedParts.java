package dev.jobradar.server.web.live;

import dev.jobradar.server.web.live.LiveEventListener.BackfillNews;
import dev.jobradar.server.web.live.LiveEventListener.Delivered;
import dev.jobradar.server.web.live.LiveEventListener.LeadNews;
import dev.jobradar.server.web.live.LiveEventListener.Leads;
import dev.jobradar.server.web.live.LiveEventListener.Marked;
import dev.jobradar.server.web.live.LiveEventListener.PauseNews;
import dev.jobradar.server.web.live.LiveEventListener.SessionNews;
import dev.jobradar.server.web.live.LiveEventListener.SourceNews;
import dev.jobradar.server.web.live.LiveEventListener.TaskList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which parts of open pages show something old. A part says in {@code data-live} what it shows.
 *
 * @param names such as {@code lead:12}, {@code leads} (new ones), {@code list} (all of them),
 *     {@code task:3}, {@code tasks}, {@code counts}, {@code deliveries}, {@code telegram}
 */
record ChangedParts(List<String> names) {
  /** What pages listen for. */
  static final String EVENT = "changed";

  /** More of them are read again with their list. */
  private static final int MOST_CARDS = 10;

  /** What shows the things that an event is about; nothing for an event of no page. */
  static ChangedParts of(Object data) {
    return switch (data) {
      case ChangedParts parts -> parts;
      case Leads(List<Long> ids) ->
          new ChangedParts(
              Stream.concat(Stream.of("leads", "counts"), ids.stream().map(id -> "lead:" + id))
                  .toList());
      case Marked(List<Long> ids) ->
          ids.size() > MOST_CARDS
              ? parts("list", "counts")
              : new ChangedParts(
                  Stream.concat(Stream.of("counts"), ids.stream().map(id -> "lead:" + id))
                      .toList());
      case Delivered(long id) -> parts("lead:" + id, "deliveries");
      case LeadNews news -> parts("lead:" + news.leadId(), "counts");
      case TaskList list -> parts("tasks", "counts");
      case PauseNews news -> parts("tasks", "task:" + news.taskId());
      case SourceNews news -> parts("task:" + news.taskId());
      case BackfillNews news -> parts("task:" + news.taskId(), "backfill:" + news.id());
      case SessionNews news -> parts("telegram", "tasks", "deliveries");
      default -> parts();
    };
  }

  private static ChangedParts parts(String... names) {
    return new ChangedParts(List.of(names));
  }
}

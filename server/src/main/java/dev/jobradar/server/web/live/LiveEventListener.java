package dev.jobradar.server.web.live;

import dev.jobradar.server.account.SessionEnded;
import dev.jobradar.server.backfill.Backfill;
import dev.jobradar.server.backfill.BackfillChanged;
import dev.jobradar.server.delivery.DeliveryHeld;
import dev.jobradar.server.delivery.LeadDelivered;
import dev.jobradar.server.leads.LeadChanged;
import dev.jobradar.server.leads.LeadId;
import dev.jobradar.server.leads.LeadsFound;
import dev.jobradar.server.leads.LeadsMarked;
import dev.jobradar.server.signin.UserLoggedOut;
import dev.jobradar.server.tasks.SourceChanged;
import dev.jobradar.server.tasks.TaskPaused;
import dev.jobradar.server.tasks.TasksChanged;
import dev.jobradar.server.web.BrowserSessionsEnded;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Makes live events of what happens in the service. */
@Component
class LiveEventListener {
  private final LiveStreams streams;

  LiveEventListener(LiveStreams streams) {
    this.streams = streams;
  }

  /** Ids of new leads, oldest first. */
  record Leads(List<Long> leadIds) {}

  /** Ids of leads that the person did something with. */
  record Marked(List<Long> leadIds) {}

  /** A lead that was sent to the person. */
  record Delivered(long leadId) {}

  /** What became of a lead's post: {@code edited}, {@code deleted} or {@code withdrawn}. */
  record LeadNews(long leadId, String change) {}

  /** How a source is now. */
  record SourceNews(long taskId, String source, String status, @Nullable String error) {}

  /** That tasks were made, changed or deleted. Nothing more is said. */
  record TaskList() {}

  /** Why a task was paused. */
  record PauseNews(long taskId, String reason) {}

  /** How far a backfill is. */
  record BackfillNews(
      long id,
      long taskId,
      String source,
      String status,
      int wanted,
      int found,
      int added,
      int read,
      @Nullable Integer total,
      @Nullable String error) {}

  /** Why Telegram ended the session. */
  record SessionNews(String reason) {}

  @EventListener
  void on(LeadsFound found) {
    streams.tell(
        found.user(),
        new LiveEvent("leads", new Leads(found.leads().stream().map(LeadId::value).toList())));
  }

  @EventListener
  void on(LeadDelivered delivered) {
    streams.tell(
        delivered.user(), new LiveEvent("delivered", new Delivered(delivered.lead().value())));
  }

  /** Only pages look at it: programs ask for the state. */
  @EventListener
  void on(DeliveryHeld held) {
    streams.tell(
        held.user(), new LiveEvent(ChangedParts.EVENT, new ChangedParts(List.of("deliveries"))));
  }

  /** Told within a transaction, which may still come to nothing. */
  @TransactionalEventListener(fallbackExecution = true)
  void on(LeadChanged changed) {
    streams.tell(
        changed.user(),
        new LiveEvent("lead", new LeadNews(changed.lead().value(), changed.change().text())));
  }

  /** Other pages of the person show the same leads. */
  @EventListener
  void on(LeadsMarked marked) {
    streams.tell(
        marked.user(),
        new LiveEvent("marked", new Marked(marked.leads().stream().map(LeadId::value).toList())));
  }

  @EventListener
  void on(TasksChanged changed) {
    streams.tell(changed.user(), new LiveEvent("tasks", new TaskList()));
  }

  @EventListener
  void on(TaskPaused paused) {
    streams.tell(
        paused.user(),
        new LiveEvent("task_paused", new PauseNews(paused.task().value(), paused.reason().name())));
  }

  /** Told within a transaction, which may still come to nothing. */
  @TransactionalEventListener(fallbackExecution = true)
  void on(SourceChanged changed) {
    streams.tell(
        changed.user(),
        new LiveEvent(
            "source",
            new SourceNews(
                changed.task().value(),
                changed.source().value(),
                changed.status().text(),
                changed.error())));
  }

  @EventListener
  void on(BackfillChanged changed) {
    Backfill backfill = changed.backfill();
    streams.tell(
        backfill.user(),
        new LiveEvent(
            "backfill",
            new BackfillNews(
                backfill.id().value(),
                backfill.task().value(),
                backfill.source().value(),
                backfill.statusText(),
                backfill.wanted(),
                backfill.found(),
                backfill.added(),
                backfill.read(),
                backfill.total(),
                backfill.error())));
  }

  @EventListener
  void on(SessionEnded ended) {
    streams.tell(ended.user(), new LiveEvent("session_ended", new SessionNews(ended.reason())));
  }

  /** Whose browser it was is not known here: the others show their cookie again. */
  @EventListener
  void on(UserLoggedOut loggedOut) {
    streams.close(loggedOut.user());
  }

  @EventListener
  void on(BrowserSessionsEnded ended) {
    streams.close(ended.user());
  }
}

package dev.jobradar.server.web.stats;

import dev.jobradar.server.delivery.DeliveryProblem;
import dev.jobradar.server.delivery.DeliveryState;
import dev.jobradar.server.delivery.DeliveryStatus;
import dev.jobradar.server.stats.Totals;
import dev.jobradar.server.stats.Totals.LeadTotals;
import dev.jobradar.server.stats.Totals.TaskTotals;
import dev.jobradar.server.tasks.SourceStatus;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.CurrentUser;
import dev.jobradar.server.web.ProblemException;
import dev.jobradar.server.web.delivery.DeliveryTexts;
import io.swagger.v3.oas.annotations.Operation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/stats}. */
@RestController
class StatsController {
  private final Totals totals;
  private final DeliveryStatus delivery;
  private final DeliveryTexts texts;
  private final InstantSource clock;

  StatsController(
      Totals totals, DeliveryStatus delivery, DeliveryTexts texts, InstantSource clock) {
    this.totals = totals;
    this.delivery = delivery;
    this.texts = texts;
    this.clock = clock;
  }

  /**
   * How deliveries stand.
   *
   * @param waiting how many leads are still to be sent, one counted per destination
   * @param hold what they wait for; null when they are being sent
   * @param detail the same in the person's language
   * @param until when it goes on, where that is known
   * @param problems destinations that leads do not reach
   */
  record Deliveries(
      long waiting,
      @Nullable String hold,
      @Nullable String detail,
      @Nullable Instant until,
      List<Problem> problems) {}

  /** A destination of a task that its leads do not reach. */
  record Problem(long taskId, String destination, String error, Instant at) {}

  /**
   * A person's figures.
   *
   * @param leadsToday since midnight where they are
   */
  record Stats(
      int tasksTotal,
      int tasksRunning,
      long leadsTotal,
      long leadsNew,
      long leadsToday,
      int sourcesOk,
      int sourcesInvalid,
      int sourcesError,
      Deliveries deliveries) {}

  /**
   * @param tz the name of the person's time zone, such as {@code Europe/Moscow}
   */
  @Operation(summary = "A person’s figures")
  @GetMapping("/api/stats")
  Stats stats(
      @CurrentUser User user, @RequestParam(defaultValue = "UTC") String tz, Locale locale) {
    TaskTotals tasks = totals.tasks(user.id());
    LeadTotals leads = totals.leads(user.id(), midnight(tz));
    Map<String, Integer> sources = totals.sources(user.id());
    return new Stats(
        tasks.total(),
        tasks.running(),
        leads.total(),
        leads.fresh(),
        leads.since(),
        sources.getOrDefault(SourceStatus.OK.text(), 0),
        sources.getOrDefault(SourceStatus.INVALID.text(), 0),
        sources.getOrDefault(SourceStatus.ERROR.text(), 0),
        deliveries(user, locale));
  }

  private Instant midnight(String tz) {
    try {
      ZoneId zone = ZoneId.of(tz);
      return clock.instant().atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
    } catch (DateTimeException unknown) {
      throw ProblemException.field("tz", "time_zone");
    }
  }

  private Deliveries deliveries(User user, Locale locale) {
    DeliveryState state = delivery.state(user.id());
    return new Deliveries(
        state.waiting(),
        texts.hold(state),
        texts.text(state, locale),
        state.until(),
        delivery.problems(user.id()).stream().map(StatsController::problem).toList());
  }

  private static Problem problem(DeliveryProblem problem) {
    return new Problem(
        problem.task().value(), problem.destination(), problem.error(), problem.at());
  }
}

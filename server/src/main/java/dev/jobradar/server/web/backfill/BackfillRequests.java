package dev.jobradar.server.web.backfill;

import dev.jobradar.server.backfill.Backfill;
import dev.jobradar.server.backfill.BackfillService;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.channels.ChannelName.BadChannelName;
import dev.jobradar.server.tasks.Source;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.web.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/** Begins backfills as people ask for them, within the rules. Thread-safe. */
@Service
public class BackfillRequests {
  private final BackfillService service;

  BackfillRequests(BackfillService service) {
    this.service = service;
  }

  /**
   * Begins one for each source.
   *
   * @param source one of the task's; all of them when it is null or blank
   * @param wanted how many matching posts of each; null when that was not said
   * @throws ProblemException 400 when it is not right, 409 when all of them go on already
   */
  public List<Backfill> begin(
      Task task, @Nullable String source, @Nullable Integer wanted, boolean deliver) {
    if (wanted == null) {
      throw ProblemException.field("wanted", "missing");
    }
    if (wanted < 1 || wanted > Backfill.MAX_WANTED) {
      throw ProblemException.field("wanted", "out_of_range", 1, Backfill.MAX_WANTED);
    }
    List<Backfill> begun = service.begin(task, sources(task, source), wanted, deliver);
    if (begun.isEmpty()) {
      throw new ProblemException(HttpStatus.CONFLICT, "backfill_running");
    }
    return begun;
  }

  private static List<ChannelName> sources(Task task, @Nullable String written) {
    List<ChannelName> names = task.sources().stream().map(Source::name).toList();
    if (written == null || written.isBlank()) {
      return names;
    }
    ChannelName name;
    try {
      name = ChannelName.parse(written);
    } catch (BadChannelName bad) {
      throw ProblemException.field("source", "backfill_source", bad.text());
    }
    if (!names.contains(name)) {
      throw ProblemException.field("source", "backfill_source", name);
    }
    return List.of(name);
  }
}

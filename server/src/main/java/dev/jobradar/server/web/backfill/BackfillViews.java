package dev.jobradar.server.web.backfill;

import dev.jobradar.server.account.FailureCode;
import dev.jobradar.server.backfill.Backfill;
import dev.jobradar.server.web.StallTexts;
import dev.jobradar.server.web.tasks.SourceErrorTexts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the views of backfills. Thread-safe. */
@Component
public class BackfillViews {
  private final SourceErrorTexts errors;
  private final StallTexts stallTexts;
  private final InstantSource clock;

  BackfillViews(SourceErrorTexts errors, StallTexts stallTexts, InstantSource clock) {
    this.errors = errors;
    this.stallTexts = stallTexts;
    this.clock = clock;
  }

  /** How a backfill stands. */
  public BackfillView view(Backfill backfill, Locale locale) {
    String error = backfill.error();
    return new BackfillView(
        backfill.id().value(),
        backfill.task().value(),
        backfill.source().value(),
        backfill.statusText(),
        backfill.wanted(),
        backfill.found(),
        backfill.added(),
        backfill.read(),
        backfill.total(),
        backfill.deliver(),
        skipped(backfill, locale),
        error,
        error == null ? null : errors.text(error, left(backfill), locale),
        backfill.nextTryAt(),
        backfill.createdAt(),
        backfill.updatedAt());
  }

  private BackfillView.@Nullable Skipped skipped(Backfill backfill, Locale locale) {
    int count = backfill.passedOver();
    int last = backfill.passedOverLast();
    return count == 0
        ? null
        : new BackfillView.Skipped(count, last, stallTexts.skipped(count, last, locale));
  }

  private @Nullable Duration left(Backfill backfill) {
    boolean floods = FailureCode.FLOOD_WAIT.equals(backfill.error());
    return floods && backfill.nextTryAt() != null
        ? Duration.between(clock.instant(), backfill.nextTryAt())
        : null;
  }
}

package dev.jobradar.server.leads;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.tasks.TaskId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionException;

/**
 * Tells a post that cannot be handled from a database that cannot be used: the first is stepped
 * over, the second is waited for. Thread-safe.
 */
final class PostFailures {
  private static final Logger log = LoggerFactory.getLogger(PostFailures.class);

  /** PostgreSQL's class of errors for a value beyond one of its limits. */
  private static final String LIMIT_EXCEEDED = "54";

  private final Counter steppedOver;

  PostFailures(MeterRegistry meters) {
    this.steppedOver =
        Counter.builder("jobradar.posts.stepped.over")
            .description("Posts that could not be handled, once per task that wanted one")
            .register(meters);
  }

  /**
   * Whether a failure is about what was to be stored: then it comes again however often that is
   * tried. When in doubt it is not, since waiting loses nothing.
   */
  boolean isItsOwn(RuntimeException failure) {
    if (failure instanceof DataAccessException access) {
      return access instanceof DataIntegrityViolationException
          || access.getMostSpecificCause() instanceof SQLException sql
              && sql.getSQLState() != null
              && sql.getSQLState().startsWith(LIMIT_EXCEEDED);
    }
    return !(failure instanceof TransactionException)
        && !(failure instanceof CancellationException);
  }

  /**
   * Says that a post was stepped over.
   *
   * @param task whose lead it might have been; null for all that wanted it
   */
  void steppedOver(
      UserId user,
      @Nullable TaskId task,
      ChannelName source,
      ReceivedPost post,
      Throwable failure) {
    steppedOver.increment();
    log.error(
        "{}: the post https://t.me/{}/{} was stepped over, it cannot be handled for {}",
        user,
        source.value(),
        post.id(),
        task == null ? "any task" : task,
        withoutMessages(failure));
  }

  /** Messages of such failures may hold parts of the post. */
  private static Throwable withoutMessages(Throwable failure) {
    String name = failure.getClass().getName();
    if (failure instanceof SQLException sql) {
      name += " " + sql.getSQLState() + " " + sql.getErrorCode();
    }
    Throwable shown = new IllegalStateException(name);
    shown.setStackTrace(failure.getStackTrace());
    Throwable cause = failure.getCause();
    if (cause != null) {
      shown.initCause(withoutMessages(cause));
    }
    return shown;
  }
}

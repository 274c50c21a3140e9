package dev.jobradar.server.web.tasks;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.filter.Span;
import dev.jobradar.server.leads.Excerpts;
import dev.jobradar.server.leads.KeywordsTooCostlyException;
import dev.jobradar.server.leads.Lead;
import dev.jobradar.server.leads.Texts;
import dev.jobradar.server.pacing.CpuPool;
import dev.jobradar.server.preview.Preview;
import dev.jobradar.server.preview.PreviewBusyException;
import dev.jobradar.server.web.ProblemException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/** Previews, with their failures in words, and what may be shown of their posts. Thread-safe. */
@Service
public class Previews {
  private final Preview preview;

  Previews(Preview preview) {
    this.preview = preview;
  }

  /**
   * Reads and matches.
   *
   * @throws ProblemException 429 or 503 when it is to be tried again, 400 when the keywords are too
   *     costly
   */
  public Preview.Result run(UserId user, Preview.Search search) throws InterruptedException {
    try {
      return preview.run(user, search);
    } catch (PreviewBusyException busy) {
      throw new ProblemException(HttpStatus.TOO_MANY_REQUESTS, "preview_busy")
          .retryAfter(PreviewBusyException.RETRY_AFTER);
    } catch (CpuPool.BusyException busy) {
      throw new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "busy")
          .retryAfter(CpuPool.BusyException.RETRY_AFTER);
    } catch (KeywordsTooCostlyException costly) {
      throw ProblemException.field("include_keywords", "keywords_too_costly");
    }
  }

  /** What may be shown of a post: of one that must not be copied a few words. */
  static Excerpts.Excerpt shown(ReceivedPost post, List<Span> spans) {
    return post.isProtected()
        ? Excerpts.of(post.content(), spans)
        : new Excerpts.Excerpt(
            post.content().slice(0, Texts.cut(post.text(), Lead.MAX_TEXT).length()), spans);
  }
}

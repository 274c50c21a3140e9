package dev.jobradar.server.web.tasks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.filter.Span;
import dev.jobradar.server.leads.Excerpts;
import dev.jobradar.server.preview.Preview;
import dev.jobradar.server.tasks.Source;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.TaskId;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.CurrentUser;
import dev.jobradar.server.web.NeedsPlan;
import dev.jobradar.server.web.ProblemException;
import dev.jobradar.server.web.ReachesTelegram;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.annotation.JsonDeserialize;

/** What would keywords have caught? */
@RestController
@RequestMapping("/api/tasks")
@NeedsPlan
class PreviewController {
  /** More posts than this are counted and not shown. */
  static final int MAX_SHOWN = 200;

  private final Tasks tasks;
  private final Previews previews;
  private final TaskViews views;

  PreviewController(Tasks tasks, Previews previews, TaskViews views) {
    this.tasks = tasks;
    this.previews = previews;
    this.views = views;
  }

  /**
   * What is asked.
   *
   * @param source instead of {@code sources}, for one
   * @param limit how many of each source's last posts are read, 1 to 100; 100 when left out
   */
  record Body(
      @JsonDeserialize(using = ListOrText.Names.class) @Nullable List<String> sources,
      @Nullable String source,
      @JsonDeserialize(using = ListOrText.Keywords.class) @Nullable List<String> includeKeywords,
      @JsonDeserialize(using = ListOrText.Keywords.class) @Nullable List<String> excludeKeywords,
      @Nullable Integer limit) {
    static final Body NOTHING = new Body(null, null, null, null, null);

    @Nullable List<String> named() {
      String one = source;
      return one == null || one.isBlank() ? sources : List.of(one);
    }
  }

  /**
   * A source, and what was read of it.
   *
   * @param unreadable posts among these that cannot be read
   */
  record SourceReading(
      @JsonUnwrapped SourceView source,
      int read,
      int matched,
      @JsonInclude(JsonInclude.Include.NON_NULL) SourceView.@Nullable Skipped unreadable) {}

  /**
   * A post that would have become a lead.
   *
   * @param matchedAt where in the text: pairs of start and end, in UTF-16 units
   */
  record Post(
      String sourceChannel,
      int sourceMessageId,
      String sourceUrl,
      Instant postedAt,
      String text,
      @Nullable String matchedKeyword,
      List<int[]> matchedAt) {}

  /**
   * What came of it.
   *
   * @param read how many posts were read
   * @param matched how many of them would have been caught
   * @param posts the newest of these, {@value #MAX_SHOWN} at most
   */
  record Answer(int read, int matched, List<Post> posts, List<SourceReading> sources) {}

  @Operation(summary = "What would keywords have caught among the last posts of sources?")
  @ReachesTelegram
  @PostMapping("/preview")
  Answer preview(@CurrentUser User user, @RequestBody Body body, Locale locale)
      throws InterruptedException {
    TaskEdit search =
        TaskRules.checkSearch(body.named(), body.includeKeywords(), body.excludeKeywords());
    return answer(
        user,
        new Preview.Search(
            or(search.sources(), List.of()),
            or(search.include(), List.of()),
            or(search.exclude(), List.of()),
            limit(body)),
        locale);
  }

  /** Of a stored task; what the body leaves out is the task's. */
  @Operation(summary = "What would a task have caught among the last posts of its sources?")
  @ReachesTelegram
  @PostMapping("/{id}/preview")
  Answer preview(
      @CurrentUser User user,
      @PathVariable long id,
      @RequestBody(required = false) @Nullable Body written,
      Locale locale)
      throws InterruptedException {
    Task task = tasks.find(user.id(), new TaskId(id)).orElseThrow(ProblemException::notFound);
    Body body = written == null ? Body.NOTHING : written;
    List<String> named = body.named();
    TaskEdit search =
        TaskRules.checkSearch(
            named == null ? task.sources().stream().map(s -> s.name().value()).toList() : named,
            body.includeKeywords(),
            body.excludeKeywords());
    return answer(
        user,
        new Preview.Search(
            or(search.sources(), task.sources().stream().map(Source::name).toList()),
            or(search.include(), task.include()),
            or(search.exclude(), task.exclude()),
            limit(body)),
        locale);
  }

  private static <T> T or(@Nullable T said, T otherwise) {
    return said == null ? otherwise : said;
  }

  private static int limit(Body body) {
    Integer limit = body.limit();
    if (limit == null) {
      return Preview.MAX_POSTS;
    }
    if (limit < 1 || limit > Preview.MAX_POSTS) {
      throw ProblemException.field("limit", "out_of_range", 1, Preview.MAX_POSTS);
    }
    return limit;
  }

  private Answer answer(User user, Preview.Search search, Locale locale)
      throws InterruptedException {
    Preview.Result result = previews.run(user.id(), search);
    return new Answer(
        result.sources().values().stream().mapToInt(Preview.Reading::read).sum(),
        result.caught().size(),
        result.caught().stream().limit(MAX_SHOWN).map(PreviewController::post).toList(),
        result.sources().entrySet().stream()
            .map(entry ->
                new SourceReading(
                    views.view(entry.getKey(), entry.getValue().finding(), locale),
                    entry.getValue().read(),
                    entry.getValue().matched(),
                    views.skipped(entry.getValue().passedOver(), locale)))
            .toList());
  }

  private static Post post(Preview.Caught caught) {
    ChannelName source = caught.source();
    Excerpts.Excerpt shown = Previews.shown(caught.post(), caught.match().spans());
    String text = shown.content().text();
    return new Post(
        source.value(),
        caught.post().id(),
        source.url(caught.post().id()),
        caught.post().date(),
        text,
        caught.match().keyword(),
        shown.spans().stream()
            .filter(span -> span.end() <= text.length())
            .map(PreviewController::pair)
            .toList());
  }

  private static int[] pair(Span span) {
    return new int[] {span.start(), span.end()};
  }
}

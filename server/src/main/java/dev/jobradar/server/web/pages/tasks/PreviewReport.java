package dev.jobradar.server.web.pages.tasks;

import dev.jobradar.server.account.FailureCode;
import dev.jobradar.server.filter.Explanation;
import dev.jobradar.server.filter.Match;
import dev.jobradar.server.filter.Span;
import dev.jobradar.server.leads.Excerpts;
import dev.jobradar.server.preview.Preview;
import dev.jobradar.server.web.tasks.SourceView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What keywords would have caught, and why not more.
 *
 * @param read how many posts were read
 * @param caught how many of them would have become leads
 * @param sources how each source was read
 * @param include what each group to include would have caught
 * @param exclude what each group to exclude would have held back
 * @param posts the newest that would have been caught
 * @param others the newest of the others, each with the reason
 */
public record PreviewReport(
    int read,
    int caught,
    List<SourcePart> sources,
    List<KeywordPart> include,
    List<KeywordPart> exclude,
    List<PostPart> posts,
    List<PostPart> others) {
  private static final int MOST_POSTS = 20;
  private static final int MOST_OTHERS = 10;
  private static final Set<String> OF_ACCOUNT =
      Set.of(FailureCode.NOT_SIGNED_IN, FailureCode.SESSION_ENDED);

  /** A source. */
  public record SourcePart(SourceView source, int read, int caught) {
    /** Whether it could be read. */
    public boolean ok() {
      return source.status().equals("ok");
    }
  }

  /** How many posts a group of words catches, or holds back. */
  public record KeywordPart(String keyword, int posts) {}

  /** A part of a text, and whether it is what matched. */
  public record Piece(String text, boolean marked) {}

  /**
   * A post.
   *
   * @param keywords the groups to include that match
   * @param excludedBy the groups to exclude that match
   * @param hasWords whether anybody looks for such a post at all
   */
  public record PostPart(
      String source,
      String url,
      Instant postedAt,
      List<Piece> text,
      List<String> keywords,
      List<String> excludedBy,
      boolean hasWords) {}

  /** Whether the account has to be connected before anything can be read. */
  public boolean needsTelegram() {
    return sources.stream()
        .map(each -> each.source().error())
        .anyMatch(error -> error != null && OF_ACCOUNT.contains(error));
  }

  /** Why nothing was found: the end of a text's key; null when something was. */
  public @Nullable String nothing() {
    if (caught > 0) {
      return null;
    }
    if (sources.stream().noneMatch(SourcePart::ok)) {
      return needsTelegram() ? "telegram" : "sources";
    }
    if (read == 0) {
      return "empty";
    }
    return include.isEmpty() ? "excluded" : "keywords";
  }

  static PreviewReport of(
      List<String> include, List<String> exclude, Preview.Result result, List<SourcePart> sources) {
    List<Preview.Looked> caught = result.posts().stream().filter(PreviewReport::isCaught).toList();
    List<Preview.Looked> others = result.posts().stream().filter(each -> !isCaught(each)).toList();
    return new PreviewReport(
        sources.stream().mapToInt(SourcePart::read).sum(),
        caught.size(),
        sources,
        include.stream()
            .distinct()
            .map(keyword ->
                new KeywordPart(keyword, count(caught, each -> each.included().contains(keyword))))
            .toList(),
        exclude.stream()
            .distinct()
            .map(keyword ->
                new KeywordPart(
                    keyword,
                    count(
                        others,
                        each ->
                            each.excluded().contains(keyword)
                                && (include.isEmpty() || !each.included().isEmpty()))))
            .toList(),
        caught.stream().limit(MOST_POSTS).map(PreviewReport::part).toList(),
        others.stream().limit(MOST_OTHERS).map(PreviewReport::part).toList());
  }

  private static boolean isCaught(Preview.Looked post) {
    return post.why() != null && post.why().match().isPresent();
  }

  private static int count(List<Preview.Looked> posts, Predicate<Explanation> which) {
    return (int)
        posts.stream().filter(each -> each.why() != null && which.test(each.why())).count();
  }

  private static PostPart part(Preview.Looked looked) {
    Explanation why = looked.why();
    List<Span> spans = why == null ? List.of() : why.match().map(Match::spans).orElse(List.of());
    Excerpts.Excerpt excerpt = Excerpts.of(looked.post().content(), spans);
    return new PostPart(
        looked.source().toString(),
        looked.source().url(looked.post().id()),
        looked.post().date(),
        pieces(excerpt.content().text(), excerpt.spans()),
        why == null ? List.of() : why.included(),
        why == null ? List.of() : why.excluded(),
        why != null);
  }

  /** The text cut at the borders of what matched. */
  static List<Piece> pieces(String text, List<Span> spans) {
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    for (Span span : spans) {
      if (span.start() >= at && span.end() <= text.length()) {
        add(pieces, text.substring(at, span.start()), false);
        add(pieces, text.substring(span.start(), span.end()), true);
        at = span.end();
      }
    }
    add(pieces, text.substring(at), false);
    return pieces;
  }

  private static void add(List<Piece> pieces, String text, boolean marked) {
    if (!text.isEmpty()) {
      pieces.add(new Piece(text, marked));
    }
  }
}

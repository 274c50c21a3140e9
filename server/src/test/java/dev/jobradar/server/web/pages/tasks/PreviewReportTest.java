package dev.jobradar.server.web.pages.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.filter.Explanation;
import dev.jobradar.server.filter.Keywords;
import dev.jobradar.server.filter.PostWords;
import dev.jobradar.server.filter.Span;
import dev.jobradar.server.preview.Preview;
import dev.jobradar.server.web.pages.tasks.PreviewReport.KeywordPart;
import dev.jobradar.server.web.pages.tasks.PreviewReport.Piece;
import dev.jobradar.server.web.pages.tasks.PreviewReport.SourcePart;
import dev.jobradar.server.web.tasks.SourceView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreviewReportTest {
  private static final ChannelName JOBS = new ChannelName("javajobs");

  static SourceView source(String status, @Nullable String error) {
    return new SourceView(
        null,
        "javajobs",
        null,
        status,
        null,
        null,
        null,
        null,
        error,
        error,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static PreviewReport report(
      List<String> include, List<String> exclude, SourceView source, String... texts) {
    List<Preview.Looked> posts =
        Stream.of(texts)
            .map(text -> {
              Explanation why =
                  Keywords.compile(include, exclude).explain(PostWords.of(text, List.of()));
              return new Preview.Looked(JOBS, new ReceivedPost(1, Instant.EPOCH, text, false), why);
            })
            .toList();
    return PreviewReport.of(
        include,
        exclude,
        new Preview.Result(Map.of(), posts),
        List.of(new SourcePart(source, texts.length, 0)));
  }

  @Test
  void each_keyword_says_what_it_caught_or_held_back() {
    PreviewReport report =
        report(
            List.of("java", "kotlin", "php"),
            List.of("junior", "sales"),
            source("ok", null),
            "Java and Kotlin",
            "Junior Java",
            "junior sales manager");
    assertThat(report.caught()).isEqualTo(1);
    assertThat(report.include())
        .containsExactly(
            new KeywordPart("java", 1), new KeywordPart("kotlin", 1), new KeywordPart("php", 0));
    assertThat(report.exclude())
        .as("what would have been caught otherwise")
        .containsExactly(new KeywordPart("junior", 1), new KeywordPart("sales", 0));
    assertThat(report.posts()).hasSize(1);
    assertThat(report.others()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "invalid, NO_SUCH_NAME, '', sources",
    "not_checked, NOT_SIGNED_IN, '', telegram",
    "not_checked, SESSION_ENDED, '', telegram",
    "not_checked, UNREACHABLE, '', sources",
    "ok, , '', empty",
    "ok, , cleaner, keywords",
    "ok, , java, "
  })
  void what_found_nothing_says_why(String status, String error, String text, String nothing) {
    String[] texts = text.isEmpty() ? new String[0] : new String[] {text};
    PreviewReport report = report(List.of("java"), List.of(), source(status, error), texts);
    assertThat(report.nothing()).isEqualTo(nothing);
  }

  @Test
  void a_text_is_cut_where_it_matched() {
    assertThat(PreviewReport.pieces("a java b", List.of(new Span(2, 6), new Span(4, 20))))
        .containsExactly(new Piece("a ", false), new Piece("java", true), new Piece(" b", false));
  }
}

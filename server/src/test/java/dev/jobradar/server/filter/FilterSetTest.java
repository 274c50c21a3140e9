package dev.jobradar.server.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts and keywords with the answers that product and language demand, written down by somebody
 * who had not seen the filter. The levels are those that docs/filter.md tells; they are only
 * raised.
 */
class FilterSetTest {
  private static final double LEAST_PRECISION = 0.995;
  private static final double LEAST_RECALL = 0.995;

  private static List<Case> cases = List.of();

  private record Case(
      String id,
      String topic,
      List<String> include,
      List<String> exclude,
      String text,
      boolean expect,
      @Nullable String matched) {

    static Case of(JsonNode node) {
      return new Case(
          node.get("id").asString(),
          node.get("topic").asString(),
          node.get("include").valueStream().map(JsonNode::asString).toList(),
          node.get("exclude").valueStream().map(JsonNode::asString).toList(),
          node.get("text").asString(),
          node.get("expect").asBoolean(),
          node.get("matched").isNull() ? null : node.get("matched").asString());
    }

    Optional<Match> match() {
      return Keywords.compile(include, exclude).match(PostWords.of(text));
    }

    /** As it is done without knowing words: every part of a keyword is somewhere in the text. */
    boolean containsParts() {
      return exclude.stream().noneMatch(this::hasParts)
          && (include.isEmpty() || include.stream().anyMatch(this::hasParts));
    }

    private boolean hasParts(String keyword) {
      String lower = text.toLowerCase(Locale.ROOT);
      for (String part :
          keyword.toLowerCase(Locale.ROOT).replaceAll("[\"*]", "").split("\\s+", -1)) {
        if (!lower.contains(part)) {
          return false;
        }
      }
      return true;
    }
  }

  /** How often an answer was right. */
  private record Score(int right, int wrong, int missed) {
    static Score of(Predicate<Case> answer, Predicate<Case> which) {
      int right = 0;
      int wrong = 0;
      int missed = 0;
      for (Case one : cases) {
        if (which.test(one)) {
          boolean found = answer.test(one);
          right += found && one.expect ? 1 : 0;
          wrong += found && !one.expect ? 1 : 0;
          missed += !found && one.expect ? 1 : 0;
        }
      }
      return new Score(right, wrong, missed);
    }

    double precision() {
      return (double) right / (right + wrong);
    }

    double recall() {
      return (double) right / (right + missed);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "precision %.4f (%d wrong), recall %.4f (%d missed of %d)",
          precision(),
          wrong,
          recall(),
          missed,
          right + missed);
    }
  }

  @BeforeAll
  static void read() throws IOException {
    JsonMapper json = JsonMapper.builder().build();
    InputStream stream =
        Objects.requireNonNull(FilterSetTest.class.getResourceAsStream("/filter/cases.jsonl"));
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
      cases =
          lines.lines().filter(line -> !line.isBlank()).map(json::readTree).map(Case::of).toList();
    }
  }

  @Test
  void the_filter_is_as_precise_and_complete_as_recorded() {
    Score filter = Score.of(one -> one.match().isPresent(), one -> true);
    Score substrings = Score.of(Case::containsParts, one -> true);
    System.out.printf("filter set, %d cases%n", cases.size());
    System.out.printf("filter:     %s%n", filter);
    System.out.printf("substrings: %s%n", substrings);
    for (String language : List.of("ru", "en", "mix")) {
      Predicate<Case> which = one -> one.id.startsWith(language);
      System.out.printf(
          "%s: filter %s%n    substrings %s%n",
          language,
          Score.of(one -> one.match().isPresent(), which),
          Score.of(Case::containsParts, which));
    }
    cases.stream()
        .filter(one -> one.match().isPresent() != one.expect)
        .forEach(one -> System.out.printf("  not as expected: %s (%s)%n", one.id, one.topic));

    assertThat(cases).hasSizeGreaterThanOrEqualTo(300);
    assertThat(filter.precision()).as("precision").isGreaterThanOrEqualTo(LEAST_PRECISION);
    assertThat(filter.recall()).as("recall").isGreaterThanOrEqualTo(LEAST_RECALL);
    assertThat(substrings.precision()).isLessThan(filter.precision());
    assertThat(substrings.recall()).isLessThan(filter.recall());
  }

  @Test
  void the_keyword_that_matched_is_the_expected_one() {
    List<String> others = new ArrayList<>();
    for (Case one : cases) {
      one.match()
          .filter(match -> one.expect && !Objects.equals(match.keyword(), one.matched))
          .ifPresent(match -> others.add(one.id + ": " + match.keyword()));
    }
    assertThat(others).isEmpty();
  }
}

package dev.jobradar.server.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Posts and keywords with the answers that product and language demand, written down before the
 * filter was: {@code cases.jsonl} about words and their forms, {@code signs-and-names.jsonl} about
 * operators, hashtags, addresses, look-alikes and names. The levels are those that docs/filter.md
 * gives; they are only raised.
 */
class FilterSetTest {
  private static final double LEAST_PRECISION = 0.995;
  private static final double LEAST_RECALL = 0.995;

  private static final List<Case> WORDS = read("cases.jsonl");
  private static final List<Case> SIGNS = read("signs-and-names.jsonl");

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
      return Keywords.compile(include, exclude).match(PostWords.of(text)).match();
    }

    boolean isFound() {
      return match().isPresent();
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
    static Score of(List<Case> cases, Predicate<Case> answer) {
      int right = 0;
      int wrong = 0;
      int missed = 0;
      for (Case one : cases) {
        boolean found = answer.test(one);
        right += found && one.expect ? 1 : 0;
        wrong += found && !one.expect ? 1 : 0;
        missed += !found && one.expect ? 1 : 0;
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

  private static List<Case> read(String name) {
    return LabelledSet.read(name).map(Case::of).toList();
  }

  @Test
  void words_are_found_as_precisely_and_completely_as_recorded() {
    Score filter = Score.of(WORDS, Case::isFound);
    Score substrings = Score.of(WORDS, Case::containsParts);
    System.out.printf("words, %d cases%n", WORDS.size());
    System.out.printf("filter:     %s%n", filter);
    System.out.printf("substrings: %s%n", substrings);
    for (String language : List.of("ru", "en", "mix")) {
      List<Case> some = WORDS.stream().filter(one -> one.id.startsWith(language)).toList();
      System.out.printf(
          "%s: filter %s%n    substrings %s%n",
          language, Score.of(some, Case::isFound), Score.of(some, Case::containsParts));
    }
    assertLevel(WORDS, filter);
    assertThat(substrings.precision()).isLessThan(filter.precision());
    assertThat(substrings.recall()).isLessThan(filter.recall());
  }

  @Test
  void signs_and_names_are_found_as_precisely_and_completely_as_recorded() {
    Score filter = Score.of(SIGNS, Case::isFound);
    System.out.printf("signs and names, %d cases%nfilter:     %s%n", SIGNS.size(), filter);
    assertLevel(SIGNS, filter);
  }

  private static void assertLevel(List<Case> cases, Score filter) {
    cases.stream()
        .filter(one -> one.isFound() != one.expect)
        .forEach(one -> System.out.printf("  not as expected: %s (%s)%n", one.id, one.topic));

    assertThat(cases).hasSizeGreaterThanOrEqualTo(300);
    assertThat(filter.precision()).as("precision").isGreaterThanOrEqualTo(LEAST_PRECISION);
    assertThat(filter.recall()).as("recall").isGreaterThanOrEqualTo(LEAST_RECALL);
  }

  @Test
  void the_keyword_that_matched_is_the_expected_one() {
    List<String> others = new ArrayList<>();
    for (Case one : Stream.concat(WORDS.stream(), SIGNS.stream()).toList()) {
      one.match()
          .filter(match -> one.expect && !Objects.equals(match.keyword(), one.matched))
          .ifPresent(match -> others.add(one.id + ": " + match.keyword()));
    }
    assertThat(others).isEmpty();
  }
}

package dev.jobradar.server.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.server.filter.HostileInputs.Input;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What matching costs, in counted steps: it is bounded by the size of the post and the keywords.
 */
class MatchingWorkTest {
  private static final int STEPS_A_CHARACTER = 100;
  private static final int BASE = 50_000;
  private static final int MOST = 5_000_000;

  /** One step more may be counted at once before the meter notices. */
  private static final int LAST = 10_000;

  private static final List<String> PARTS =
      List.of(
          "a ",
          "b ",
          "a* ",
          "\"a b\" ",
          "\"a a a\" ",
          "a/b ",
          "-c ",
          "(a|b) ",
          "#a ",
          "1 ",
          "a.ru ",
          "front end ",
          "front-end ",
          "разработчик ",
          "разраб* ",
          "3.11 ",
          "\"1 1 a\" ",
          "@ab ",
          ". ");

  static Stream<Input> hostile() {
    return Stream.of(140, 2_040, 4_096, HostileInputs.LONGEST_TEXT)
        .flatMap(length -> HostileInputs.all(length).stream());
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void hostile_input_costs_no_more_than_its_size_allows(Input input) {
    assertBounded(input);
  }

  @RepeatedTest(60)
  void any_input_costs_no_more_than_its_size_allows(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<String> keywords =
        Stream.generate(() -> keyword(random)).limit(1 + random.nextInt(40)).toList();
    String text = parts(random, random.nextInt(HostileInputs.LONGEST_TEXT));
    assertBounded(new Input("random", keywords, List.of(), text));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void only_long_phrases_against_one_word_are_given_up(Input input) {
    MatchOutcome outcome =
        Keywords.compile(input.include(), input.exclude()).match(PostWords.of(input.text()));

    if (!input.name().startsWith("phrases of")) {
      assertThat(outcome).isNotInstanceOf(MatchOutcome.TooCostly.class);
    }
  }

  /** As long as the task of a person may be, and longer than any is. */
  @Test
  void ordinary_phrases_need_a_small_part_of_what_is_allowed() {
    List<String> keywords =
        Stream.iterate(0, i -> i + 1)
            .limit(Keywords.MAX_GROUPS)
            .map(i -> "\"старший разработчик на java %d\" удалённо -стажёр".formatted(i))
            .toList();
    String post = "Старший разработчик на Java, удалённо. Старший разработчик на Kotlin 17. ";
    WorkMeter work = new WorkMeter(Long.MAX_VALUE);

    Keywords.compile(keywords, List.of()).match(PostWords.of(post.repeat(50)), work);

    assertThat(work.spent()).isLessThan(200_000);
  }

  @Test
  void too_costly_keywords_are_given_up_with_a_word() {
    Input input = HostileInputs.all(2_040).getFirst();
    Keywords keywords = Keywords.compile(input.include(), List.of());
    PostWords words = PostWords.of(input.text());

    assertThat(keywords.match(words, new WorkMeter(1_000)))
        .isEqualTo(new MatchOutcome.TooCostly(1_000));
    assertThat(keywords.match(words)).isEqualTo(new MatchOutcome.NotWanted());
  }

  private static void assertBounded(Input input) {
    Keywords keywords = Keywords.compile(input.include(), input.exclude());
    WorkMeter work = WorkMeter.forSize(input.size());

    assertThat(keywords.match(PostWords.of(input.text()), work)).isNotNull();

    assertThat(work.spent())
        .as("steps of %s", input.name())
        .isLessThanOrEqualTo(Math.min(MOST, BASE + STEPS_A_CHARACTER * input.size()) + LAST);
  }

  private static String keyword(Random random) {
    String parts = parts(random, 1 + random.nextInt(Keywords.MAX_LENGTH - 2));
    return "a " + (parts.chars().filter(sign -> sign == '"').count() % 2 == 0 ? parts : "");
  }

  private static String parts(Random random, int length) {
    StringBuilder parts = new StringBuilder();
    int kinds = 1 + random.nextInt(PARTS.size());
    String next = PARTS.get(random.nextInt(kinds));
    while (parts.length() + next.length() <= length) {
      parts.append(next);
      next = PARTS.get(random.nextInt(kinds));
    }
    return parts.toString();
  }
}

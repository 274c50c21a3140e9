package dev.jobradar.server.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.server.filter.Fingerprint.Relation;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Pairs of posts, each a vacancy and its repost or two vacancies, written down before contacts and
 * links were compared.
 */
class RepostSetTest {
  private static final double LEAST_FOLDED = 0.97;

  private static final List<Pair> PAIRS = LabelledSet.read("reposts.jsonl").map(Pair::of).toList();

  private record Pair(String id, String topic, String a, String b, boolean forward, boolean same) {
    static Pair of(JsonNode node) {
      return new Pair(
          node.get("id").asString(),
          node.get("topic").asString(),
          node.get("a").asString(),
          node.get("b").asString(),
          node.get("forward").asBoolean(),
          node.get("same").asBoolean());
    }

    /** As the service does it: equal texts, or a comparison of those that share a band. */
    boolean isFolded() {
      Fingerprint one = Fingerprint.of(a);
      Fingerprint other = Fingerprint.of(b);
      Relation relation = forward ? Relation.FORWARD : Relation.UNKNOWN;
      return one.text().equals(other.text())
          || !Collections.disjoint(one.bands(), other.bands()) && one.isRepostOf(other, relation);
    }
  }

  @Test
  void no_vacancy_is_swallowed() {
    assertThat(PAIRS).hasSizeGreaterThanOrEqualTo(200);
    assertThat(PAIRS.stream().filter(pair -> !pair.same && pair.isFolded())).isEmpty();
  }

  @Test
  void reposts_are_folded_as_completely_as_recorded() {
    List<Pair> reposts = PAIRS.stream().filter(Pair::same).toList();
    List<Pair> missed = reposts.stream().filter(pair -> !pair.isFolded()).toList();
    System.out.printf("reposts: %d missed of %d%n", missed.size(), reposts.size());
    missed.forEach(pair -> System.out.printf("  missed: %s (%s)%n", pair.id, pair.topic));

    assertThat(1 - (double) missed.size() / reposts.size()).isGreaterThanOrEqualTo(LEAST_FOLDED);
  }
}

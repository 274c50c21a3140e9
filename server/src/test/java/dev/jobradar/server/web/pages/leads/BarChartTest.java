package dev.jobradar.server.web.pages.leads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BarChartTest {
  private static BarChart of(long... numbers) {
    return BarChart.of(
        IntStream.range(0, numbers.length)
            .mapToObj(i -> new BarChart.Value("day " + (i + 1), numbers[i]))
            .toList());
  }

  @Test
  void bars_are_as_high_as_their_figures_and_stand_on_one_line() {
    BarChart chart = of(0, 5, 10);
    List<Double> heights = chart.bars().stream().map(BarChart.Bar::height).toList();
    assertThat(heights.get(0)).isZero();
    assertThat(heights.get(2)).isEqualTo(2 * heights.get(1));
    assertThat(chart.bars())
        .allSatisfy(bar -> {
          assertThat(bar.y() + bar.height()).isEqualTo(chart.lines().getFirst().y());
          assertThat(bar.x()).isPositive();
          assertThat(bar.x() + bar.width()).isLessThanOrEqualTo(chart.width());
        });
    assertThat(chart.lines()).extracting(BarChart.Line::label).containsExactly("0", "5", "10");
    assertThat(chart.bars().get(1).title()).isEqualTo("day 2: 5");
  }

  @Test
  void labels_are_as_many_as_there_is_room_for_and_the_last_day_has_one() {
    BarChart chart = of(new long[90]);
    List<String> labels =
        chart.bars().stream().map(BarChart.Bar::label).filter(label -> !label.isEmpty()).toList();
    assertThat(labels).hasSizeLessThanOrEqualTo(8).endsWith("day 90");
  }

  @Test
  void nothing_is_a_chart_too() {
    assertThat(of().bars()).isEmpty();
    assertThat(of(0, 0).bars()).extracting(BarChart.Bar::height).containsOnly(0.0);
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "2,2", "3,4", "5,10", "11,20", "21,40", "41,100", "4000,4000"})
  void the_scale_ends_at_a_figure_that_is_easy_to_read(long most, long end) {
    assertThat(BarChart.round(most)).isEqualTo(end);
  }

  @Test
  void the_largest_share_has_the_longest_bar_and_the_least_one_can_be_seen() {
    ShareChart chart =
        ShareChart.of(
            List.of(
                new ShareChart.Share("a", null, 1_000),
                new ShareChart.Share("b", null, 500),
                new ShareChart.Share("c", null, 1)));
    assertThat(chart.rows()).extracting(ShareChart.Row::percent).containsExactly(100L, 50L, 1L);
  }
}

package dev.jobradar.server.web.pages.leads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.leads.LeadFilter;
import dev.jobradar.server.leads.LeadStatus;
import dev.jobradar.server.tasks.TaskId;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeadQueryTest {
  @Test
  void a_query_is_read_as_it_was_written() {
    Map<String, String> fields =
        Map.of(
            "q", "java & go",
            "status", "saved",
            "task", "7",
            "source", "javajobs",
            "keyword", "с++",
            "from", "2026-03-01",
            "to", "2026-03-02");
    LeadQuery query = LeadQuery.of(fields);
    assertThat(query.fields()).isEqualTo(fields);
    assertThat(query.at("/leads", "after", "1-2"))
        .isEqualTo(
            "/leads?q=java+%26+go&status=saved&task=7&source=javajobs&keyword=%D1%81%2B%2B"
                + "&from=2026-03-01&to=2026-03-02&after=1-2");
    assertThat(LeadQuery.ALL.at("/leads")).isEqualTo("/leads");
  }

  /** Days begin and end where the person is. */
  @Test
  void a_query_is_a_filter() {
    LeadQuery query =
        LeadQuery.of(
            Map.of(
                "task", "7",
                "source", "@JavaJobs",
                "keyword", "java",
                "status", "new",
                "from", "2026-03-01",
                "to", "2026-03-01",
                "q", " a ",
                "after", "x"));
    assertThat(query.filter(ZoneId.of("Asia/Vladivostok")))
        .isEqualTo(
            new LeadFilter(
                new TaskId(7),
                new ChannelName("javajobs"),
                "java",
                Set.of(LeadStatus.NEW),
                Instant.parse("2026-02-28T14:00:00Z"),
                Instant.parse("2026-03-01T14:00:00Z"),
                "a",
                false));
    assertThat(LeadQuery.of(Map.of("status", "deleted")).filter(ZoneOffset.UTC))
        .isEqualTo(new LeadFilter(null, null, null, Set.of(), null, null, "", true));
  }

  @ParameterizedTest
  @CsvSource({
    "task,x",
    "task,-1",
    "task,99999999999999999999",
    "source,123",
    "source,' '",
    "status,viewed",
    "from,yesterday",
    "to,2026-13-01",
    "q,' '"
  })
  void what_cannot_be_read_is_left_out(String name, String value) {
    assertThat(LeadQuery.of(Map.of(name, value))).isEqualTo(LeadQuery.ALL);
  }

  @Test
  void years_beyond_all_calendars_are_no_bounds() {
    LeadQuery query = LeadQuery.of(Map.of("from", "-999999999-01-01", "to", "+999999999-12-30"));
    assertThat(query.filter(ZoneOffset.UTC)).isEqualTo(LeadFilter.ALL);
  }

  @Test
  void a_query_says_whether_it_leaves_any_out() {
    assertThat(LeadQuery.of(Map.of("status", "new")).isNarrow()).isFalse();
    assertThat(LeadQuery.of(Map.of("q", "a")).isNarrow()).isTrue();
    assertThat(LeadQuery.of(Map.of("q", "a")).isFiltered()).isFalse();
    assertThat(LeadQuery.of(Map.of("task", "1")).isFiltered()).isTrue();
  }
}

package dev.jobradar.server.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangedPartsTest {
  private static List<String> names(Object data) {
    return ChangedParts.of(data).names();
  }

  @Test
  void new_leads_change_the_list_the_counts_and_themselves() {
    assertThat(names(new LiveEventListener.Leads(List.of(3L, 4L))))
        .containsExactly("leads", "counts", "lead:3", "lead:4");
  }

  @Test
  void other_events_name_what_they_are_about() {
    assertThat(names(new LiveEventListener.Delivered(3))).containsExactly("lead:3", "deliveries");
    assertThat(names(new LiveEventListener.LeadNews(3, "edited"))).contains("lead:3");
    assertThat(names(new LiveEventListener.TaskList())).contains("tasks");
    assertThat(names(new LiveEventListener.PauseNews(5, "GONE"))).contains("tasks", "task:5");
    assertThat(names(new LiveEventListener.SourceNews(5, "jobs", "ok", null)))
        .containsExactly("task:5");
    assertThat(
            names(
                new LiveEventListener.BackfillNews(
                    7, 5, "jobs", "running", 1, 1, 1, 1, null, null)))
        .containsExactly("task:5", "backfill:7");
    assertThat(names(new LiveEventListener.SessionNews("REVOKED"))).contains("telegram");
  }

  @Test
  void what_a_page_announces_itself_goes_through_and_all_else_is_nothing() {
    assertThat(names(new ChangedParts(List.of("lead:1")))).containsExactly("lead:1");
    assertThat(names(Map.of())).isEmpty();
  }
}

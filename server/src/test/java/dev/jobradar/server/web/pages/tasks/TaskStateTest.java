package dev.jobradar.server.web.pages.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.server.account.AccountState;
import dev.jobradar.server.web.tasks.SourceView;
import dev.jobradar.server.web.tasks.TaskView;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskStateTest {
  private static AccountState account(String name) {
    return switch (name) {
      case "none" -> new AccountState.NotSignedIn();
      case "ended" -> new AccountState.SessionEnded("AUTH_KEY_UNREGISTERED");
      case "asleep" -> new AccountState.Asleep();
      case "connecting" -> new AccountState.Connecting(null, null);
      case "failing" -> new AccountState.Connecting(null, "UNREACHABLE");
      default -> new AccountState.Connected(Instant.EPOCH);
    };
  }

  private static TaskView task(String status, @Nullable String reason, String sources) {
    List<SourceView> states =
        Pattern.compile(" ")
            .splitAsStream(sources)
            .map(each -> PreviewReportTest.source(each, null))
            .toList();
    return new TaskView(
        1,
        "Java",
        status,
        reason,
        reason,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        true,
        null,
        null,
        true,
        states,
        null,
        List.of(),
        Instant.EPOCH,
        Instant.EPOCH);
  }

  @ParameterizedTest
  @CsvSource({
    "running, , ok, connected, RUNNING",
    "running, , ok, connecting, RUNNING",
    "running, , ok, asleep, RUNNING",
    "running, , ok, failing, UNREACHABLE",
    "running, , ok, none, NOT_SIGNED_IN",
    "running, , invalid, ended, SESSION_ENDED",
    "running, , invalid invalid, connected, NO_SOURCE",
    "running, , invalid ok, connected, RUNNING",
    "running, , error, connected, RUNNING",
    "paused, , ok, none, PAUSED",
    "paused, KEYWORDS_TOO_COSTLY, ok, connected, PAUSED_BY_US"
  })
  void a_task_runs_only_when_nothing_keeps_it_from_it(
      String status, String reason, String sources, String account, TaskState state) {
    assertThat(TaskState.of(task(status, reason, sources), account(account))).isEqualTo(state);
  }
}

package dev.jobradar.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogFindingsTest {
  private static final String WARNING =
      "2026-11-30T06:14:05.123Z  WARN 42 --- [jobradar] [delivery-7] [] d.j.server.delivery.Sender"
          + "      : user 12 cannot be reached";

  @Test
  void warnings_and_errors_are_counted_by_what_they_say_without_numbers() {
    LogFindings findings =
        LogFindings.of(
            List.of(
                WARNING,
                WARNING.replace("user 12", "user 13"),
                WARNING.replace(" WARN", "ERROR"),
                WARNING.replace(" WARN", " INFO"),
                "java.lang.IllegalStateException: WARN 1 --- no line of a log",
                "\tat dev.jobradar.server.X.y(X.java:7)"));

    assertThat(findings.counts())
        .isEqualTo(
            Map.of(
                "WARN d.j.server.delivery.Sender: user N cannot be reached", 2,
                "ERROR d.j.server.delivery.Sender: user N cannot be reached", 1));
    assertThat(findings.all()).isEqualTo(3);
  }

  @Test
  void a_long_line_is_cut() {
    assertThat(LogFindings.of(List.of(WARNING + "x".repeat(500))).counts().keySet())
        .allMatch(text -> text.length() < 200);
  }
}

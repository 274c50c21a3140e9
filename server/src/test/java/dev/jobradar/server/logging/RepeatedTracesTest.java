package dev.jobradar.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RepeatedTracesTest {
  private final Logger logger = new LoggerContext().getLogger("test");
  private final RepeatedTraces traces = new RepeatedTraces();

  private ILoggingEvent event(String message, @Nullable Throwable thrown, long at) {
    LoggingEvent event = new LoggingEvent("test", logger, Level.ERROR, message, thrown, null);
    event.setTimeStamp(at);
    return event;
  }

  private static Throwable here(String message) {
    return new IllegalStateException(message, new IllegalArgumentException(message));
  }

  @Test
  void the_same_trace_is_logged_once_in_a_minute_whatever_its_message() {
    for (int i = 0; i < 5; i++) {
      ILoggingEvent folded = traces.fold(event("failed", here("message " + i), i));
      if (i == 0) {
        assertThat(folded.getThrowableProxy()).isNotNull();
        assertThat(folded.getFormattedMessage()).isEqualTo("failed");
      } else {
        assertThat(folded.getThrowableProxy()).isNull();
        assertThat(folded.getFormattedMessage())
            .startsWith("failed (java.lang.IllegalStateException")
            .contains((i + 1) + " times");
        assertThat(folded.getLevel()).isEqualTo(Level.ERROR);
      }
    }
  }

  @Test
  void it_is_logged_again_after_a_minute() {
    for (int i = 0; i < 3; i++) {
      long at = i * RepeatedTraces.WINDOW.toMillis();
      assertThat(traces.fold(event("failed", here(""), at)).getThrowableProxy()).isNotNull();
    }
  }

  @Test
  void another_trace_and_a_line_without_one_stay_as_they_are() {
    traces.fold(event("failed", here(""), 0));
    ILoggingEvent other = event("failed", new IllegalStateException(), 1);
    assertThat(traces.fold(other)).isSameAs(other);
    ILoggingEvent plain = event("done", null, 2);
    assertThat(traces.fold(plain)).isSameAs(plain);
  }
}

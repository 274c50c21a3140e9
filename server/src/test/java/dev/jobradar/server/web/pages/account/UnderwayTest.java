package dev.jobradar.server.web.pages.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.server.web.pages.LocalPath;
import dev.jobradar.server.web.signin.Started;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnderwayTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final LocalPath NEXT = new LocalPath("/tasks");

  private static Underway begun(
      @Nullable String id, @Nullable Long after, @Nullable String nextType) {
    return Underway.begun(
        "79001234567",
        NEXT,
        new Started(true, id, "telegram_sms", "sms", 5, after, nextType, null, false, null),
        NOW);
  }

  @Test
  void it_is_over_after_five_minutes_and_another_code_does_not_prolong_it() {
    Underway step = begun("id", 60L, "call");
    assertThat(step.isOverAt(NOW.plusSeconds(299))).isFalse();
    assertThat(step.isOverAt(NOW.plusSeconds(300))).isTrue();
    Underway later = step.sent(step.how(), NOW.plusSeconds(200));
    assertThat(later.isOverAt(NOW.plusSeconds(300))).isTrue();
    assertThat(later.mayResendAt(NOW.plusSeconds(259))).isFalse();
    assertThat(later.mayResendAt(NOW.plusSeconds(260))).isTrue();
    assertThat(step.over().isOverAt(NOW)).isTrue();
    assertThat(step.over().isDone()).isFalse();
    assertThat(step.done().isDone()).isTrue();
    assertThat(step.done().next()).isEqualTo(NEXT);
  }

  @Test
  void another_code_is_offered_only_where_there_is_another_way() {
    assertThat(begun("id", 60L, null).mayResendAt(NOW.plusSeconds(200))).isFalse();
    assertThat(begun("id", null, "call").mayResendAt(NOW)).isTrue();
    assertThat(begun(null, null, null).mayResendAt(NOW.plusSeconds(29))).isFalse();
    assertThat(begun(null, null, null).mayResendAt(NOW.plusSeconds(30))).isTrue();
  }

  @Test
  void the_password_keeps_number_end_and_aim() {
    Underway step = begun("id", 60L, "call").password("first pet");
    assertThat(step.needsPassword()).isTrue();
    assertThat(step.how().passwordHint()).isEqualTo("first pet");
    assertThat(step.next()).isEqualTo(NEXT);
    assertThat(step.mayResendAt(NOW.plusSeconds(200))).isFalse();
    assertThat(step.isOverAt(NOW.plusSeconds(300))).isTrue();
    assertThat(step.toString()).doesNotContain("7900");
  }
}

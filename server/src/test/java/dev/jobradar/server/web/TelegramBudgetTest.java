package dev.jobradar.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.pacing.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TelegramBudgetTest {
  private final TestClock clock = new TestClock();
  private final TelegramBudget budget = new TelegramBudget(clock);

  private void spend(UserId user, int calls) {
    for (int i = 0; i < calls; i++) {
      budget.take(user);
    }
  }

  @Test
  void beyond_their_budget_a_user_is_told_when_the_next_call_is_allowed_and_others_go_on() {
    spend(new UserId(1), TelegramBudget.PER_USER);
    clock.advance(Duration.ofSeconds(20));
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> budget.take(new UserId(1)))
        .satisfies(refused -> {
          assertThat(refused.status().value()).isEqualTo(429);
          assertThat(refused.code()).isEqualTo("too_many_telegram_calls");
          assertThat(refused.retryAfterSeconds()).isEqualTo(40);
        });
    budget.take(new UserId(2));
    clock.advance(Duration.ofSeconds(40));
    budget.take(new UserId(1));
  }

  @Test
  void all_users_together_have_a_budget_too() {
    int users = TelegramBudget.OF_ALL / TelegramBudget.PER_USER;
    for (int user = 1; user <= users; user++) {
      spend(new UserId(user), TelegramBudget.PER_USER);
    }
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> budget.take(new UserId(users + 1)));
  }
}

package dev.jobradar.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.users.Plan;
import dev.jobradar.server.users.User;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class CallBudgetTest {
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");
  private final CallBudget budget = new CallBudget(() -> now);

  private void call(String method, @Nullable User user) {
    MockHttpServletRequest request = new MockHttpServletRequest(method, "/api/user/refresh");
    if (user != null) {
      Visitor.is(request, user);
    }
    assertThat(budget.preHandle(request, new MockHttpServletResponse(), this)).isTrue();
  }

  @Test
  void a_user_may_make_so_many_calls_that_write_and_is_told_when_the_next_one_is_allowed() {
    for (int i = 0; i < CallBudget.PER_USER; i++) {
      call("POST", user(1));
    }
    now = now.plusSeconds(20);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> call("DELETE", user(1)))
        .satisfies(refused -> {
          assertThat(refused.status().value()).isEqualTo(429);
          assertThat(refused.code()).isEqualTo("too_many_calls");
          assertThat(refused.retryAfterSeconds()).isEqualTo(40);
        });
    call("GET", user(1));
    call("POST", user(2));
    call("POST", null);
    now = now.plus(Duration.ofSeconds(40));
    call("POST", user(1));
  }

  @Test
  void all_users_together_have_a_budget_too() {
    int users = CallBudget.OF_ALL / CallBudget.PER_USER;
    for (int i = 0; i < CallBudget.OF_ALL; i++) {
      call("POST", user(1 + i % users));
    }
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> call("POST", user(users + 1)));
  }

  @Test
  void a_clock_that_is_set_back_costs_a_minute_at_most() {
    for (int i = 0; i < CallBudget.PER_USER; i++) {
      call("POST", user(1));
    }
    now = now.minus(Duration.ofHours(1));
    call("POST", user(1));
  }

  private static User user(int id) {
    return new User(
        new UserId(id),
        (long) id,
        "79990000000",
        "Ann",
        null,
        "ru",
        false,
        Plan.TRIAL,
        null,
        true,
        Instant.EPOCH);
  }
}

package dev.jobradar.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.users.Plan;
import dev.jobradar.server.users.User;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

class WebBasicsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final MockMvcTester nobody = web(null);
  private final MockMvcTester ann = web(user(false, NOW.plusSeconds(1), "ru"));

  private MockMvcTester web(@Nullable User user) {
    return TestWeb.of(user, InstantSource.fixed(NOW), new Api());
  }

  private static User user(boolean disabled, Instant planUntil, String language) {
    return new User(
        new UserId(1),
        10L,
        "79990000001",
        "Ann",
        null,
        language,
        disabled,
        Plan.TRIAL,
        planUntil,
        true,
        NOW);
  }

  /** An inner class: not found by scanning. */
  @SuppressWarnings("ClassCanBeStatic")
  @RestController
  class Api {
    @GetMapping("/me")
    Map<String, Object> me(@CurrentUser User user) {
      return Map.of("id", user.id().value());
    }

    @GetMapping("/maybe")
    Map<String, Object> maybe(@CurrentUser Optional<User> user) {
      return Map.of("present", user.isPresent());
    }

    @NeedsPlan
    @GetMapping("/leads/{id}")
    Map<String, Object> lead(@PathVariable long id, @RequestParam int pageSize) {
      return Map.of("id", id, "page_size", pageSize);
    }

    record Form(@NotBlank String firstName, int count, List<Integer> numbers) {}

    @PostMapping("/form")
    Form form(@Valid @RequestBody Form form) {
      return form;
    }

    @GetMapping("/broken")
    void broken() {
      throw new IllegalStateException("secret 79990000001");
    }

    @GetMapping("/wait")
    void waiting() {
      throw new ProblemException(HttpStatus.TOO_MANY_REQUESTS, "body_too_large", 7)
          .retryAfter(Duration.ofMillis(1500))
          .with("scope", "phone");
    }

    @GetMapping("/fields")
    void fields() {
      throw ProblemException.field("name", "missing").and("sources", "wrong_type");
    }
  }

  @Test
  void a_controller_gets_the_user() {
    assertThat(ann.get().uri("/me")).hasStatusOk().bodyJson().extractingPath("$.id").isEqualTo(1);
    assertThat(ann.get().uri("/maybe")).bodyJson().extractingPath("$.present").isEqualTo(true);
  }

  @Test
  void nobody_is_asked_to_sign_in() {
    assertThat(problem(nobody.get().uri("/me").exchange(), 401))
        .containsEntry("code", "authentication_required")
        .containsEntry("detail", "Войдите, чтобы продолжить.");
    assertThat(nobody.get().uri("/maybe")).bodyJson().extractingPath("$.present").isEqualTo(false);
  }

  @Test
  void somebody_disabled_is_told_so() {
    MockMvcTester disabled = web(user(true, NOW.plusSeconds(1), "ru"));
    assertThat(problem(disabled.get().uri("/me").exchange(), 403))
        .containsEntry("code", "account_disabled");
    assertThat(disabled.get().uri("/maybe"))
        .bodyJson()
        .extractingPath("$.present")
        .isEqualTo(false);
  }

  @Test
  void a_plan_that_has_run_out_closes_what_needs_one() {
    MockMvcTester late = web(user(false, NOW, "ru"));
    assertThat(problem(late.get().uri("/leads/1?pageSize=2").exchange(), 403))
        .containsEntry("code", "plan_expired");
    assertThat(late.get().uri("/me")).hasStatusOk();
    assertThat(ann.get().uri("/leads/1?pageSize=2")).hasStatusOk();
    assertThat(problem(nobody.get().uri("/leads/1?pageSize=2").exchange(), 401))
        .containsEntry("code", "authentication_required");
  }

  @Test
  void people_are_answered_in_their_language() {
    assertThat(
            problem(nobody.get().uri("/me").header("Accept-Language", "en-GB,de").exchange(), 401))
        .containsEntry("detail", "Sign in to continue.");
    assertThat(problem(nobody.get().uri("/me").header("Accept-Language", "de").exchange(), 401))
        .containsEntry("detail", "Sign in to continue.");
    assertThat(problem(nobody.get().uri("/me").header("Accept-Language", ";;q=x").exchange(), 401))
        .containsEntry("detail", "Войдите, чтобы продолжить.");
    MockMvcTester english = web(user(false, NOW, "en"));
    assertThat(
            problem(english.get().uri("/leads/1").header("Accept-Language", "ru").exchange(), 403))
        .extractingByKey("detail")
        .asString()
        .startsWith("Your plan");
  }

  @Test
  void a_body_that_is_no_json_is_told_so_without_its_contents() {
    MvcTestResult result = post("{\"first_name\": hunter2");
    assertThat(problem(result, 400)).containsEntry("code", "malformed_json");
    assertThat(result).bodyText().doesNotContain("hunter2");
    assertThat(problem(post(""), 400)).containsEntry("code", "malformed_json");
  }

  @Test
  void wrong_types_name_their_field() {
    assertThat(errors(post("{\"first_name\":\"a\",\"count\":{}}")))
        .containsExactly("count wrong_type");
    assertThat(errors(post("{\"first_name\":\"a\",\"count\":1,\"numbers\":[1,\"x\"]}")))
        .containsExactly("numbers[1] wrong_type");
    assertThat(errors(ann.get().uri("/leads/x?pageSize=2").exchange()))
        .containsExactly("id wrong_type");
    assertThat(errors(ann.get().uri("/leads/1").exchange())).containsExactly("page_size missing");
  }

  @Test
  void broken_rules_name_their_field_in_the_words_of_json() {
    assertThat(errors(post("{\"first_name\":\" \",\"count\":1}")))
        .containsExactly("first_name invalid");
    assertThat(errors(ann.get().uri("/fields").exchange()))
        .containsExactly("name missing", "sources wrong_type");
  }

  @Test
  void fields_of_older_scripts_are_ignored() {
    assertThat(post("{\"first_name\":\"a\",\"count\":1,\"old\":{\"x\":[1]}}")).hasStatusOk();
  }

  @Test
  void a_failure_of_ours_shows_nothing_of_itself() {
    MvcTestResult result = ann.get().uri("/broken").exchange();
    assertThat(problem(result, 500)).containsEntry("code", "internal");
    assertThat(result).bodyText().doesNotContain("secret", "IllegalState", "79990000001");
  }

  @Test
  void a_wait_is_rounded_up_to_whole_seconds() {
    MvcTestResult result = ann.get().uri("/wait").exchange();
    assertThat(problem(result, 429))
        .containsEntry("retry_after", 2)
        .containsEntry("scope", "phone")
        .containsEntry("detail", "Запрос слишком большой: не больше 7 КиБ.");
    assertThat(result).headers().hasValue("Retry-After", "2");
  }

  @Test
  void other_methods_and_types_are_problems_too() {
    assertThat(problem(ann.delete().uri("/me").exchange(), 405))
        .containsEntry("code", "method_not_allowed");
    assertThat(
            problem(
                ann.post().uri("/form").contentType(MediaType.TEXT_PLAIN).content("x").exchange(),
                415))
        .containsEntry("code", "json_only");
  }

  private MvcTestResult post(String body) {
    return ann.post().uri("/form").contentType(MediaType.APPLICATION_JSON).content(body).exchange();
  }

  private static Map<String, Object> problem(MvcTestResult result, int status) {
    assertThat(result)
        .hasStatus(status)
        .hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
    return json(result);
  }

  private static List<String> errors(MvcTestResult result) {
    Map<String, Object> problem = problem(result, 400);
    assertThat(problem).containsEntry("code", "invalid_fields");
    return ((List<?>) problem.getOrDefault("errors", List.of()))
        .stream()
            .map(error -> (Map<?, ?>) error)
            .map(error -> error.get("field") + " " + error.get("code"))
            .toList();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> json(MvcTestResult result) {
    try {
      return new tools.jackson.databind.json.JsonMapper()
          .readValue(result.getResponse().getContentAsByteArray(), Map.class);
    } catch (RuntimeException e) {
      throw new AssertionError("no JSON", e);
    }
  }
}

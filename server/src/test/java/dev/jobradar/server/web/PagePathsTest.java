package dev.jobradar.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagePathsTest {
  @ParameterizedTest
  @ValueSource(strings = {"/", "/leads", "/leads/1", "/apiary", "/livezone", "/admin", "/nosuch"})
  void people_get_pages(String path) {
    assertThat(PagePaths.isPage(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api",
        "/api/leads",
        "/admin/api/users",
        "/livez",
        "/live",
        "/static/js/a.js",
        "/actuator/health",
        "/docs/openapi",
        "/webjars/htmx.org/nosuch.js"
      })
  void programs_get_problem_documents(String path) {
    assertThat(PagePaths.isPage(path)).isFalse();
  }
}

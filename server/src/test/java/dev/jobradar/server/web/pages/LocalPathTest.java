package dev.jobradar.server.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/leads", "/leads/12?status=new&q=%D1%8F", "/tasks/new?a=//b", "/?a=1"})
  void paths_of_this_site_are_taken(String path) {
    assertThat(LocalPath.of(path)).contains(new LocalPath(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "leads",
        "//evil.example",
        "/\\evil.example",
        "/a\\b",
        "https://evil.example/",
        "javascript:alert(1)",
        "/leads\r\nSet-Cookie: a=b",
        "/a b",
        "/лиды",
        "/leads#here"
      })
  void whatever_may_lead_elsewhere_is_refused(String path) {
    assertThat(LocalPath.of(path)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:1/leads?a=1", "https://evil.example/leads?a=1"})
  void of_an_address_only_the_path_is_taken(String address) {
    assertThat(LocalPath.ofAddress(address)).contains(new LocalPath("/leads?a=1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mailto:ann@example.org", "http://a b/", "https://evil.example//evil.example"})
  void other_addresses_have_none(String address) {
    assertThat(LocalPath.ofAddress(address)).isEmpty();
  }
}

package dev.jobradar.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.server.signin.Devices;
import dev.jobradar.server.users.User;
import dev.jobradar.server.users.Users;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The chain in a real server, with what it needs of the service and nothing more. */
@Isolated("reads what the JVM prints")
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class SecurityChainIT {
  private static final long ADMIN = 77;

  @TempDir static Path home;

  private final HttpClient http = HttpClient.newHttpClient();
  private ServletWebServerApplicationContext context;
  private int port;
  private String base;
  private String token;
  private User ann;

  /** No configuration that others would find by scanning. */
  @EnableAutoConfiguration
  @ComponentScan(
      basePackages = {
        "dev.jobradar.server.web",
        "dev.jobradar.server.users",
        "dev.jobradar.server.storage"
      },
      excludeFilters =
          @ComponentScan.Filter(
              type = FilterType.REGEX,
              pattern = "dev\\.jobradar\\.server\\.web\\.[a-z]+\\..*"))
  static class Slice {
    @Bean
    java.time.InstantSource clock() {
      return java.time.InstantSource.system();
    }
  }

  /** An inner class: not found by scanning. */
  @SuppressWarnings("ClassCanBeStatic")
  @RestController
  class Api {
    @GetMapping("/api/mine")
    Map<String, Object> mine(@CurrentUser User user) {
      return Map.of("id", user.id().value());
    }

    @PostMapping({"/api/mine", "/api/auth/open", "/admin/api/mine"})
    Map<String, Object> change(@RequestBody(required = false) Map<String, Object> body) {
      return Map.of("size", body == null ? 0 : body.toString().length());
    }

    @GetMapping("/api/broken")
    Map<String, Object> broken(@CurrentUser User user) {
      throw new IllegalStateException("broken on purpose");
    }

    @GetMapping("/admin/api/mine")
    Map<String, Object> admin() {
      return Map.of();
    }

    record Named(String firstName) {}

    @PostMapping("/api/named")
    Named named(@CurrentUser User user, @RequestBody Named named) {
      return named;
    }

    @PostMapping("/app/form")
    Map<String, Object> form() {
      return Map.of();
    }
  }

  @BeforeAll
  void start() {
    SpringApplication application = new SpringApplication(Slice.class);
    application.addInitializers(fresh -> {
      GenericApplicationContext beans = (GenericApplicationContext) fresh;
      beans.registerBean(Api.class, Api::new);
      beans.registerBean(Devices.class);
    });
    context =
        (ServletWebServerApplicationContext)
            application.run(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--server.forward-headers-strategy=native",
                "--management.server.port=0",
                "--management.server.address=127.0.0.1",
                "--jobradar.hosts=jobs.example,Other.Example.",
                "--jobradar.home=" + home,
                "--jobradar.admin=" + ADMIN);
    port = Objects.requireNonNull(context.getWebServer()).getPort();
    base = "http://127.0.0.1:" + port;
    ann = context.getBean(Users.class).signedIn(1, "79990000001", "Ann", null);
    token = context.getBean(WebSessions.class).begin(ann.id(), WebSessions.Browser.UNKNOWN);
  }

  @AfterAll
  void stop() {
    context.close();
    http.close();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(base + path));
  }

  private HttpRequest.Builder asAnn(String path) {
    return to(path).header("Cookie", "auth_token=" + token);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder json(HttpRequest.Builder request, String body) {
    return request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
  }

  private static void assertProblem(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    assertThat(response.body())
        .contains("\"code\":\"" + code + "\"", "\"request_id\"")
        .doesNotContain("Exception", "at dev.", "at org.");
  }

  @Test
  void nobody_gets_a_problem_and_no_session() throws Exception {
    HttpResponse<String> response = send(to("/api/mine"));
    assertProblem(response, 401, "authentication_required");
    assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
    assertThat(response.headers().firstValue("X-Request-Id")).isPresent();
  }

  @Test
  void the_cookie_tells_who_it_is() throws Exception {
    HttpResponse<String> response = send(asAnn("/api/mine"));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("\"id\":" + ann.id().value());
    assertProblem(
        send(to("/api/mine").header("Cookie", "auth_token=" + "x".repeat(43))),
        401,
        "authentication_required");
  }

  @Test
  void a_disabled_user_is_shut_out_at_once() throws Exception {
    User bob = context.getBean(Users.class).signedIn(2, "79990000002", "Bob", null);
    String bobs = context.getBean(WebSessions.class).begin(bob.id(), WebSessions.Browser.UNKNOWN);
    context
        .getBean(JdbcClient.class)
        .sql("update users set disabled = true where id = ?")
        .param(bob.id().value())
        .update();
    assertProblem(
        send(to("/api/mine").header("Cookie", "auth_token=" + bobs)), 403, "account_disabled");
    assertThat(send(json(to("/api/auth/open"), "{}")).statusCode()).isEqualTo(200);
  }

  @Test
  void only_the_administrator_comes_in_there() throws Exception {
    assertProblem(send(to("/admin/api/mine")), 401, "authentication_required");
    assertProblem(send(asAnn("/admin/api/mine")), 403, "forbidden");
    User admin = context.getBean(Users.class).signedIn(ADMIN, "79990000003", "Root", null);
    String admins =
        context.getBean(WebSessions.class).begin(admin.id(), WebSessions.Browser.UNKNOWN);
    assertThat(send(to("/admin/api/mine").header("Cookie", "auth_token=" + admins)).statusCode())
        .isEqualTo(200);
  }

  @Test
  void other_sites_change_nothing() throws Exception {
    for (String site : new String[] {"cross-site", "same-site"}) {
      assertProblem(
          send(json(asAnn("/api/mine"), "{}").header("Sec-Fetch-Site", site)),
          403,
          "forged_request");
    }
    for (String origin : new String[] {"https://evil.example", "null", "http://127.0.0.1:1"}) {
      assertProblem(
          send(json(asAnn("/api/mine"), "{}").header("Origin", origin)), 403, "forged_request");
    }
    assertProblem(
        send(json(to("/admin/api/mine"), "{}").header("Origin", "https://evil.example")),
        403,
        "forged_request");
  }

  @Test
  void our_own_pages_and_scripts_do() throws Exception {
    assertThat(send(json(asAnn("/api/mine"), "{}")).statusCode()).isEqualTo(200);
    assertThat(send(json(asAnn("/api/mine"), "{}").header("Origin", base)).statusCode())
        .isEqualTo(200);
    assertThat(
            send(json(asAnn("/api/mine"), "{}")
                    .header("Sec-Fetch-Site", "same-origin")
                    .header("Origin", "https://behind.a.proxy"))
                .statusCode())
        .isEqualTo(200);
    assertThat(send(asAnn("/api/mine").POST(BodyPublishers.noBody())).statusCode()).isEqualTo(200);
  }

  @Test
  void what_a_form_can_send_is_refused() throws Exception {
    for (String type :
        new String[] {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data"}) {
      assertProblem(
          send(asAnn("/api/mine").header("Content-Type", type).POST(BodyPublishers.ofString("{}"))),
          415,
          "json_only");
    }
    assertProblem(send(asAnn("/api/mine").POST(BodyPublishers.ofString("{}"))), 415, "json_only");
  }

  @Test
  void page_forms_need_their_token() throws Exception {
    assertProblem(
        send(
            asAnn("/app/form")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("a=b"))),
        403,
        "forged_request");
  }

  @Test
  void large_bodies_are_refused_whether_or_not_they_say_so() throws Exception {
    String large = "{\"a\":\"" + "x".repeat(BodyLimitFilter.LIMIT) + "\"}";
    assertProblem(send(json(asAnn("/api/mine"), large)), 413, "body_too_large");
    HttpRequest.Builder chunked =
        asAnn("/api/mine")
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.fromPublisher(
                    BodyPublishers.ofByteArray(large.getBytes(StandardCharsets.UTF_8))));
    assertProblem(send(chunked), 413, "body_too_large");
  }

  @Test
  void unknown_paths_are_problems() throws Exception {
    assertProblem(send(asAnn("/api/none")), 404, "not_found");
    assertProblem(send(to("/none")), 404, "not_found");
    assertProblem(send(to("/error")), 404, "not_found");
    assertProblem(send(to("/a//b")), 400, "bad_request");
    assertProblem(send(json(asAnn("/api/mine"), "{")), 400, "malformed_json");
  }

  @Test
  void nonsense_on_the_wire_is_answered_without_details() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write("GET /<> HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("Tomcat", "Exception", "<html");
      assertThat(answer)
          .contains(
              "X-Content-Type-Options: nosniff",
              "Content-Security-Policy: default-src 'none'",
              "application/problem+json");
    }
  }

  @Test
  void browsers_are_told_what_pages_may_do() throws Exception {
    HttpResponse<String> response = send(asAnn("/api/mine"));
    Map<String, String> expected =
        Map.of(
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "same-origin",
            "X-Frame-Options", "DENY",
            "Cross-Origin-Resource-Policy", "same-origin");
    expected.forEach(
        (name, value) -> assertThat(response.headers().firstValue(name)).as(name).contains(value));
    assertThat(response.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(policy ->
            assertThat(policy)
                .contains("default-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe"));
    assertThat(response.headers().firstValue("Cache-Control"))
        .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
  }

  @Test
  void the_api_describes_itself_in_its_own_words_and_keeps_the_admins_part_back() throws Exception {
    HttpResponse<String> described = send(to("/docs/openapi"));
    assertThat(described.statusCode()).isEqualTo(200);
    assertThat(described.body())
        .contains("\"/api/mine\"", "\"first_name\"", "application/problem+json", "auth_token")
        .doesNotContain("/admin/", "firstName", "\"user\"", "telegramUserId");
    HttpResponse<String> page = send(to("/docs"));
    assertThat(page.statusCode()).isEqualTo(302);
    HttpResponse<String> ui =
        send(to(page.headers().firstValue("Location").orElseThrow().replace(base, "")));
    assertThat(ui.statusCode()).isEqualTo(200);
    assertThat(ui.body()).contains("swagger-ui");
    assertThat(ui.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(policy -> assertThat(policy).contains("script-src 'self'"));
  }

  @Test
  void what_goes_wrong_is_found_in_the_log_by_the_number_that_the_person_is_told(
      CapturedOutput output) throws Exception {
    HttpResponse<String> response = send(asAnn("/api/broken"));
    assertThat(response.statusCode()).isEqualTo(500);
    String id = response.headers().firstValue("X-Request-Id").orElseThrow();
    assertThat(response.body()).contains(id).doesNotContain("on purpose");
    assertThat(output.getOut()).contains("[" + id + "]", "broken on purpose");
  }

  @Test
  void meters_are_on_the_management_port_alone_whatever_headers_say() throws Exception {
    Integer management =
        context.getEnvironment().getProperty("local.management.port", Integer.class);
    HttpRequest.Builder meters =
        HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + management + "/actuator/prometheus"));
    HttpResponse<String> response = send(meters);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("jvm_memory");
    for (String header : new String[] {"X-Forwarded-For", "Forwarded", "X-Real-IP"}) {
      for (String value : new String[] {"127.0.0.1", "1.2.3.4", "for=127.0.0.1"}) {
        HttpRequest.Builder outside =
            to("/actuator/prometheus")
                .header(header, value)
                .header("X-Forwarded-Port", String.valueOf(management));
        assertThat(send(outside).statusCode()).isIn(401, 404);
      }
    }
    assertThat(send(to("/livez")).statusCode()).isEqualTo(200);
    assertThat(send(to("/readyz")).statusCode()).isEqualTo(200);
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void only_its_own_names_are_answered_to() throws Exception {
    for (String host :
        new String[] {
          "localhost:80",
          "127.0.0.1",
          "[::1]:8080",
          "jobs.example",
          "JOBS.example.:443",
          "other.example"
        }) {
      assertThat(raw("GET /livez HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
          .as(host)
          .startsWith("HTTP/1.1 200");
    }
    for (String host :
        new String[] {"evil.example", "jobs.example.evil.example", "localhost.evil"}) {
      assertThat(raw("GET /livez HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
          .as(host)
          .startsWith("HTTP/1.1 421")
          .contains("host_not_allowed");
    }
  }

  @Test
  void a_session_in_use_gets_a_new_token_once_a_day_and_a_copy_of_the_old_one_ends_it()
      throws Exception {
    JdbcClient db = context.getBean(JdbcClient.class);
    User cid = context.getBean(Users.class).signedIn(4, "79990000004", "Cid", null);
    String old = context.getBean(WebSessions.class).begin(cid.id(), WebSessions.Browser.UNKNOWN);
    assertThat(send(withToken(old)).headers().allValues("Set-Cookie")).isEmpty();
    db.sql("update web_sessions set rotated_at = rotated_at - 86400000 where user_id = ?")
        .param(cid.id().value())
        .update();
    HttpResponse<String> response = send(withToken(old));
    assertThat(response.headers().allValues("Set-Cookie"))
        .singleElement()
        .asString()
        .contains("auth_token=", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000")
        .doesNotContain("Secure", old);
    String set = response.headers().firstValue("Set-Cookie").orElseThrow();
    String fresh = set.substring("auth_token=".length(), set.indexOf(';'));
    assertThat(send(withToken(old)).statusCode()).as("a request under way").isEqualTo(200);
    HttpResponse<String> next = send(withToken(fresh));
    assertThat(next.statusCode()).isEqualTo(200);
    assertThat(next.headers().allValues("Set-Cookie")).isEmpty();
    assertThat(send(withToken(old)).statusCode()).as("within a minute").isEqualTo(200);

    db.sql("update web_sessions set confirmed_at = confirmed_at - 60000 where user_id = ?")
        .param(cid.id().value())
        .update();
    HttpResponse<String> copied = send(withToken(old));
    assertThat(copied.statusCode()).isEqualTo(401);
    assertThat(copied.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
    assertThat(send(withToken(fresh)).statusCode())
        .as("nobody knows whose is whose")
        .isEqualTo(401);
  }

  private HttpRequest.Builder withToken(String value) {
    return to("/api/mine").header("Cookie", "auth_token=" + value);
  }
}

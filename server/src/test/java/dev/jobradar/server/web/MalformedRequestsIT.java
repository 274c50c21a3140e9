package dev.jobradar.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.server.JobRadarApplication;
import dev.jobradar.server.users.User;
import dev.jobradar.server.users.Users;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.session.DataCentres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Malformed requests to every address that the service has: each is the sender's fault, is answered
 * with a problem document, and leaves no stack trace.
 */
@Isolated("reads what the JVM prints")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
@Timeout(240)
@SuppressWarnings("NullAway.Init")
class MalformedRequestsIT {
  @TempDir static Path home;

  private Sandbox sandbox;
  private ServletWebServerApplicationContext context;
  private int port;
  private String cookie;

  @BeforeAll
  void start() {
    sandbox = Sandbox.builder().start();
    TelegramOptions telegram =
        TelegramOptions.builder(1, "hash")
            .dataCentres(
                DataCentres.custom(
                    Map.of(new DcId(1), new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)),
                    List.of(sandbox.publicKey())))
            .firstDc(new DcId(1))
            .build();
    SpringApplication application = new SpringApplication(JobRadarApplication.class);
    application.addInitializers(fresh ->
        ((GenericApplicationContext) fresh).registerBean(TelegramOptions.class, () -> telegram));
    context =
        (ServletWebServerApplicationContext)
            application.run(
                "--server.port=0", "--server.address=127.0.0.1", "--jobradar.home=" + home);
    port = Objects.requireNonNull(context.getWebServer()).getPort();
    User ann = context.getBean(Users.class).signedIn(1, "79990000001", "Ann", null);
    cookie =
        "Cookie: auth_token="
            + context.getBean(WebSessions.class).begin(ann.id(), WebSessions.Browser.UNKNOWN)
            + "\r\n";
  }

  @AfterAll
  void stop() {
    context.close();
    sandbox.close();
  }

  /** A method and a path that a controller answers to. */
  private record Route(String method, String path) {}

  private List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    context
        .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .keySet()
        .forEach(mapping -> {
          for (String pattern : mapping.getPatternValues()) {
            String path = pattern.replaceAll("\\{[^}]*}", "1");
            Set<String> methods = new TreeSet<>();
            mapping.getMethodsCondition().getMethods().forEach(each -> methods.add(each.name()));
            if (methods.isEmpty()) {
              methods.add("GET");
            }
            methods.forEach(method -> routes.add(new Route(method, path)));
          }
        });
    return routes;
  }

  private record Answer(int status, String head, String body) {}

  private Answer send(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      String all;
      try {
        // A good answer is not read to its end: a stream of events has none.
        byte[] first = socket.getInputStream().readNBytes(12);
        all = new String(first, StandardCharsets.UTF_8);
        if (all.startsWith("HTTP/1.1 2")) {
          return new Answer(200, "", "");
        }
        all += new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      } catch (SocketException reset) {
        return new Answer(400, "", "");
      }
      int end = all.indexOf("\r\n\r\n");
      assertThat(end).as("an answer to %s: %s", request, all).isPositive();
      return new Answer(
          Integer.parseInt(all.substring(9, 12)),
          all.substring(0, end).toLowerCase(Locale.ROOT),
          all.substring(end + 4));
    }
  }

  private static String request(String method, String target, String headers, String body) {
    return method
        + " "
        + target
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        + headers
        + (body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n")
        + "\r\n"
        + body;
  }

  /** What is wrong with every one of them, whatever the address. */
  private static List<String> malformed(Route route, String cookie) {
    String json = "Content-Type: application/json\r\n";
    List<String> all = new ArrayList<>();
    for (String target :
        List.of(
            "?x=%ff",
            "?%",
            "?x=%zz",
            "?x=%c3%28",
            "?%00=1",
            "/%ff",
            "/%c0%ae",
            "%00",
            "/..%2f",
            "//",
            ";a=b",
            "/%2e%2e/",
            "?x=<>\"{}|\\^`",
            "/\u00ff",
            "/[")) {
      all.add(request(route.method(), route.path() + target, cookie, ""));
    }
    for (String method : List.of("FOO", "TRACE", "get", "G@T")) {
      all.add(request(method, route.path(), cookie, ""));
    }
    for (String header :
        List.of(
            "Cookie: auth_token=\u0001\u00ff\r\n",
            "Cookie: " + "a=b;".repeat(4_000) + "\r\n",
            "Content-Length: -1\r\n",
            "Content-Length: abc\r\n",
            "Transfer-Encoding: nonsense\r\n",
            "Host: other\r\n",
            "no colon\r\n",
            "X-Bad: \u0000\r\n")) {
      all.add(request(route.method(), route.path(), header, ""));
    }
    if (!route.method().equals("GET")) {
      for (String body :
          List.of(
              "{",
              "[1",
              "\u00ff\u00fe{}",
              "\"text\"",
              "[".repeat(20_000),
              "{\"a\":".repeat(5_000),
              "{\"a\":1e999999999}",
              "{\"phone\":{},\"name\":[],\"auth_id\":[[]],\"id\":{}}")) {
        all.add(request(route.method(), route.path() + "?y=%ff", cookie + json, body));
      }
      all.add(request(route.method(), route.path(), cookie + "Content-Type: nonsense\r\n", "{}"));
      all.add(
          request(
              route.method(),
              route.path(),
              cookie + "Content-Type: application/json;charset=none\r\n",
              "{"));
      all.add(
          request(
              route.method(),
              route.path(),
              cookie + "Content-Type: application/x-www-form-urlencoded\r\n",
              "a=%ff&%"));
    }
    return all;
  }

  @Test
  void each_is_answered_in_words_and_leaves_no_trace(CapturedOutput output) throws Exception {
    List<Route> routes = routes();
    assertThat(routes).hasSizeGreaterThan(30);
    for (Route route : routes) {
      for (String who : List.of("", cookie)) {
        for (String request : malformed(route, who)) {
          Answer answer = send(request);
          String shown = request.substring(0, Math.min(request.length(), 300));
          // 501 is what RFC 9112 wants for an unknown transfer coding.
          assertThat(answer.status() == 501 ? 400 : answer.status())
              .as("status of %s", shown)
              .isBetween(200, 499);
          if (answer.status() >= 400 && !answer.head().isEmpty()) {
            assertThat(answer.head())
                .as("answer to %s", shown)
                .contains("x-content-type-options", "content-security-policy")
                .containsPattern(
                    PagePaths.isPage(route.path())
                        ? "content-type: (text/html|application/problem\\+json)"
                        : "content-type: application/problem\\+json");
            assertThat(answer.body())
                .as("answer to %s", shown)
                .doesNotContain("Exception", "\tat ", "Tomcat");
          }
        }
      }
    }
    assertThat(output.getAll()).doesNotContain("\tat ", "Exception:");
  }

  @Test
  void a_bad_query_is_refused_wherever_it_comes() throws Exception {
    for (Route route : routes()) {
      assertThat(send(request(route.method(), route.path() + "?x=%ff", cookie, "")).status())
          .as(route.toString())
          .isEqualTo(400);
    }
  }
}
